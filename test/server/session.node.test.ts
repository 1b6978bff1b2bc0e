import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

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

const hour = 3_600_000;
const nobody = { contact: null, permission: null, expiresAt: null, draftKey: null };

test('a visitor is nobody until they sign in, and again after they sign out', async () => {
  const visitor = fixture.visitor();
  expect(await (await visitor.request('GET', '/session')).json()).toEqual(nobody);
  const signedIn = await (await visitor.signIn('max@example.com')).json();
  expect(signedIn).toEqual({
    contact: {
      id: expect.any(String) as string,
      name: 'max',
      email: 'max@example.com',
      locale: 'en',
      company: { id: expect.any(String) as string, name: 'Acme' },
    },
    permission: 'company',
    expiresAt: '2026-11-02T09:00:00.000Z',
    draftKey: expect.stringMatching(/^[\w-]{43}$/) as string,
    columns: null,
  });
  expect(await (await visitor.request('GET', '/session')).json()).toEqual(signedIn);
  expect((await visitor.request('DELETE', '/session', { body: { scope: 'this' } })).status).toBe(204);
  expect(visitor.cookies.size).toBe(0);
  expect(await (await visitor.request('GET', '/session')).json()).toEqual(nobody);
});

test('an unknown address and a wrong password get the same bytes, and both are hashed', async () => {
  const visitor = fixture.visitor();
  let verified = 0;
  const { hasher } = fixture.deps;
  Object.assign(fixture.deps, {
    hasher: {
      ...hasher,
      verify: (hash: string, text: string) => {
        verified += 1;
        return hasher.verify(hash, text);
      },
    },
  });
  const texts = [];
  for (const email of ['ann@example.com', 'nobody@example.com', 'eve@example.com']) {
    const body = { method: 'password', email, password: email.startsWith('eve') ? password : 'wrong' };
    const response = await visitor.request('POST', '/session', { body });
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    texts.push(await response.text());
  }
  expect(new Set(texts).size).toBe(1);
  expect(verified).toBe(3);
});

test('an e-mail address is found in any letter case', async () => {
  expect((await fixture.visitor().signIn(' Ann@Example.COM ')).status).toBe(200);
});

test('the token is in the cookie alone, and only its hash in the database', async () => {
  const visitor = fixture.visitor();
  const answer = await (await visitor.signIn('ann@example.com')).text();
  const [[name, token] = ['', '']] = visitor.cookies;
  expect(name).toBe('__Host-portal_s_help');
  expect(token).toHaveLength(44);
  expect(answer).not.toContain(token);
  const rows = await database.asSuperuser<{ row: string }>('SELECT sessions::text AS row FROM sessions');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain(token);
});

test('a session ends after 24 idle hours, is renewed by use, and ends after 30 days all the same', async () => {
  const visitor = fixture.visitor();
  await visitor.signIn('ann@example.com');
  for (let day = 0; day < 29; day++) {
    fixture.pass(23 * hour);
    expect((await visitor.request('GET', '/tickets')).status, `day ${day}`).toBe(200);
  }
  for (let day = 0; day < 3; day++) {
    fixture.pass(23 * hour);
    await visitor.request('GET', '/session');
  }
  expect(await (await visitor.request('GET', '/session')).json()).toEqual(nobody);

  const idle = fixture.visitor();
  await idle.signIn('ann@example.com');
  fixture.pass(24 * hour);
  const late = await idle.request('GET', '/tickets');
  expect(late.status).toBe(401);
  expect(await late.json()).toMatchObject({ code: 'session-expired' });
  expect(idle.cookies.size).toBe(0);
  expect(await (await idle.request('GET', '/tickets')).json()).toMatchObject({ code: 'unauthenticated' });
});

test('a made-up token is an ended session', async () => {
  const visitor = fixture.visitor();
  visitor.cookies.set('__Host-portal_s_help', 'A'.repeat(44));
  expect(await (await visitor.request('GET', '/tickets')).json()).toMatchObject({ code: 'session-expired' });
});

test('signing out ends this session, the others, or all', async () => {
  const [one, two, three] = [fixture.visitor(), fixture.visitor(), fixture.visitor()];
  for (const visitor of [one, two, three]) {
    await visitor.signIn('ann@example.com');
    fixture.pass(1);
  }
  const alive = async () =>
    Promise.all([one, two, three].map(async (v) => (await v.request('GET', '/tickets')).status === 200));
  await one.request('DELETE', '/session', { body: { scope: 'this' } });
  expect(await alive()).toEqual([false, true, true]);
  await two.request('DELETE', '/session', { body: { scope: 'others' } });
  expect(await alive()).toEqual([false, true, false]);
  await one.signIn('ann@example.com');
  await two.request('DELETE', '/session', { body: { scope: 'all' } });
  expect(await alive()).toEqual([false, false, false]);
});

test('a contact has at most 20 sessions; the oldest goes', async () => {
  const first = fixture.visitor();
  await first.signIn('ann@example.com');
  for (let at = 0; at < 20; at++) {
    fixture.pass(1);
    await fixture.visitor().signIn('ann@example.com');
  }
  expect((await first.request('GET', '/tickets')).status).toBe(401);
  expect(await database.asSuperuser('SELECT count(*)::int8 AS n FROM sessions')).toEqual([{ n: 20 }]);
});

test('the front door’s staff token is for its own page, reads for an hour, and is no contact’s session', async () => {
  const ask = (headers: Record<string, string | null>) =>
    fixture.visitor().request('POST', '/demo/api/v1/staff-token', { headers });
  expect((await ask({ 'x-test-origin': 'https://evil.example' })).status).toBe(403);
  expect((await ask({ 'x-test-origin': null })).status).toBe(403);
  const { token } = (await (await ask({})).json()) as { token: string };
  const list = async () =>
    (await fixture.visitor().request('GET', '/staff/api/v1/tickets', { headers: { authorization: `Bearer ${token}` } }))
      .status;
  expect(await list()).toBe(200);
  fixture.pass(hour + 1000);
  expect(await list()).toBe(401);

  const ann = fixture.visitor();
  await ann.signIn('ann@example.com');
  expect((await ann.request('GET', '/staff/api/v1/tickets')).status).toBe(401);
});
