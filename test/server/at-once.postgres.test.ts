import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { once } from '../../src/server/idempotency.js';
import type { SignedIn } from '../../src/server/identity/session.js';
import { contextOf } from '../../src/server/identity/session.js';
import { findPortal } from '../../src/server/settings/portal.js';
import type { TestDatabase } from '../support/database.js';
import { openTestDatabase } from '../support/database.js';
import { deferred } from '../support/deferred.js';
import { type AppFixture, type Visitor, base, createAppFixture } from './app-fixture.js';
import { type SmallWorld, seedSmallWorld } from './small-world.js';

/** What can only happen where transactions run side by side. */

let database: TestDatabase;
let fixture: AppFixture;
let world: SmallWorld;
let ann: Visitor;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  fixture = createAppFixture(database);
  world = await seedSmallWorld(fixture.deps);
  ann = fixture.visitor();
  await ann.signIn('ann@example.com');
});

const reply = (ticket: string, body: string, key: string = crypto.randomUUID()) =>
  ann.request('POST', `/tickets/${ticket}/messages`, { body: { body }, key });
const staff = (method: string, path: string, body: unknown) =>
  ann.request(method, `/staff/api/v1/tickets/${path}`, { body, headers: { authorization: 'Bearer test-admin-token' } });

/** Ann as her requests reach a write. */
async function signedIn() {
  const portal = await findPortal(database, fixture.deps.caller(new Request(base)), 'help');
  const [row] = await database.asSuperuser<{ id: number }>("SELECT id FROM contacts WHERE name = 'ann'");
  if (!portal || !row) throw new Error('The small world has no portal or no ann.');
  const session = { viewer: { account: world.account, id: row.id } } as SignedIn;
  return { session, context: contextOf(portal, row.id) };
}

test('a write whose key still runs is told so at once, and replayed when the first one is done', async () => {
  const { session, context } = await signedIn();
  const key = crypto.randomUUID();
  const [entered, held] = [deferred<void>(), deferred<string>()];
  const run = (write: () => Promise<string>) =>
    database.tx(context, (tx) => once(tx, session, key, ['a request'], fixture.deps.clock(), write));
  const never = () => Promise.reject(new Error('written twice'));
  const first = run(() => {
    entered.resolve();
    return held.promise;
  });
  await entered.promise;

  await expect(run(never)).rejects.toMatchObject({ code: 'conflict', retryAfter: 1 });
  const other = await reply(world.tickets.ann, 'Meanwhile', key);
  expect([other.status, other.headers.get('retry-after'), await other.json()]).toMatchObject([
    409,
    '1',
    { code: 'conflict', retryAfter: 1 },
  ]);
  // Another key of the same contact does not wait.
  expect((await reply(world.tickets.ann, 'Meanwhile')).status).toBe(201);

  held.resolve('the answer');
  expect(await first).toBe('the answer');
  expect(await run(never)).toBe('the answer');
});

test('a first one that fails leaves its key to the next', async () => {
  const { session, context } = await signedIn();
  const key = crypto.randomUUID();
  const [entered, held] = [deferred<void>(), deferred<string>()];
  const run = (write: () => Promise<string>) =>
    database.tx(context, (tx) => once(tx, session, key, ['a request'], fixture.deps.clock(), write));
  const first = run(() => {
    entered.resolve();
    return held.promise;
  });
  await entered.promise;
  held.reject(new Error('no'));
  await expect(first).rejects.toThrow('no');
  expect(await run(async () => 'second')).toBe('second');
});

/** Starts writes while somebody else holds the ticket, and lets go when all of them wait. */
async function atTheSameMoment(ticket: string, writes: readonly (() => Promise<Response>)[]): Promise<number[]> {
  const [holding, release] = [deferred<void>(), deferred<void>()];
  const holder = database.tx({ role: 'staff', account: world.account }, async (tx) => {
    const text = 'SELECT id FROM tickets WHERE account_id = $1 AND public_id = $2 FOR NO KEY UPDATE';
    await tx.query({ name: 'test_hold', text }, [world.account, ticket]);
    holding.resolve();
    await release.promise;
  });
  await holding.promise;
  const answers = writes.map((write) => write());
  const waiting = () =>
    database.asSuperuser(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
  while ((await waiting()).length < writes.length);
  release.resolve();
  await holder;
  return (await Promise.all(answers)).map(({ status }) => status);
}

async function kinds(ticket: string): Promise<string[]> {
  const rows = await database.asSuperuser<{ kind: string }>(
    `SELECT m.kind FROM messages m JOIN tickets t ON t.id = m.ticket_id WHERE t.public_id = '${ticket}' ORDER BY m.id`,
  );
  return rows.map(({ kind }) => kind);
}

test('two replies to a closed ticket at the same moment open it once', async () => {
  const { closed } = world.tickets;
  const statuses = await atTheSameMoment(closed, [() => reply(closed, 'One'), () => reply(closed, 'Two')]);
  expect(statuses).toEqual([201, 201]);
  expect(await kinds(closed)).toEqual(['message', 'message', 'status', 'message']);
});

test('two answers of support at the same moment change the status once', async () => {
  const ticket = world.tickets.ann;
  const answer = (body: string) => () => staff('POST', `${ticket}/messages`, { body });
  expect(await atTheSameMoment(ticket, [answer('One'), answer('Two')])).toEqual([201, 201]);
  expect(await kinds(ticket)).toEqual(['message', 'message', 'message', 'status', 'message']);
});

test('who closes a ticket while its contact replies leaves one true history', async () => {
  const ticket = world.tickets.ann;
  const close = () => staff('PATCH', ticket, { status: 'closed' });
  expect(await atTheSameMoment(ticket, [close, () => reply(ticket, 'Wait')])).toEqual([200, 201]);
  const changes = await database.asSuperuser<{ status_from: string; status_to: string }>(
    "SELECT status_from, status_to FROM messages WHERE kind = 'status' ORDER BY id",
  );
  const [now] = await database.asSuperuser<{ status: string }>(
    `SELECT status FROM tickets WHERE public_id = '${ticket}'`,
  );
  // Each change begins where the one before ended, in whichever order the two got the ticket.
  expect(changes.map(({ status_from: from }) => from)).toEqual(
    ['new', ...changes.map(({ status_to: to }) => to)].slice(0, changes.length),
  );
  expect(now?.status).toBe(changes.at(-1)?.status_to);
});
