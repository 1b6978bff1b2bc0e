import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createApp } from '../../src/server/app.js';
import { readCaller } from '../../src/server/node/caller.js';
import { readConfig } from '../../src/server/node/config.js';
import { listen } from '../../src/server/node/listen.js';
import { askAdmin } from './admin-client.js';
import { type AppFixture, base, createAppFixture } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const embed = { 'embed.js': { bytes: new TextEncoder().encode('start()'), type: 'text/javascript' } };
const openLoader = () => createAppFixture(small.database, embed);
const load = ({ app }: AppFixture, referer: string | null, slug = 'help') =>
  app.request(`${base}/${slug}/embed.js`, { headers: referer === null ? {} : { referer } });

interface Page {
  readonly url: string;
  readonly seenAt: string;
}
const pages = async (slug = 'help', query = '') =>
  (await askAdmin<{ items: Page[] }>(small, 'GET', `/portals/${slug}/pages${query}`)).body.items;
const urls = async (slug?: string) => (await pages(slug)).map(({ url }) => url);

describe('a page that loads the portal', () => {
  test('is seen, and when', async () => {
    expect(await pages()).toEqual([]);
    expect((await load(openLoader(), 'https://docs.acme.example/help/contact')).status).toBe(200);
    expect(await pages()).toEqual([
      { url: 'https://docs.acme.example/help/contact', seenAt: '2026-11-01T09:00:00.000Z' },
    ]);
  });

  test('is seen as well when it has the loader already', async () => {
    const loader = openLoader();
    const etag = (await load(loader, null)).headers.get('etag') ?? '';
    const headers = { referer: 'https://docs.acme.example/a', 'if-none-match': etag };
    expect((await loader.app.request(`${base}/help/embed.js`, { headers })).status).toBe(304);
    expect(await urls()).toEqual(['https://docs.acme.example/a']);
  });

  test.each<[what: string, referer: string, seen: string | null]>([
    ['a query and a fragment', 'https://docs.acme.example/a?token=secret#part', 'https://docs.acme.example/a'],
    ['a name and a password', 'https://user:secret@docs.acme.example/a', 'https://docs.acme.example/a'],
    ['an origin alone', 'https://docs.acme.example', 'https://docs.acme.example/'],
    ['capitals and a port', 'HTTPS://Docs.Acme.Example:8443/A', 'https://docs.acme.example:8443/A'],
    ['letters of every kind', 'https://łódź.example/ż ó', 'https://xn--d-uga0v4h.example/%C5%BC%20%C3%B3'],
    ['a plain page', 'http://intranet/a', 'http://intranet/a'],
    ['a page of the server’s own', `${base}/help/`, `${base}/help/`],
    ['the demo', `${base}/demo/kb.html`, `${base}/demo/kb.html`],
    ['the admin page', `${base}/admin/`, null],
    ['the admin page without its slash', `${base}/admin`, null],
    ['a page below it', `${base}/admin/portals?x`, null],
    ['an admin page elsewhere', 'https://docs.acme.example/admin/', 'https://docs.acme.example/admin/'],
    ['a page whose name begins like it', `${base}/administration`, `${base}/administration`],
    ['1000 letters', `https://a.example/${'a'.repeat(982)}`, `https://a.example/${'a'.repeat(982)}`],
    ['1001 letters', `https://a.example/${'a'.repeat(983)}`, null],
    ['no address', 'somewhere', null],
    ['an empty text', '', null],
    ['a path', '/help/contact', null],
    ['a script', 'javascript:alert(1)', null],
    ['a file', 'file:///etc/passwd', null],
    ['an app', 'android-app://com.example/', null],
    ['data', 'data:text/html,hello', null],
    ['about:blank', 'about:blank', null],
    ['half an address', 'https://', null],
    ['a host that is none', 'https://a b/', null],
    ['a port that is none', 'https://a.example:99999/', null],
  ])('with %s', async (_, referer, seen) => {
    // As a browser could not send it, but anybody else can.
    const sent = /[^ -~]/.test(referer) ? encodeURI(referer) : referer;
    expect((await load(openLoader(), sent)).status).toBe(200);
    expect(await urls()).toEqual(seen === null ? [] : [seen]);
  });

  test('is written once an hour', async () => {
    const loader = openLoader();
    const times: (string | undefined)[] = [];
    for (const minutes of [0, 30, 29, 2]) {
      loader.pass(minutes * 60_000);
      await load(loader, 'https://docs.acme.example/a');
      times.push((await pages())[0]?.seenAt);
    }
    const [first, later] = ['2026-11-01T09:00:00.000Z', '2026-11-01T10:01:00.000Z'];
    expect(times).toEqual([first, first, first, later]);
    // Also by another process, which has not seen it yet.
    await load(openLoader(), 'https://docs.acme.example/a');
    expect((await pages())[0]?.seenAt).toBe(later);
  });

  test('is one of twenty in a minute, of twenty that are shown, and of a hundred that are kept', async () => {
    const loader = openLoader();
    for (let page = 1; page <= 140; page++) {
      // Of each minute's 28 the last eight are not kept.
      if (page % 28 === 1) loader.pass(60_000);
      await load(loader, `https://a.example/${page}`);
    }
    expect(await urls()).toEqual(Array.from({ length: 20 }, (_, at) => `https://a.example/${113 + at}`).toSorted());
    const kept = await small.database.asSuperuser<{ url: string }>('SELECT url FROM seen_pages');
    expect(kept).toHaveLength(100);
    // The oldest makes room.
    loader.pass(60_000);
    await load(loader, 'https://docs.acme.example/help/contact');
    const after = (await small.database.asSuperuser<{ url: string }>('SELECT url FROM seen_pages')).map(
      ({ url }) => url,
    );
    expect(after).toHaveLength(100);
    expect(after).toContain('https://docs.acme.example/help/contact');
    expect(kept.filter(({ url }) => !after.includes(url)).map(({ url }) => url)).toEqual(['https://a.example/9']);
  });

  test('gets the loader even when it cannot be written down', async () => {
    const loader = openLoader();
    await small.database.asSuperuser('REVOKE EXECUTE ON FUNCTION see_page FROM portico_app');
    onTestFinished(async () => {
      await small.database.asSuperuser('GRANT EXECUTE ON FUNCTION see_page TO portico_app');
    });
    expect((await load(loader, 'https://docs.acme.example/a')).status).toBe(200);
    expect(loader.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'page-not-seen' }));
  });

  test('is seen while the portal is not open', async () => {
    await askAdmin(small, 'PATCH', '/portals/help', { open: false });
    await load(openLoader(), 'https://docs.acme.example/a');
    expect(await urls()).toEqual(['https://docs.acme.example/a']);
  });
});

test('pages of each portal are its own', async () => {
  await askAdmin(small, 'POST', '/portals', { slug: 'shop', name: 'Shop' });
  const loader = openLoader();
  await load(loader, 'https://a.example/help');
  await load(loader, 'https://a.example/shop', 'shop');
  expect(await urls('help')).toEqual(['https://a.example/help']);
  expect(await urls('shop')).toEqual(['https://a.example/shop']);
  expect((await load(loader, 'https://a.example/', 'nowhere')).status).toBe(404);
  expect((await askAdmin(small, 'GET', '/portals/nowhere/pages')).status).toBe(404);
});

test('another account sees none of them', async () => {
  await load(openLoader(), 'https://a.example/help');
  await small.database.asSuperuser(`UPDATE portals SET slug = 'mine'`);
  const other = await seedSmallWorld(small.fixture.deps);
  const rows = await small.database.asSuperuser<{ account_id: number; id: string }>(
    'SELECT account_id, public_id AS id FROM accounts',
  );
  const query = (account: number) => `?account=${rows.find((row) => row.account_id === account)?.id}`;
  expect(await pages('help', query(other.account))).toEqual([]);
  const foreign = await askAdmin(small, 'GET', `/portals/mine/pages${query(other.account)}`);
  expect(foreign.status).toBe(404);
  expect(await pages('mine', query(small.world.account))).toHaveLength(1);
});

describe('over the socket', () => {
  /** `fetch` would not send a `Referer` of our choice. */
  const send = (port: number, referer: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port, path: '/help/embed.js', headers: { referer } }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      });
      call.on('error', reject).end();
    });

  test('a page is seen by what the browser sends along', async () => {
    const config = { ...readConfig('start', { PORT: '0' }, '/srv') };
    const { deps } = openLoader();
    const app = createApp({ ...deps, caller: (asked) => readCaller(asked, null, config) });
    const listening = await listen(config, (asked) => app.fetch(asked));
    onTestFinished(() => listening.stop(0));
    const own = `http://127.0.0.1:${listening.port}`;
    const sent: [referer: string, status: number][] = [
      ['https://docs.acme.example/help/contact?utm=1', 200],
      [`${own}/admin/`, 200],
      [`${own}/demo/kb.html`, 200],
      [`https://a.example/${'a'.repeat(8000)}`, 200],
      ['\u00ff\u00fe', 200],
      [`https://a.example/${'a'.repeat(17_000)}`, 431],
    ];
    for (const [referer, status] of sent)
      expect(await send(listening.port, referer), referer.slice(0, 40)).toBe(status);
    expect((await urls()).toSorted()).toEqual(
      [`${own}/demo/kb.html`, 'https://docs.acme.example/help/contact'].toSorted(),
    );
  });
});
