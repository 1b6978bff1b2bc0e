import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Transaction } from '../../src/server/database.js';
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

/** Holds a ticket while `work` starts writes, each by `start`, which resolves when it waits or is done; then lets go. */
async function whileHeld(
  ticket: string,
  work: (start: (write: () => Promise<Response>) => Promise<void>, held: Transaction) => Promise<void>,
): Promise<Response[]> {
  const [holding, release] = [deferred<Transaction>(), deferred<void>()];
  const holder = database.tx({ role: 'staff', account: world.account }, async (tx) => {
    const text = 'SELECT id FROM tickets WHERE account_id = $1 AND public_id = $2 FOR NO KEY UPDATE';
    await tx.query({ name: 'test_hold', text }, [world.account, ticket]);
    holding.resolve(tx);
    await release.promise;
  });
  const held = await holding.promise;
  const answers: Promise<Response>[] = [];
  let done = 0;
  const waiting = () =>
    database.asSuperuser(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
  await work(async (write) => {
    answers.push(write().finally(() => (done += 1)));
    while ((await waiting()).length + done < answers.length);
  }, held);
  release.resolve();
  await holder;
  return Promise.all(answers);
}

/** Starts writes while somebody else holds the ticket, and lets go when all of them wait. */
async function atTheSameMoment(ticket: string, writes: readonly (() => Promise<Response>)[]): Promise<number[]> {
  const answers = await whileHeld(ticket, async (start) => {
    for (const write of writes) await start(write);
  });
  return answers.map(({ status }) => status);
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

describe('a status that is deleted while a ticket is to get it', () => {
  interface Answered {
    readonly id: string;
    readonly status: { readonly id: string };
  }
  const admin = (method: string, path: string, body?: unknown) =>
    ann.request(method, `/admin/api/v1/statuses${path}`, {
      ...(body !== undefined && { body }),
      headers: { authorization: 'Bearer test-admin-token' },
    });
  const remove = (id: string, replacement: string) => () => admin('DELETE', `/${id}?replacement=${replacement}`);
  const create = async (category: string, en: string) =>
    expect((await admin('POST', '', { category, label: { en } })).status).toBe(201);
  const read = async (ticket: string) =>
    ((await (await ann.request('GET', `/tickets/${ticket}`)).json()) as Answered).status.id;

  test('is another of its category for who closes the ticket after it has gone', async () => {
    const ticket = world.tickets.ann;
    await create('closed', 'Solved');
    const [closed] = await whileHeld(ticket, async (start) => {
      await start(() => ann.request('POST', `/tickets/${ticket}/close`));
      expect((await remove('closed', 'solved')()).status).toBe(204);
    });
    expect(closed?.status).toBe(200);
    expect(await closed?.json()).toMatchObject({ status: { id: 'solved', label: 'Solved' } });
    expect(await kinds(ticket)).toEqual(['message', 'message', 'status']);
  });

  test('is another of its category for who closes the ticket just while it goes', async () => {
    const ticket = world.tickets.ann;
    await create('closed', 'Solved');
    const answers = await whileHeld(world.tickets.closed, async (start) => {
      await start(remove('closed', 'solved'));
      await start(() => ann.request('POST', `/tickets/${ticket}/close`));
    });
    expect(answers.map(({ status }) => status)).toEqual([204, 200]);
    expect([await read(ticket), await read(world.tickets.closed)]).toEqual(['solved', 'solved']);
  });

  test('is another open one for who replies to or reopens a closed ticket, and for a new ticket', async () => {
    const { closed, zoe } = world.tickets;
    const key = crypto.randomUUID();
    const say = () => reply(closed, 'Again', key);
    expect((await staff('PATCH', zoe, { status: 'working' })).status).toBe(200);
    const [, said] = await whileHeld(zoe, async (start) => {
      await start(remove('working', 'new'));
      await start(say);
    });
    expect([said?.status, await read(closed)]).toEqual([201, 'new']);
    expect(await kinds(closed)).toEqual(['message', 'message', 'status']);
    expect(await (await say()).json()).toEqual(await said?.json());

    await create('open', 'In hand');
    await ann.request('POST', `/tickets/${closed}/close`);
    await staff('PATCH', zoe, { status: 'in-hand' });
    const [, reopened] = await whileHeld(zoe, async (start) => {
      await start(remove('in-hand', 'new'));
      await start(() => ann.request('POST', `/tickets/${closed}/reopen`));
    });
    expect([reopened?.status, await read(closed)]).toEqual([200, 'new']);

    await create('open', 'Received');
    const [, made] = await whileHeld(zoe, async (start) => {
      await start(remove('new', 'received'));
      const body = { subject: 'A hub', message: 'It blinks' };
      await start(() => ann.request('POST', '/tickets', { body, key: crypto.randomUUID() }));
    });
    expect(made?.status).toBe(201);
    expect(await made?.json()).toMatchObject({ status: { id: 'received' } });
  });

  test('is told to staff who chose it as one that the inbox does not have, and another where none was chosen', async () => {
    const { ann: ticket, closed, zoe } = world.tickets;
    await create('closed', 'Solved');
    const [, chosen] = await whileHeld(closed, async (start) => {
      await start(remove('closed', 'solved'));
      await start(() => staff('PATCH', ticket, { status: 'closed' }));
    });
    expect(chosen?.status).toBe(400);
    expect(await chosen?.json()).toMatchObject({ fields: [{ path: 'status', code: 'unknown' }] });

    await create('waiting_on_contact', 'Over to you');
    await staff('PATCH', zoe, { status: 'waiting' });
    const [, answered] = await whileHeld(zoe, async (start) => {
      await start(remove('waiting', 'over-to-you'));
      await start(() => staff('POST', `${ticket}/messages`, { body: 'Try now' }));
    });
    expect([answered?.status, await read(ticket)]).toEqual([201, 'over-to-you']);
    expect(await kinds(ticket)).toEqual(['message', 'message', 'message', 'status']);
  });

  test('and one that is made meanwhile: the request passes by and is asked again', async () => {
    const ticket = world.tickets.ann;
    const close = () => ann.request('POST', `/tickets/${ticket}/close`);
    const [closed] = await whileHeld(ticket, async (start, held) => {
      await start(close);
      await create('open', 'Received');
      const text = "UPDATE tickets SET status = 'received' WHERE account_id = $1 AND public_id = $2";
      await held.query({ name: 'test_receive', text }, [world.account, ticket]);
    });
    expect([closed?.status, closed?.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await close()).status).toBe(200);
  });
});
