import { createHash } from 'node:crypto';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { toHtml } from '../../demo/scripts/embed/html.js';
import { options } from '../../demo/scripts/embed/options.js';
import { toReact } from '../../demo/scripts/embed/react.js';
import { readSettings } from '../../demo/scripts/embed/settings.js';
import { makeSnippet } from '../../demo/scripts/embed/snippet.js';
import { toVue } from '../../demo/scripts/embed/vue.js';
import { allow, type ForeignPage, pageWith, startForeignPage } from './foreign-page.js';
import { asReact, asVue, compileProjects } from './projects.js';
import { english, polish, signIn } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;
let foreign: ForeignPage;

beforeAll(async () => {
  [server, browser, foreign] = await Promise.all([startDemo(), launchBrowser(), startForeignPage()]);
  await allow(server, foreign.origin);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await foreign?.stop();
});

/** Every language of snippets says something of these. */
const wide = 'integrity=yes&routing=hash&accent=%237a3e9d';
const parts =
  'parts=portal-login,ticket-list,ticket-detail,support-form&state=open&language=pl&level=3&accent=%23ffcc00&radius=0';

const preview = (page: Page): FrameLocator => page.frameLocator('iframe');

async function open(query: string) {
  const visited = await visit(browser, server.origin, { permissions: ['clipboard-read', 'clipboard-write'] });
  await visited.page.goto(`/demo/embed.html?${query}`);
  await preview(visited.page).locator('[data-place] > *').first().waitFor();
  return visited;
}

/** Presses a button, and reads what it has put into the clipboard. */
async function copied(page: Page, button: string): Promise<string> {
  await page.getByRole('button', { name: button }).click();
  await page.getByText('Copied.').waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

describe('the settings', () => {
  it('are in the address, and a copy of it restores form, preview and snippet', async () => {
    const { page, context, watch } = await open('');
    await page.getByLabel('Signed in, as Alice').check();
    await page.getByLabel('Single elements').check();
    await page.getByLabel('One ticket').check();
    await page.getByLabel('Sign-in').uncheck();
    await page.getByLabel('Tickets shown at first').selectOption('Open');
    await page.getByLabel('Language').selectOption('polski');
    await page.getByLabel('An accent of your own').check();
    await page.getByLabel('Accent colour').fill('#7a3e9d');
    await page.getByLabel('Corner radius, px').fill('2');
    await page.getByLabel('A link for when nothing can be loaded').uncheck();
    const row = preview(page).getByRole('link', { name: 'Hub on the 3rd floor' });
    await row.click();
    await preview(page).getByText('IT set a nightly restart').waitFor();
    const [address, html] = [page.url(), await page.locator('#snippet-html').innerText()];

    const other = await context.newPage();
    await other.goto(address);
    await preview(other).getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
    expect(await other.locator('#snippet-html').innerText()).toBe(html);
    expect(html).toContain('<ticket-list state="open" lang="pl"></ticket-list>\n<ticket-detail lang="pl">');
    expect(await other.getByLabel('Tickets shown at first').inputValue()).toBe('open');
    expect(await other.getByLabel('Sign-in').isChecked()).toBe(false);
    expect(await other.getByLabel('Accent colour').inputValue()).toBe('#7a3e9d');
    expect(await preview(other).locator('ticket-list').evaluate(accentOf)).toBe('#7a3e9d');
    expect(other.url()).toBe(address);
    expect(watch.complaints).toEqual([]);
    await context.close();
  });

  it('are the whole portal again when no element is left, and nothing of it in the address', async () => {
    const { page, context } = await open('parts=ticket-list');
    await page.getByLabel('List of tickets').uncheck();
    await preview(page).getByRole('textbox', { name: english.email }).waitFor();
    expect(await page.getByLabel('The whole portal').isChecked()).toBe(true);
    expect(new URL(page.url()).search).toBe('');
    await context.close();
  });
});

const accentOf = (element: Element): string =>
  getComputedStyle(element).getPropertyValue('--portal-color-accent').trim();

/** What is copied is what is printed from the settings; only the hash is known to the page alone. */
const printed = (query: string, integrity: string | null) => {
  const place = { portal: `${server.origin}/help`, language: 'en', integrity } as const;
  const snippet = makeSnippet(readSettings(new URLSearchParams(query)), place);
  return [toHtml(snippet), toReact(snippet), toVue(snippet)];
};

async function copyAll(query: string): Promise<[html: string, react: string, vue: string]> {
  const { page, context, watch } = await open(query);
  if (query.includes('integrity')) await page.locator('#snippet-html', { hasText: 'integrity' }).waitFor();
  const html = await copied(page, 'Copy HTML');
  await page.getByText('React 19', { exact: true }).click();
  const react = await copied(page, 'Copy TSX');
  await page.getByText('Vue 3', { exact: true }).click();
  const vue = await copied(page, 'Copy component');
  expect(watch.complaints).toEqual([]);
  await context.close();
  return [html, react, vue];
}

it.each([
  ['whole', wide, english, '#ticket='],
  ['parts', parts, polish, ''],
])('copies HTML that works in a foreign page, and the same for frameworks: %s', async (_, query, words, hash) => {
  const copies = await copyAll(query);
  expect(copies).toEqual(printed(query, /integrity="(.*?)"/.exec(copies[0])?.[1] ?? null));

  foreign.show(pageWith(copies[0]));
  const { page, context, watch } = await visit(browser, foreign.origin);
  await page.goto('/');
  await signIn(page, 'alice@acme.example', words);
  await page.locator('[data-ticket]', { hasText: 'Hub on the 3rd floor' }).click();
  await page.getByText('IT set a nightly restart').waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(new URL(page.url()).hash.slice(0, hash.length)).toBe(hash);
  expect(watch.complaints.filter((line) => !line.includes(`elsewhere: ${server.origin}/help/`))).toEqual([]);
  await context.close();
});

it('has the hash of the very bytes that the server serves, and a page with another one loads nothing', async () => {
  const { page: owner, context } = await open('integrity=yes');
  await owner.locator('#snippet-html', { hasText: 'integrity' }).waitFor();
  const html = await owner.locator('#snippet-html').innerText();
  await context.close();
  const loader = new Uint8Array(await (await fetch(`${server.origin}/help/embed.js`)).arrayBuffer());
  const hashOf = (bytes: Uint8Array) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
  expect(html).toContain(` integrity="${hashOf(loader)}" crossorigin>`);

  const changed = loader.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
  foreign.show(pageWith(html.replace(hashOf(loader), hashOf(changed))));
  const { page, context: elsewhere, watch } = await visit(browser, foreign.origin);
  const refused = page.waitForEvent('console', (message) => message.text().includes('integrity'));
  await page.goto('/');
  await refused;
  await page.getByRole('link', { name: 'Your tickets' }).waitFor();
  expect(await page.locator('customer-portal:not(:defined)').count()).toBe(1);
  expect(watch.requests.filter((request) => request.includes('/assets/'))).toEqual([]);
  await elsewhere.close();
});

it('prints no hash where the loader does not answer, and says so', async () => {
  const { page, context } = await visit(browser, server.origin);
  await page.route('**/help/embed.js', (route) => route.abort());
  await page.goto('/demo/embed.html?integrity=yes');
  await page.getByText('The loader did not answer').waitFor();
  await page.locator('#snippet-html', { hasText: 'embed.js"></script>' }).waitFor();
  await page.getByLabel('A hash of the loader').uncheck();
  await page.getByText('The loader did not answer').waitFor({ state: 'detached' });
  await context.close();
});

it('prints components of React and Vue that compile against the package, whatever is chosen', async () => {
  const queries = [
    'fallback=no&space=no',
    'parts=ticket-detail&space=no',
    'parts=portal-login,ticket-list',
    parts,
    ...options.flatMap(({ key, values }) => values.map(({ value }) => `${key}=${value}`)),
  ];
  const files = Object.fromEntries(
    queries.flatMap((query, at) => {
      const [, react = '', vue = ''] = printed(query, null);
      return [
        [`react-${at}.tsx`, asReact(react)],
        [`vue-${at}.ts`, asVue(vue)],
      ];
    }),
  );
  expect(await compileProjects(files, [{ files: Object.keys(files) }])).toEqual([]);
});
