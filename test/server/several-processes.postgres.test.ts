import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createDatabaseFiles } from '../../src/server/files/database-files.js';
import { createHasher } from '../../src/server/node/hashing.js';
import { createSanitise } from '../../src/server/node/sanitise.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type EventReader, readEvents } from '../support/event-reader.js';
import { addressOf } from '../support/postgres.js';
import { type ServerProcess, startServerProcess } from '../support/server-process.js';

/** Clients who reply at the same time, and acknowledged replies before the server is killed. */
const writers = 4;
const repliesBeforeKill = 20;
/** How often the connections that listen are cut. */
const cuts = 5;

let database: TestDatabase;
let one: ServerProcess;
let two: ServerProcess;
let env: Record<string, string>;
const adminToken = randomBytes(32).toString('base64url');

beforeAll(async () => {
  database = await openTestDatabase();
  await seedWorld(
    {
      database,
      files: createDatabaseFiles(database),
      sanitise: createSanitise(),
      hasher: createHasher(),
      clock: () => new Date(),
      newId: () => randomBytes(16).toString('base64url'),
    },
    demoWorld,
  );
  const postgres = inject('postgres');
  const [row] = await database.asSuperuser<{ name: string }>('SELECT current_database() AS name');
  if (!postgres || !row) throw new Error('Runs in mode postgres only.');
  // The same for both, as the secret is: that one they keep in the database.
  env = { DATABASE_URL: addressOf(postgres).appUrl(row.name), PORTICO_ADMIN_TOKEN: adminToken };
  [one, two] = await Promise.all([startServerProcess('start', env), startServerProcess('start', env)]);
}, 120_000);
afterAll(async () => {
  await Promise.all([one, two].map((server) => server.end('SIGKILL')));
  await database.close();
});

interface Page {
  readonly items: { readonly id: string; readonly kind: string; readonly text: string }[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
}

/** A browser that a balancer sends to this server or that one. */
interface Client {
  call(server: ServerProcess, method: string, path: string, more?: { body?: object; key?: string }): Promise<Response>;
  read(server: ServerProcess, path: string): Promise<Page>;
  /** A stream that is ready, and its position then. */
  events(server: ServerProcess, after?: string): Promise<EventReader & { readonly position: string }>;
}

async function signIn(email: string, at: ServerProcess): Promise<Client> {
  let cookie = '';
  const send = (server: ServerProcess, method: string, path: string, headers: object = {}, body?: object) =>
    fetch(`${server.origin}/help/api/v1${path}`, {
      method,
      headers: {
        cookie,
        origin: server.origin,
        'x-portal-client': 'portico-test/1',
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body ? JSON.stringify(body) : null,
    });
  const session = { method: 'password', email, password: demoWorld.password };
  const response = await send(at, 'POST', '/session', {}, session);
  expect(response.status).toBe(200);
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  return {
    call: (server, method, path, { body, key } = {}) =>
      send(server, method, path, key === undefined ? {} : { 'idempotency-key': key }, body),
    async read(server, path) {
      const answer = await send(server, 'GET', path);
      expect(answer.status).toBe(200);
      return (await answer.json()) as Page;
    },
    async events(server, after) {
      const answer = await send(server, 'GET', '/events', after === undefined ? {} : { 'last-event-id': after });
      expect(answer.status).toBe(200);
      const events = readEvents(answer);
      const ready = await events.next();
      expect(ready).toMatchObject({ event: 'ready' });
      return { ...events, position: ready?.id ?? '' };
    },
  };
}

/** Support answers at this server. */
async function answer(server: ServerProcess, ticket: string): Promise<void> {
  const response = await fetch(`${server.origin}/staff/api/v1/tickets/${ticket}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminToken}`,
      origin: server.origin,
      'x-portal-client': 'portico-test/1',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ body: 'An answer' }),
  });
  expect(response.status).toBe(201);
}

async function textsOf(client: Client, server: ServerProcess, ticket: string): Promise<string[]> {
  const texts: string[] = [];
  let before = '';
  for (;;) {
    const page = await client.read(server, `/tickets/${ticket}/messages?limit=100${before}`);
    texts.push(...page.items.filter(({ kind }) => kind === 'message').map(({ text }) => text));
    if (page.previousCursor === null) return texts;
    before = `&before=${page.previousCursor}`;
  }
}

test('what one server has made, the other one takes: sessions, cursors, positions', async () => {
  const bob = await signIn('bob@acme.example', one);
  expect(await (await bob.call(two, 'GET', '/session')).json()).toMatchObject({ contact: { name: 'Bob Fraser' } });
  const first = await bob.read(one, '/tickets?limit=5');
  const [there, here] = await Promise.all(
    [two, one].map((server) => bob.read(server, `/tickets?limit=5&cursor=${first.nextCursor}`)),
  );
  expect(there?.items).toEqual(here?.items);
  const { position, close } = await bob.events(one);
  await close();
  await (await bob.events(two, position)).close();
  const elsewhere = await bob.events(two);
  await bob.call(one, 'DELETE', '/session', { body: { scope: 'all' } });
  expect(await elsewhere.next()).toBeNull();
});

test('an answer given at one server appears in the streams of the other', async () => {
  const alice = await signIn('alice@acme.example', one);
  const [ticket] = (await alice.read(one, '/tickets?state=open')).items;
  const streams = await Promise.all([alice.events(one), alice.events(two)]);
  await answer(one, ticket?.id ?? '');
  for (const stream of streams) expect((await stream.ticket()).id).toBe(ticket?.id);
  await answer(two, ticket?.id ?? '');
  for (const stream of streams) expect((await stream.ticket()).id).toBe(ticket?.id);
  await Promise.all(streams.map((stream) => stream.close()));
});

test('nothing is missed while the connections that listen are cut', async () => {
  const bob = await signIn('bob@acme.example', one);
  const tickets = (await bob.read(one, `/tickets?limit=${2 * cuts}`)).items;
  expect(tickets).toHaveLength(2 * cuts);
  const streams = await Promise.all([bob.events(one), bob.events(two)]);
  for (let cut = 0; cut < cuts; cut++) {
    const ids = tickets.slice(2 * cut, 2 * cut + 2).map(({ id }) => id);
    const [{ count } = { count: 0 }] = await database.asSuperuser<{ count: number }>(
      `SELECT count(pg_terminate_backend(pid)) AS count FROM pg_stat_activity
       WHERE datname = current_database() AND query = 'LISTEN portico'`,
    );
    expect(count).toBe(2);
    for (const id of ids) await answer(one, id);
    for (const stream of streams) {
      const got = [(await stream.ticket()).id, (await stream.ticket()).id];
      expect(got.toSorted()).toEqual(ids.toSorted());
    }
  }
  // And nothing came twice.
  await answer(one, tickets[0]?.id ?? '');
  for (const stream of streams) expect((await stream.ticket()).id).toBe(tickets[0]?.id);
  await Promise.all(streams.map((stream) => stream.close()));
});

test('one that is killed in the middle of replies loses none, and the other goes on', {
  timeout: 180_000,
}, async () => {
  const three = await startServerProcess('start', env);
  const [alice, bob] = [await signIn('alice@acme.example', three), await signIn('bob@acme.example', two)];
  const [ticket, other] = (await alice.read(three, '/tickets?state=open')).items.map(({ id }) => id) as [
    string,
    string,
  ];
  const before = await textsOf(alice, three, ticket);
  const dying = await alice.events(three);
  const living = await bob.events(two);

  const acknowledged: string[] = [];
  const unanswered: { body: string; key: string }[] = [];
  let ended: Promise<unknown> | undefined;
  const write = async (writer: number) => {
    for (let n = 1; !ended; n++) {
      const reply = { body: `writer ${writer}, reply ${n}`, key: randomUUID() };
      try {
        const { status } = await alice.call(three, 'POST', `/tickets/${ticket}/messages`, {
          body: { body: reply.body },
          key: reply.key,
        });
        expect(status).toBe(201);
        acknowledged.push(reply.body);
      } catch (error) {
        if (!ended) throw error;
        unanswered.push(reply);
      }
      // The other writers are in the middle of theirs.
      if (acknowledged.length >= repliesBeforeKill) ended ??= three.end('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  await ended;
  // Otherwise the kill came between the replies and proved nothing.
  expect(unanswered.length).toBeGreaterThan(0);

  // Who was cut off asks the other server, with the same keys.
  for (const { body, key } of unanswered) {
    let status = 409;
    // Until PostgreSQL has noticed that who claimed the key is gone.
    while (status === 409) {
      status = (await alice.call(two, 'POST', `/tickets/${ticket}/messages`, { body: { body }, key })).status;
    }
    expect(status).toBe(201);
    acknowledged.push(body);
  }
  expect((await textsOf(alice, two, ticket)).toSorted()).toEqual([...before, ...acknowledged].toSorted());

  let last = dying.position;
  await dying
    .next()
    .then(async function follow(event): Promise<void> {
      if (event) last = event.id;
      if (event) await dying.next().then(follow);
    })
    .catch(() => {});
  await answer(two, other);
  const seen = async (stream: EventReader) => {
    const ids: string[] = [];
    while (ids.at(-1) !== other) ids.push((await stream.ticket()).id);
    return new Set(ids);
  };
  // Several replies may have become one event.
  expect(await seen(living)).toEqual(new Set([ticket, other]));
  expect(await seen(await alice.events(two, last))).toContain(other);
});
