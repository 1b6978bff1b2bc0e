import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { AdminPortalWire, DomainWire } from '../../src/wire/index.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { askAdmin } from './admin-client.js';
import { type AppFixture, createAppFixture } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';

/** Two owners at the same moment, where transactions run side by side: each is told something that holds, and never a 500. */

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

const ask = <Body>(method: string, path: string, body?: unknown) => askAdmin<Body>({ fixture }, method, path, body);
const connect = async (host: string) => (await ask<DomainWire>('POST', '/domains', { host, locale: 'en' })).body;
const statuses = async (asked: readonly Promise<{ status: number }>[]) =>
  (await Promise.all(asked)).map(({ status }) => status).toSorted();
const rounds = Array.from({ length: 8 }, (_, round) => round);

test('a slug goes to one portal of the account, on whichever domain', async () => {
  const { id } = await connect('help.acme.example');
  for (const round of rounds) {
    const create = (more: object) => ask('POST', '/portals', { slug: `shop-${round}`, name: 'Shop', ...more });
    expect(await statuses([create({}), create({ domain: id })])).toEqual([201, 409]);
  }
});

test('two portals do not move to the same address', async () => {
  for (const slug of ['one', 'other']) await ask('POST', '/portals', { slug, name: slug });
  for (const round of rounds) {
    const slug = `shop-${round}`;
    expect(await statuses(['one', 'other'].map((from) => ask('PATCH', `/portals/${from}`, { slug })))).toEqual([
      200, 409,
    ]);
    const { body } = await ask<{ items: AdminPortalWire[] }>('GET', '/portals');
    const left = body.items.find((one) => one.slug === 'one') ? 'other' : 'one';
    await ask('PATCH', `/portals/${slug}`, { slug: left });
  }
});

test('a host goes to one account', async () => {
  for (const round of rounds) {
    const body = { host: `help-${round}.acme.example`, locale: 'en' };
    expect(await statuses([ask('POST', '/domains', body), ask('POST', '/domains', body)])).toEqual([201, 409]);
  }
});

test('a domain is removed or has a portal, never both', async () => {
  for (const round of rounds) {
    const { id } = await connect(`help-${round}.acme.example`);
    const made = ask('POST', '/portals', { slug: `shop-${round}`, name: 'Shop', domain: id });
    const removed = ask('DELETE', `/domains/${id}`);
    const outcome = [(await made).status, (await removed).status];
    expect([String([201, 409]), String([400, 204])]).toContain(String(outcome));
  }
});

test('of several who read the same version one is let in', async () => {
  const change = (name: string) => ask('PATCH', '/portals/help', { name, version: 1 });
  expect(await statuses(['a', 'b', 'c', 'd'].map(change))).toEqual([200, 409, 409, 409]);
  expect((await ask<AdminPortalWire>('GET', '/portals/help')).body.version).toBe(2);
});

test('a portal that begins to follow gets the language that its domain ends with', async () => {
  const { id } = await connect('help.acme.example');
  await ask('POST', '/portals', { slug: 'shop', name: 'Shop', domain: id, followsDomain: false });
  for (const locale of ['pl', 'de', 'en', 'pl', 'de', 'en']) {
    await ask('PATCH', '/portals/shop', { followsDomain: false });
    const [followed, turned] = await Promise.all([
      ask('PATCH', '/portals/shop', { followsDomain: true }),
      ask('PATCH', `/domains/${id}`, { locale }),
    ]);
    expect([followed.status, turned.status]).toEqual([200, 200]);
    const { body } = await ask<AdminPortalWire>('GET', '/portals/shop');
    const { body: domains } = await ask<{ items: DomainWire[] }>('GET', '/domains');
    const domain = domains.items.find((one) => one.id === id)!;
    expect(body).toMatchObject({ followsDomain: true, locales: [domain.locale] });
  }
});
