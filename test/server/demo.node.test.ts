import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { createApp } from '../../src/server/app.js';
import { type AppFixture, base, createAppFixture } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';

let database: TestDatabase;
let fixture: AppFixture;
beforeAll(async () => {
  database = await openTestDatabase();
  fixture = createAppFixture(database);
  await seedSmallWorld(fixture.deps);
});
afterAll(() => database.close());

const post = (path: string, body?: unknown, headers: Record<string, string | null> = {}) =>
  fixture.visitor().request('POST', `/demo/api/v1/${path}`, { body, headers });

const strangers: readonly Record<string, string | null>[] = [
  { 'x-test-origin': 'https://evil.example' },
  { 'x-test-origin': null },
  { 'x-portal-client': null },
];

test('the demo’s page changes what contacts see, from their next request on', async () => {
  const [ann, max] = [fixture.visitor(), fixture.visitor()];
  await ann.signIn('ann@example.com');
  await max.signIn('max@example.com');
  const permissions = async () =>
    Promise.all(
      [ann, max].map(async (one) => ((await (await one.request('GET', '/session')).json()) as Session).permission),
    );
  interface Session {
    readonly permission: string;
  }
  const expected = {
    own: ['own', 'own'],
    company: ['company', 'company'],
    'company-if': ['own', 'company'],
  } as const;
  for (const [kind, seen] of Object.entries(expected)) {
    expect((await post('permission', { kind })).status).toBe(204);
    expect(await permissions(), kind).toEqual(seen);
  }
  for (const body of [{ kind: 'everything' }, {}, { kind: 'own', groups: [] }, '{', undefined]) {
    expect((await post('permission', body)).status, JSON.stringify(body)).toBe(400);
  }
  for (const headers of strangers) expect((await post('permission', { kind: 'own' }, headers)).status).toBe(403);
  expect(await permissions()).toEqual(['own', 'company']);
});

test('a page of the demo may embed the portal under another name of this machine, and no other page may', async () => {
  const page = 'http://eyes.localhost:4400';
  const preflight = async () =>
    (
      await fixture.app.request(`http://ann.eyes.localhost:4400/help/api/v1/session`, {
        method: 'OPTIONS',
        headers: { 'x-test-origin': page },
      })
    ).status;
  expect(await preflight()).toBe(403);
  for (const headers of strangers) expect((await post('origin', undefined, headers)).status).toBe(403);
  expect(await preflight()).toBe(403);
  const asked = { 'x-test-origin': page, 'x-portal-client': 'portico-demo/1' };
  for (let times = 0; times < 2; times++) {
    const answer = await fixture.app.request(`${page}/demo/api/v1/origin`, { method: 'POST', headers: asked });
    expect(answer.status).toBe(204);
  }
  expect(await preflight()).toBe(204);
  const elsewhere = { ...asked, 'x-test-origin': 'http://demo.example:4400' };
  const rebound = await fixture.app.request('http://demo.example:4400/demo/api/v1/origin', {
    method: 'POST',
    headers: elsewhere,
  });
  expect(rebound.status).toBe(403);
});

test('a page of the demo hears which pages ask in vain, and lets them in or hears no more of them', async () => {
  const pages = ['http://localhost:3000', 'http://localhost:3001'] as const;
  const ask = async (origin: string) =>
    (await fixture.visitor().request('GET', '/session', { headers: { 'x-test-origin': origin } })).status;
  const waiting = async () => {
    const headers = { 'x-test-origin': null, 'x-test-site': 'same-origin' };
    const answer = await fixture.visitor().request('GET', '/demo/api/v1/origins', { headers });
    return ((await answer.json()) as { items: { origin: string; asked: number }[] }).items.map(
      ({ origin, asked }) => `${origin} ${asked}`,
    );
  };
  for (const page of [...pages, pages[0]]) expect(await ask(page)).toBe(403);
  expect((await waiting()).toSorted()).toEqual([`${pages[0]} 2`, `${pages[1]} 1`]);

  const allow = { origin: pages[0], decision: 'allow' };
  for (const headers of strangers) expect((await post('origins', allow, headers)).status).toBe(403);
  for (const body of [{ ...allow, decision: 'maybe' }, { decision: 'allow' }, { ...allow, more: 1 }, '{', undefined])
    expect((await post('origins', body)).status, JSON.stringify(body)).toBe(400);
  expect(await ask(pages[0])).toBe(403);

  expect((await post('origins', allow)).status).toBe(204);
  expect((await post('origins', { origin: pages[1], decision: 'ignore' })).status).toBe(204);
  expect(await Promise.all(pages.map(ask))).toEqual([200, 403]);
  expect(await waiting()).toEqual([]);
});

test('the demo’s page resets the world where it may, and hears beforehand whether it may', async () => {
  let resets = 0;
  const app = createApp({ ...fixture.deps, demo: { reset: async () => void (resets += 1) } });
  const ask = (to: typeof app, method: string, headers: Record<string, string>) =>
    to.request(`${base}/demo/api/v1/reset`, { method, headers });
  const page = { 'x-test-origin': base, 'x-portal-client': 'portico-demo/1' };
  const reading = { 'x-test-site': 'same-origin', 'x-portal-client': 'portico-demo/1' };

  expect(await (await ask(app, 'GET', reading)).json()).toEqual({ offered: true });
  expect(await (await ask(fixture.app, 'GET', reading)).json()).toEqual({ offered: false });
  expect((await ask(fixture.app, 'POST', page)).status).toBe(403);
  for (const headers of strangers) {
    const sent = Object.entries({ ...page, ...headers }).filter((pair): pair is [string, string] => pair[1] !== null);
    expect((await ask(app, 'POST', Object.fromEntries(sent))).status).toBe(403);
  }
  expect(resets).toBe(0);
  expect((await ask(app, 'POST', page)).status).toBe(204);
  expect(resets).toBe(1);

  const real = createApp({ ...fixture.deps, demo: null });
  expect((await ask(real, 'POST', page)).status).toBe(404);
});
