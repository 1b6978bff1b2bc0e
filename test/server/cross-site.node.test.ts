import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../support/database.js';
import type { Visitor, VisitorRequest } from './app-fixture.js';
import { base, createAppFixture } from './app-fixture.js';
import { type SmallWorld, seedSmallWorld } from './small-world.js';
import { staffPassword, welcomeStaff } from './staff-visitor.js';

// Requests that a page of somebody else's could make in the browser of who is signed in; none is answered.

const listed = ['https://docs.acme.example', 'https://kb.example:8443', 'https://xn--bcher-kva.example'];
let database: TestDatabase;
let world: SmallWorld;
let ann: Visitor;
let owner: Visitor;
let stranger: Visitor;
// Once: what is refused leaves nothing behind.
beforeAll(async () => {
  database = await openTestDatabase();
  const fixture = createAppFixture(database);
  world = await seedSmallWorld(fixture.deps);
  await database.asSuperuser(`UPDATE portals SET origins = '{${listed.join(',')}}' WHERE slug = 'help'`);
  ann = fixture.visitor();
  await ann.signIn('ann@example.com');
  stranger = fixture.visitor();
  owner = (await welcomeStaff(fixture, { name: 'olga', role: 'admin' })).visitor;
});
afterAll(() => database.close());

type Headers = NonNullable<VisitorRequest['headers']>;

const key = () => crypto.randomUUID();
const read = (headers: Headers) => ann.request('GET', '/tickets', { headers });
const write = (headers: Headers, body: unknown = { body: 'Forged' }) =>
  ann.request('POST', `/tickets/${world.tickets.ann}/messages`, { body, key: key(), headers });
const ask = (headers: Headers) =>
  ann.request('OPTIONS', '/tickets', { headers: { ...headers, 'access-control-request-method': 'POST' } });

const messages = async () =>
  (await database.asSuperuser<{ n: number }>('SELECT count(*)::integer AS n FROM messages'))[0]!.n;

/** Nothing of the portal's is in it, and no page but ours may read it. */
function expectRefused(response: Response, status: number): void {
  expect(response.status).toBe(status);
  expect(response.headers.get('set-cookie')).toBeNull();
  if (status === 403) expect(response.headers.get('access-control-allow-origin')).toBeNull();
}

const strangers: Readonly<Record<string, readonly string[]>> = {
  'of another host': [
    'https://evil.example',
    'https://docs.acme.example.evil.example',
    'https://evil-docs.acme.example',
    'https://sub.docs.acme.example',
    'https://acme.example',
    'https://docsXacme.example',
    'https://docs.acme.example.',
    'http://localhost:4400.evil.example',
  ],
  'of another port': [
    'https://docs.acme.example:444',
    'https://docs.acme.example:8443',
    'https://kb.example',
    'https://kb.example:8444',
    'http://localhost',
    'http://localhost:4401',
  ],
  'of another scheme': [
    'http://docs.acme.example',
    'http://kb.example:8443',
    'https://localhost:4400',
    'ftp://docs.acme.example',
    'file://',
    'chrome-extension://docs.acme.example',
    'blob:https://docs.acme.example',
    'data:text/html,docs.acme.example',
  ],
  'under another name of this machine': ['http://127.0.0.1:4400', 'http://[::1]:4400', 'http://0.0.0.0:4400'],
  'in another spelling': [
    'https://DOCS.acme.example',
    'HTTPS://docs.acme.example',
    'https://docs.acme.example:443',
    'https://docs.acme.example/',
    'https://docs.acme.example/help',
    'https://docs.acme.example?',
    'https://user@docs.acme.example',
    'https://docs.acme.example@evil.example',
    'https://docs.acme.example%2eevil.example',
    'https://docs.acme.example, https://evil.example',
    'https://evil.example https://docs.acme.example',
    'http://localhost:4400/',
  ],
  'that only looks alike': [
    'https://xn--bchr-0ra.example',
    'https://xn--bcher-kva.example.evil.example',
    'https://bucher.example',
    'https://xn--dcs-8cd.acme.example',
  ],
  'of nobody': ['null', 'undefined', '', '*', 'https://', '/'],
};
const origins = Object.entries(strangers).flatMap(([what, all]) => all.map((origin) => [what, origin] as const));

test('there are enough of them', () => {
  expect(origins.length + others.length + types.length).toBeGreaterThanOrEqual(60);
  expect(new Set(origins.map(([, origin]) => origin)).size).toBe(origins.length);
});

describe('a page', () => {
  test.each(origins)('%s, %j, reads nothing, writes nothing, and is not let ask', async (_, origin) => {
    const before = await messages();
    const headers = { 'x-test-origin': origin };
    for (const response of [await read(headers), await write(headers), await ask(headers)])
      expectRefused(response, 403);
    expect(await messages()).toBe(before);
  });
});

/** By form, link, image, script, frame: what comes without `fetch`, or without what only it can send. */
const others: readonly (readonly [string, Headers])[] = [
  ['without an origin, from another site', { 'x-test-origin': null, 'x-test-site': 'cross-site' }],
  ['without an origin, from another host of the site', { 'x-test-origin': null, 'x-test-site': 'same-site' }],
  ['without an origin, typed or from a bookmark', { 'x-test-origin': null, 'x-test-site': 'none' }],
  ['without an origin, by a browser that says nothing of itself', { 'x-test-origin': null }],
  ['without the header of a client', { 'x-portal-client': null }],
  ['with an empty header of a client', { 'x-portal-client': '' }],
  ['with a header of a client without a version', { 'x-portal-client': 'portico' }],
  ['with a header of a client without a name', { 'x-portal-client': '/1' }],
  ['with two clients in one header', { 'x-portal-client': 'portico/1, other/1' }],
  ['with a client of a hundred letters', { 'x-portal-client': `${'x'.repeat(100)}/1` }],
  ['as a navigation', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
  ['as a form', { 'sec-fetch-mode': 'navigate' }],
  ['without CORS', { 'sec-fetch-mode': 'no-cors' }],
  ['as a socket', { 'sec-fetch-mode': 'websocket' }],
  ...['image', 'script', 'style', 'iframe', 'object', 'embed', 'audio', 'font', 'worker', 'manifest'].map(
    (what) => [`as ${what}`, { 'sec-fetch-dest': what }] as const,
  ),
];

test.each(others)('a request %s is neither read nor written', async (_, headers) => {
  const before = await messages();
  for (const response of [await read(headers), await write(headers)]) expectRefused(response, 403);
  expect(await messages()).toBe(before);
});

test('a write from our own page says where it comes from', async () => {
  expectRefused(await write({ 'x-test-origin': null, 'x-test-site': 'same-origin' }), 403);
});

/** Bodies that a form can send, and what passes for JSON elsewhere. */
const types: readonly (string | null)[] = [
  null,
  '',
  'text/plain',
  'text/plain; application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/json',
  'application/jsonp',
  'application/vnd.api+json',
  'application/json; charset=utf-16',
  'application/json, text/plain',
];

test.each(types)('a body of the type %j is refused, from a listed page as well', async (type) => {
  const before = await messages();
  const text = JSON.stringify({ body: 'Forged' });
  expectRefused(await write({ 'x-test-origin': listed[0]!, 'content-type': type }, text), 415);
  expect(await messages()).toBe(before);
});

test.each([
  ['text/plain', 415],
  ['application/json', 415],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data', 415],
])('a file of the type %s is refused', async (type, status) => {
  const response = await ann.request('POST', '/attachments', { body: 'x', headers: { 'content-type': type } });
  expectRefused(response, status);
});

test.each([...listed, base])('the page %s reads, writes and is let ask, and may read the answer', async (origin) => {
  const headers = { 'x-test-origin': origin };
  const answers = [await read(headers), await write(headers), await ask(headers)];
  expect(answers.map(({ status }) => status)).toEqual([200, 201, 204]);
  for (const { headers: answered } of answers) {
    expect(answered.get('access-control-allow-origin')).toBe(origin);
    expect(answered.get('access-control-allow-credentials')).toBe('true');
    expect(answered.get('vary')).toContain('Origin');
  }
});

describe('with the session of an admin', () => {
  const reads = ['/admin/api/v1/session', '/admin/api/v1/staff', '/admin/api/v1/portals', '/staff/api/v1/tickets'];
  const writes = (): (readonly [string, string, unknown])[] => [
    ['PATCH', '/admin/api/v1/portals/help', { name: 'Forged' }],
    ['POST', '/admin/api/v1/staff', { name: 'Forged', email: 'forged@evil.example', role: 'admin' }],
    ['POST', `/staff/api/v1/tickets/${world.tickets.ann}/notes`, { body: 'Forged' }],
    ['DELETE', '/admin/api/v1/session', undefined],
  ];
  /** Who has no cookie yet. */
  const byNobody = (path: string, origin: string, body: unknown) =>
    stranger.request('POST', path, { headers: { 'x-test-origin': origin }, body });
  const send = (method: string, path: string, headers: Headers, body?: unknown) =>
    owner.request(method, path, { headers, ...(body !== undefined && { body }) });

  async function expectNothing(headers: Headers): Promise<void> {
    for (const path of reads) expectRefused(await send('GET', path, headers), 403);
    for (const [method, path, body] of writes()) expectRefused(await send(method, path, headers, body), 403);
  }

  // The portal's list is the portal's: a page on it is a stranger here.
  test.each([...origins.map(([, origin]) => origin), ...listed])(
    'the page %j reads and writes nothing',
    async (origin) => {
      await expectNothing({ 'x-test-origin': origin });
      const asks = await send('OPTIONS', '/admin/api/v1/staff', {
        'x-test-origin': origin,
        'access-control-request-method': 'POST',
      });
      expect([asks.status, asks.headers.get('access-control-allow-origin')]).toEqual([404, null]);
    },
  );

  test.each(others)('a request %s is neither read nor written', async (_, headers) => {
    await expectNothing(headers);
  });

  test('a write from a page of ours says where it comes from', async () => {
    const headers = { 'x-test-origin': null, 'x-test-site': 'same-origin' };
    for (const path of reads) expect((await send('GET', path, headers)).status, path).toBe(200);
    for (const [method, path, body] of writes()) expectRefused(await send(method, path, headers, body), 403);
  });

  test.each(types)('a body of the type %j is refused', async (type) => {
    const [method, path, body] = writes()[1]!;
    const headers = { 'content-type': type };
    expectRefused(await send(method, path, headers, JSON.stringify(body)), 415);
  });

  test.each([...listed, 'https://evil.example', 'null'])('nobody is signed in by the page %s', async (origin) => {
    const body = { email: 'olga@staff.example', password: staffPassword };
    expectRefused(await byNobody('/admin/api/v1/session', origin, body), 403);
    const welcome = { token: 'A'.repeat(44), password: staffPassword, name: 'Eve' };
    for (const [path, sent] of [
      ['/admin/api/v1/welcome', welcome],
      ['/admin/api/v1/welcome/look', { token: welcome.token }],
    ] as const)
      expectRefused(await byNobody(path, origin, sent), 403);
  });

  test('after all of that everything is as it was, and a page of ours reads and writes', async () => {
    const [{ n }] = (await database.asSuperuser(`SELECT count(*)::integer AS n FROM staff`)) as [{ n: number }];
    const portals = await database.asSuperuser(`SELECT id FROM portals WHERE name = 'Forged'`);
    const notes = await database.asSuperuser(`SELECT id FROM messages WHERE text = 'Forged' AND internal`);
    expect([n, portals, notes]).toEqual([2, [], []]);
    for (const path of reads) {
      const { status, headers } = await send('GET', path, {});
      expect([status, headers.get('access-control-allow-origin')], path).toEqual([200, null]);
    }
    for (const [method, path, body] of writes())
      expect((await send(method, path, {}, body)).status, path).toBeLessThan(300);
  });
});
