import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { TestDatabase } from '../support/database.js';
import { openTestDatabase } from '../support/database.js';
import { askAdmin } from './admin-client.js';
import { type AppFixture, base, createAppFixture } from './app-fixture.js';
import { pictures } from './config-file.cases.js';
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
    'hosted.html': file(
      '<html lang="__PORTICO_LOCALE__" dir="__PORTICO_DIR__"><title>__PORTICO_NAME__</title>' +
        '<link rel="icon" href="own.svg" /><link rel="stylesheet" href="own.css" /></head>' +
        '<!--__PORTICO_LOGO__--><!--__PORTICO_LANGUAGES__-->',
      'text/html; charset=utf-8',
    ),
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

const pageOf = async (path = '/help/', headers: Record<string, string> = {}) => (await get(path, headers)).text();

test('the hosted page has the portal’s name as its title, whatever is in it', async () => {
  await database.asSuperuser(
    `UPDATE portals SET name = '</title></head><script>$& "Tools" & more __PORTICO_DIR__', locale = 'pl', locales = '{pl}'`,
  );
  const page = await get('/help/');
  expect(await page.text()).toBe(
    '<html lang="pl" dir="ltr"><title>&#60;/title&#62;&#60;/head&#62;&#60;script&#62;$&#38; &#34;Tools&#34; &#38; more __PORTICO_DIR__</title>' +
      '<link rel="icon" href="own.svg" /><link rel="stylesheet" href="own.css" /><link rel="stylesheet" href="brand.css" /></head>',
  );
  expect(page.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
});

/** What the address and the browser ask for of a portal in Polish that has Arabic and Portuguese of Brazil as well. */
const choices: readonly (readonly [query: string, header: string | null, language: string])[] = [
  ['', null, 'pl'],
  ['', 'de', 'pl'],
  ['', 'ar', 'ar'],
  ['', 'de, ar;q=0.2, pl;q=0.1', 'ar'],
  ['', 'pt', 'pt-BR'],
  ['', 'pt-PT', 'pt-BR'],
  ['', '*', 'pl'],
  ['?lang=ar', null, 'ar'],
  ['?lang=ar', 'pt-BR', 'ar'],
  ['?lang=pt-BR', 'ar', 'pt-BR'],
  ['?lang=ar-EG', null, 'ar'],
  ['?lang=de', 'ar', 'ar'],
  ['?lang=', 'ar', 'ar'],
  ['?lang=%22%3E%3Cscript%3E', null, 'pl'],
  ['?ticket=new&lang=ar', null, 'ar'],
];

test.each(choices)('the hosted page at %j for a browser of %j is in %s', async (query, header, language) => {
  await database.asSuperuser(`UPDATE portals SET locale = 'pl', locales = '{pl,ar,pt-BR}'`);
  const answer = await get(`/help/${query}`, header === null ? {} : { 'accept-language': header });
  const page = await answer.text();
  expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  expect(page).toContain(`lang="${language}" hreflang="${language}" aria-current="true">`);
  expect(answer.headers.get('content-language')).toBe(language);
  expect(answer.headers.get('vary')).toContain('accept-language');
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('the links to other languages name each by itself, and stay where one is', async () => {
  await database.asSuperuser(`UPDATE portals SET locale = 'pl', locales = '{pl,ar,en-a}'`);
  expect(await pageOf('/help/?ticket=x%22y&lang=ar')).toContain(
    '<nav aria-label="اللغة"><a href="?ticket=x%22y&#38;lang=pl" lang="pl" hreflang="pl">Polski</a>' +
      '<a href="?ticket=x%22y&#38;lang=ar" lang="ar" hreflang="ar" aria-current="true">العربية</a>' +
      '<a href="?ticket=x%22y&#38;lang=en-a" lang="en-a" hreflang="en-a">en-a</a></nav>',
  );
  await database.asSuperuser(`UPDATE portals SET locales = '{pl}'`);
  expect(await pageOf()).not.toContain('<nav');
});

describe('a brand', () => {
  const dress = async (brand: object, more: object = {}) => {
    const answer = await askAdmin({ fixture }, 'PATCH', '/portals/help', { brand, ...more });
    expect(answer.status).toBe(200);
  };
  const sheetOf = async () => (await get('/help/brand.css')).text();
  /** Address of a picture as the page has it. */
  const addressOf = async (kind: 'logo' | 'icon') =>
    `/help/${new RegExp(`"(${kind}/[0-9a-f]{32})"`).exec(await pageOf())?.[1] ?? 'none'}`;

  test('is a style sheet of properties, light and dark', async () => {
    await dress({ accent: '#0b6e69', accentDark: '#6fd6cb', background: '#fffdf8', font: 'Figtree', radius: 12 });
    expect(await sheetOf()).toBe(`:root {
  --portal-color-surface: #fffdf8;
  --portal-color-text: #1d2227;
  --portal-color-muted: #585b5d;
  --portal-color-accent: #0b6e69;
  --portal-color-on-accent: #ffffff;
  --portal-color-link: #0b6e69;
  --portal-color-focus: #0b6e69;
  --portal-color-unread: #0b6e69;
  --portal-font-family: "Figtree", system-ui, "Segoe UI", Roboto, sans-serif;
  --portal-radius: 12px;
}
@media (prefers-color-scheme: dark) {
:root {
  --portal-color-surface: #15181a;
  --portal-color-text: #e7e8e9;
  --portal-color-muted: #b0b2b3;
  --portal-color-accent: #6fd6cb;
  --portal-color-on-accent: #000000;
  --portal-color-link: #6fd6cb;
  --portal-color-focus: #6fd6cb;
  --portal-color-unread: #6fd6cb;
}
}
`);
  });

  test('has a style sheet that is fetched again only when it has changed', async () => {
    const first = await get('/help/brand.css');
    expect(first.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = first.headers.get('etag') ?? '';
    const again = await get('/help/brand.css', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await dress({ radius: 3 });
    expect((await get('/help/brand.css', { 'if-none-match': etag })).status).toBe(200);
  });

  test('shows logo and icon on the page, by addresses that change with them', async () => {
    expect(await pageOf()).toContain('<link rel="icon" href="own.svg" />');
    await dress({ logo: pictures.webp, icon: pictures.ico });
    const page = await pageOf();
    expect(page).toMatch(/<link rel="icon" href="icon\/[0-9a-f]{32}" type="image\/x-icon" \/>/);
    expect(page).toMatch(/<img src="logo\/[0-9a-f]{32}" width="90" height="30" alt="" \/>/);
    expect(page).not.toContain('own.svg');
    const before = await addressOf('logo');
    const logo = await get(before);
    expect(`data:image/webp;base64,${Buffer.from(await logo.arrayBuffer()).toString('base64')}`).toBe(pictures.webp);
    expect(Object.fromEntries(logo.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
    });
    expect((await get(await addressOf('icon'))).headers.get('content-type')).toBe('image/x-icon');
    await dress({ logo: pictures.png });
    expect(await addressOf('logo')).not.toBe(before);
    expect((await get(before)).status).toBe(404);
    expect(await addressOf('icon')).toBe('/help/none');
  });

  test('is not shown before the portal is open', async () => {
    await dress({ accent: '#0b6e69', logo: pictures.png, icon: pictures.ico });
    const addresses = ['/help/brand.css', await addressOf('logo'), await addressOf('icon')];
    await askAdmin({ fixture }, 'PATCH', '/portals/help', { open: false });
    expect(await pageOf()).not.toMatch(/brand\.css|(logo|icon)\//);
    for (const address of addresses) {
      const answer = await get(address);
      expect([address, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        address,
        503,
        'not-open',
      ]);
    }
  });

  test('of a portal that there is not is not there', async () => {
    await dress({ logo: pictures.png });
    const logo = await addressOf('logo');
    for (const path of ['brand.css', logo.slice('/help/'.length), 'icon/0', 'logo/%00'])
      expect([path, (await get(`/nowhere/${path}`)).status]).toEqual([path, 404]);
    expect((await get('/help/logo/0')).status).toBe(404);
  });
});
