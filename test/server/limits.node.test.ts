import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { networkOf } from '../../src/server/identity/limits.js';
import { removeOutdated } from '../../src/server/jobs.js';
import type { TestDatabase } from '../support/database.js';
import { openTestDatabase } from '../support/database.js';
import { type AppFixture, createAppFixture, password } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';

let database: TestDatabase;
let fixture: AppFixture;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  fixture = createAppFixture(database);
  await seedSmallWorld(fixture.deps);
});

const minute = 60_000;
const ann = 'ann@example.com';
const wrong = 'not the password';

const tryAs = (email: string, attempt: string, ip = '192.0.2.1') =>
  fixture.visitor().request('POST', '/session', {
    body: { method: 'password', email, password: attempt },
    headers: { 'x-test-ip': ip },
  });

/** Status of each of so many wrong passwords, one after the other; `ip` by the number of the try. */
async function guess(times: number, email: string, ip: (at: number) => string = () => '192.0.2.1'): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < times; at++) statuses.push((await tryAs(email, wrong, ip(at))).status);
  return statuses;
}

const times = (count: number, status: number) => Array<number>(count).fill(status);

test('five wrong passwords from one place are answered, the next ones wait for the quarter of an hour to be over', async () => {
  expect(await guess(6, ann)).toEqual([...times(5, 401), 429]);
  fixture.pass(5 * minute);
  const right = await tryAs(ann, password);
  expect([right.status, right.headers.get('retry-after'), await right.json()]).toMatchObject([
    429,
    '600',
    { code: 'rate-limited', retryAfter: 600 },
  ]);
  fixture.pass(10 * minute);
  expect((await tryAs(ann, password)).status).toBe(200);
});

test('elsewhere, and as somebody else, it goes on', async () => {
  await guess(6, ann);
  expect((await tryAs(ann, password, '192.0.2.2')).status).toBe(200);
  expect((await tryAs('max@example.com', password)).status).toBe(200);
});

test('an unknown address meets the same limits with the same bytes', async () => {
  const answersTo = async (email: string) => {
    const answers: (number | string | null)[][] = [];
    for (let at = 0; at < 6; at++) {
      const answer = await tryAs(email, wrong);
      answers.push([answer.status, answer.headers.get('retry-after'), await answer.text()]);
    }
    return answers;
  };
  const known = await answersTo(ann);
  expect(known.at(-1)).toMatchObject([429, '900', expect.any(String)]);
  expect(await answersTo('nobody@example.com')).toEqual(known);
});

test('the letter case and the spaces around an address make no new one', async () => {
  await guess(5, ann);
  expect(await guess(1, ' Ann@Example.COM ')).toEqual([429]);
});

test('many at once are no more than five', async () => {
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await tryAs(ann, wrong)).status));
  expect(statuses.toSorted()).toEqual([...times(5, 401), ...times(7, 429)]);
});

test('a right password does not count', async () => {
  for (let at = 0; at < 30; at++) expect((await tryAs(ann, password)).status).toBe(200);
  expect(await guess(6, ann)).toEqual([...times(5, 401), 429]);
});

test('guesses from many places slow down after twenty, by pauses that double, and never end it', async () => {
  const place = (at: number) => `198.51.100.${at}`;
  expect(await guess(20, ann, place)).toEqual(times(20, 401));
  let pause = 2;
  for (let at = 20; at < 32; at++) {
    expect(await guess(1, ann, () => place(at)), `try ${at}`).toEqual([401]);
    const refused = await tryAs(ann, password, '203.0.113.9');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(Math.min(pause, 300))]);
    fixture.pass(Math.min(pause, 300) * 1000);
    pause *= 2;
  }
  expect((await tryAs(ann, password, '203.0.113.9')).status).toBe(200);
});

test('what is refused for one reason does not count for another', async () => {
  expect(await guess(60, ann)).toEqual([...times(5, 401), ...times(55, 429)]);
  // Otherwise one place could have used up the twenty of everywhere.
  expect(await guess(15, ann, (at) => `198.51.100.${at}`)).toEqual(times(15, 401));
  expect((await tryAs(ann, password, '203.0.113.9')).status).toBe(200);
});

test('one place gets a hundred wrong passwords an hour, whomever they are for', async () => {
  const statuses: number[] = [];
  for (let at = 0; at < 101; at++) statuses.push((await tryAs(`person-${at}@example.com`, wrong)).status);
  expect(statuses).toEqual([...times(100, 401), 429]);
  expect((await tryAs(ann, password)).headers.get('retry-after')).toBe('3600');
  expect((await tryAs(ann, password, '192.0.2.2')).status).toBe(200);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1::1', '2001:db8:0:1'],
  ['2001:0DB8:0000:0001:ffff:ffff:ffff:ffff', '2001:db8:0:1'],
  ['2001:db8:0:2::1', '2001:db8:0:2'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['', ''],
  ['unknown', 'unknown'],
])('the network of %s is %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test('the table shows neither addresses nor places, and the server’s login cannot read it', async () => {
  await guess(2, ann);
  const rows = await database.asSuperuser<{ row: string }>('SELECT rate_limits::text AS row FROM rate_limits');
  expect(rows).toHaveLength(3);
  for (const { row } of rows) expect(row).toMatch(/^\([0-9a-f]{64},2,/);
  const read = { name: 'test_read_limits', text: 'SELECT key FROM rate_limits' };
  await expect(database.batch({ role: 'app' }, [{ statement: read }])).rejects.toMatchObject({ code: '42501' });
});

test('the job removes limits that are over, and sessions that have ended', async () => {
  await tryAs(ann, password);
  await guess(1, ann);
  fixture.pass(15 * minute);
  await removeOutdated(fixture.deps);
  // Of the place and of the person: those count for an hour.
  expect(await database.asSuperuser('SELECT FROM rate_limits')).toHaveLength(2);
  expect(await database.asSuperuser('SELECT FROM sessions')).toHaveLength(1);
  fixture.pass(24 * 60 * minute);
  await removeOutdated(fixture.deps);
  expect(await database.asSuperuser('SELECT FROM rate_limits')).toHaveLength(0);
  expect(await database.asSuperuser('SELECT FROM sessions')).toHaveLength(0);
});
