import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { TestDatabase } from '../support/database.js';
import { openTestDatabase } from '../support/database.js';
import { type AppFixture, base, createAppFixture } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';

let database: TestDatabase;
let fixture: AppFixture;

const file = (text: string, type: string) => ({ bytes: new TextEncoder().encode(text), type });

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  fixture = createAppFixture(database, {
    'embed.js': file('start("__PORTICO_ADDRESS__")', 'text/javascript; charset=utf-8'),
    'assets/portico-1.js': file('export {};'.repeat(500), 'text/javascript; charset=utf-8'),
    'themes/dense.css': file(':root{}', 'text/css; charset=utf-8'),
    'hosted.html': file('<html lang="__PORTICO_LOCALE__"><title>__PORTICO_NAME__</title>', 'text/html; charset=utf-8'),
  });
  await seedSmallWorld(fixture.deps);
});

const get = (path: string, headers: Record<string, string> = {}) => fixture.app.request(base + path, { headers });

test('the loader carries the address under which it was asked for, and is asked for again only when it changed', async () => {
  const loader = await get('/help/embed.js');
  expect(await loader.text()).toBe('start("http://localhost:4400/help")');
  expect(loader.headers.get('cache-control')).toBe('no-cache');
  expect(loader.headers.get('access-control-allow-origin')).toBe('*');
  expect(loader.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  const again = await get('/help/embed.js', { 'if-none-match': loader.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  expect((await get('/nowhere/embed.js')).status).toBe(404);
});

test('chunks are compressed and kept for good', async () => {
  const chunk = await get('/help/assets/portico-1.js', { 'accept-encoding': 'gzip' });
  expect(chunk.headers.get('content-encoding')).toBe('gzip');
  expect(chunk.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await chunk.arrayBuffer()).byteLength).toBeLessThan(500);
  expect((await get('/help/assets/nothing.js')).status).toBe(404);
});

test('themes are for every page, and kept for an hour: their names stay', async () => {
  const theme = await get('/help/themes/dense.css');
  expect(await theme.text()).toBe(':root{}');
  expect(theme.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(theme.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(theme.headers.get('cache-control')).toBe('public, max-age=3600');
  expect((await get('/help/themes/nothing.css')).status).toBe(404);
});

test('private answers are not compressed', async () => {
  const visitor = fixture.visitor();
  await visitor.signIn('max@example.com');
  const list = await visitor.request('GET', '/tickets', { headers: { 'accept-encoding': 'gzip' } });
  expect(list.status).toBe(200);
  expect(list.headers.get('content-encoding')).toBeNull();
});

test('the hosted page has the portal’s name as its title, whatever is in it', async () => {
  await database.asSuperuser(`UPDATE portals SET name = '</title><script>$& "Tools" & more', locale = 'pl'`);
  const page = await get('/help/');
  expect(await page.text()).toBe(
    '<html lang="pl"><title>&#60;/title&#62;&#60;script&#62;$&#38; &#34;Tools&#34; &#38; more</title>',
  );
  expect(page.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
});
