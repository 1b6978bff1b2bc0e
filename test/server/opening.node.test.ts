import { describe, expect, test } from 'vitest';

import { liveRoutes, portalRoutes } from '../../src/wire/index.js';
import { askAdmin } from './admin-client.js';
import { base, createAppFixture } from './app-fixture.js';
import { useEventStreams } from './event-streams.js';

const { small, open, signIn } = useEventStreams();

const close = () => askAdmin(small, 'PATCH', '/portals/help', { open: false });
const openAgain = () => askAdmin(small, 'PATCH', '/portals/help', { open: true });

const closed = {
  type: 'about:blank',
  title: 'The portal is not open yet',
  status: 503,
  code: 'not-open',
  fields: null,
  retryAfter: 60,
};

const routes = Object.entries({ ...portalRoutes, ...liveRoutes }).map(
  ([name, { method, path }]) => [name, method, path.replace(':id', 'A'.repeat(22))] as const,
);

describe('a portal that is not open', () => {
  test.each([...routes, ['the document', 'GET', '/openapi.json'] as const])(
    'answers nothing but that to %s, whoever asks',
    async (_, method, path) => {
      const ann = await signIn('ann');
      await close();
      for (const visitor of [ann, small.fixture.visitor()]) {
        const response = await visitor.request(method, path);
        expect([response.status, await response.json()]).toEqual([503, closed]);
        // Clients wait or give up by it, and come no sooner.
        expect(response.headers.get('retry-after')).toBe('60');
        expect(response.headers.getSetCookie()).toEqual([]);
      }
    },
  );

  test('tells it to its own pages and to those on its list, and to no other', async () => {
    const origins = ['https://docs.acme.example'];
    await askAdmin(small, 'PATCH', '/portals/help', { open: false, origins });
    const from = (origin: string, method = 'GET') =>
      small.fixture.visitor().request(method, '/session', { headers: { 'x-test-origin': origin } });
    const listed = await from('https://docs.acme.example');
    expect(listed.status).toBe(503);
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://docs.acme.example');
    expect((await from('https://docs.acme.example', 'OPTIONS')).status).toBe(204);
    expect((await from('https://evil.example')).status).toBe(403);
    expect((await small.fixture.visitor('nowhere').request('GET', '/session')).status).toBe(404);
    const bare = await small.fixture.visitor().request('GET', '/session', { headers: { 'x-portal-client': null } });
    expect(bare.status).toBe(403);
  });

  test('has its page and its loader, so that it can be built into others', async () => {
    await close();
    const file = (text: string, type: string) => ({ bytes: new TextEncoder().encode(text), type });
    const { app } = createAppFixture(small.database, {
      'embed.js': file('start("__PORTICO_ADDRESS__")', 'text/javascript'),
      'hosted.html': file('<title>__PORTICO_NAME__</title>', 'text/html'),
    });
    expect(await (await app.request(`${base}/help/`)).text()).toBe('<title>Small Support</title>');
    expect(await (await app.request(`${base}/help/embed.js`)).text()).toBe(`start("${base}/help")`);
  });

  test('leads nobody to sign in elsewhere', async () => {
    await close();
    const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const start = await small.fixture.app.request(`${base}/help/sso/${'A'.repeat(22)}/start`, { headers });
    expect([start.status, await start.json()]).toEqual([503, closed]);
  });

  test('opens and closes at once, and keeps who is signed in', async () => {
    const ann = await signIn('ann');
    await close();
    expect((await ann.request('GET', '/tickets')).status).toBe(503);
    await openAgain();
    expect((await ann.request('GET', '/tickets')).status).toBe(200);
  });

  test('ends the streams that it had', async () => {
    const events = await open(await signIn('ann'));
    await close();
    expect(await events.next()).toBeNull();
  });

  test('is open to its owner and to staff', async () => {
    await close();
    const preview = await askAdmin<{ items: unknown[] }>(
      small,
      'GET',
      '/portals/help/preview?contact=ann%40example.com',
    );
    expect(preview.body.items).toHaveLength(2);
    const headers = { authorization: 'Bearer test-admin-token' };
    expect((await small.fixture.visitor().request('GET', '/staff/api/v1/tickets', { headers })).status).toBe(200);
  });
});

test('a new portal is open unless its owner says otherwise', async () => {
  const create = (slug: string, more: object) => askAdmin(small, 'POST', '/portals', { slug, name: 'Shop', ...more });
  const ask = async (slug: string) => (await small.fixture.visitor(slug).request('GET', '/portal')).status;
  expect((await create('shop', {})).body).toMatchObject({ open: true });
  expect(await ask('shop')).toBe(200);
  expect((await create('store', { open: false })).body).toMatchObject({ open: false, version: 1 });
  expect(await ask('store')).toBe(503);
  const opened = await askAdmin(small, 'PATCH', '/portals/store', { open: true, version: 1 });
  expect(opened.body).toMatchObject({ open: true, version: 2 });
  expect(await ask('store')).toBe(200);
});
