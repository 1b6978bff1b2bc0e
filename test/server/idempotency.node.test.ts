import { beforeEach, expect, test } from 'vitest';

import { removeOutdated } from '../../src/server/jobs.js';
import type { Visitor } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

let ann: Visitor;
const small = useSmallWorld();
beforeEach(async () => {
  ann = await signedIn('ann');
});

const hour = 3_600_000;

async function signedIn(name: string): Promise<Visitor> {
  const visitor = small.fixture.visitor();
  await visitor.signIn(`${name}@example.com`);
  return visitor;
}

const reply = (visitor: Visitor, key: string, body: string, ticket = small.world.tickets.ann) =>
  visitor.request('POST', `/tickets/${ticket}/messages`, { body: { body }, key });

async function kept(text: string): Promise<number> {
  const rows = await small.database.asSuperuser(`SELECT FROM messages WHERE text = '${text}'`);
  return rows.length;
}

test('the same key and body get the first answer again, and nothing is written twice', async () => {
  const key = crypto.randomUUID();
  const first = await reply(ann, key, 'Once');
  small.fixture.pass(hour);
  const again = await reply(ann, key.toUpperCase(), 'Once');
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.text()).toBe(await first.text());
  expect(await kept('Once')).toBe(1);
});

test('a new ticket is opened once, and takes one number', async () => {
  const key = crypto.randomUUID();
  const create = (ownKey: string) =>
    ann.request('POST', '/tickets', { body: { subject: 'It blinks', message: 'Red.' }, key: ownKey });
  const [first, again] = [await create(key), await create(key)];
  expect(await again.text()).toBe(await first.text());
  expect(await (await create(crypto.randomUUID())).json()).toMatchObject({ number: 9 });
});

test('ten at once are one write, and each is answered with it or told that it still runs', async () => {
  const key = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => reply(ann, key, 'Once')));
  const written = answers.filter(({ status }) => status === 201);
  const early = answers.filter(({ status }) => status === 409);
  expect(written.length + early.length).toBe(10);
  expect(new Set(await Promise.all(written.map((answer) => answer.text()))).size).toBe(1);
  expect(await kept('Once')).toBe(1);
});

test('the same key with another body, or for another ticket, is rejected', async () => {
  const key = crypto.randomUUID();
  await reply(ann, key, 'One');
  for (const other of [await reply(ann, key, 'Two'), await reply(ann, key, 'One', small.world.tickets.closed)]) {
    expect([other.status, await other.json()]).toMatchObject([422, { code: 'rejected' }]);
  }
  expect([await kept('One'), await kept('Two')]).toEqual([1, 0]);
});

test('a key belongs to its contact', async () => {
  const key = crypto.randomUUID();
  await reply(ann, key, 'Of ann');
  expect((await reply(await signedIn('zoe'), key, 'Of zoe')).status).toBe(201);
});

test('a write that was refused gives its key back', async () => {
  const max = await signedIn('max');
  const key = crypto.randomUUID();
  expect((await reply(max, key, 'Mine', small.world.tickets.closed)).status).toBe(403);
  expect((await reply(max, key, 'Mine', small.world.tickets.gus)).status).toBe(404);
  expect((await reply(max, key, 'Mine')).status).toBe(201);
});

test('a key is known for 48 hours and then is a new one, for any body', async () => {
  const key = crypto.randomUUID();
  await reply(ann, key, 'Once');
  for (const at of [23, 23, 1]) {
    small.fixture.pass(at * hour);
    await ann.request('GET', '/session');
  }
  await reply(ann, key, 'Once');
  expect(await kept('Once')).toBe(1);

  small.fixture.pass(hour);
  expect((await reply(ann, key, 'Another')).status).toBe(201);
  expect((await reply(ann, key, 'Once')).status).toBe(422);
  expect((await reply(ann, key, 'Another')).status).toBe(201);
  expect(await kept('Another')).toBe(1);
});

test('the job removes keys that have had their 48 hours, and no others', async () => {
  await reply(ann, crypto.randomUUID(), 'Old');
  small.fixture.pass(hour);
  const young = crypto.randomUUID();
  await reply(ann, young, 'Young');
  small.fixture.pass(47 * hour);
  await removeOutdated(small.fixture.deps);
  expect(await small.database.asSuperuser('SELECT key FROM idempotency_keys')).toEqual([{ key: young }]);
});
