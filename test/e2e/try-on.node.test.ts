import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { type ForeignPage, startForeignPage } from './foreign-page.js';
import { ownSubjects, signIn } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;
let foreign: ForeignPage;
let line = '';
let bookmark = '';

/** Whoever made this page asked nobody about its looks. */
const uglyPage = `<!doctype html><html lang="en"><title>Our old page</title><style>
  body { font: italic 19px "Comic Sans MS", fantasy; color: rgb(120, 0, 90); background: rgb(255, 240, 120); }
  main { margin-block-start: 150vh; }
</style><header>Welcome</header><main><article><h1>How to reset a hub</h1><p>Hold the button.</p></article></main>
<footer>Bye</footer></html>`;

beforeAll(async () => {
  [server, browser, foreign] = await Promise.all([startDemo(), launchBrowser(), startForeignPage()]);
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/demo/embed.html');
  line = await page.locator('#console-line').innerText();
  const link = page.getByRole('link', { name: 'Portal here' });
  bookmark = await link.evaluate((element: HTMLAnchorElement) => element.href);
  await link.click();
  await page.getByText('Not on this page: drag the link').waitFor();
  expect(watch.complaints).toEqual([]);
  expect(await page.locator('customer-portal').count()).toBe(0);
  await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await foreign?.stop();
});

/** Both ways in. A console's code is evaluated beside the page's policy; a bookmark goes to its address in the page. */
const ways: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'a line in the console': async (page) => void (await page.evaluate(line)),
  'a bookmark': (page) =>
    page.evaluate((address) => {
      location.href = address;
    }, bookmark),
};

it.each(Object.entries(ways))('puts the portal at the end of any page, in its looks: %s', async (_, put) => {
  foreign.show(uglyPage);
  const { page, context, watch } = await visit(browser, foreign.origin);
  const left: string[] = [];
  await page.goto('/');
  page.on('request', (request) => left.push(`${request.method()} ${request.url()}${request.postData() ?? ''}`));
  await put(page);
  const field = page.locator('main > article > customer-portal:last-child').getByRole('textbox').first();
  await field.waitFor();
  await page.waitForFunction(() => scrollY > 0);
  await signIn(page, 'alice@acme.example');
  const rows = page.locator('[data-ticket]');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(ownSubjects('alice').length);

  expect(await page.getByText('Hub on the 3rd floor').first().evaluate(looksOf)).toEqual(
    await page.getByText('Hold the button.').evaluate(looksOf),
  );
  expect(left[0]).toBe(`GET ${server.origin}/help/embed.js`);
  const files = new RegExp(`^GET ${server.origin}/help/(embed|assets/[\\w.-]+)\\.js$`);
  expect(left.filter((request) => !files.test(request))).toEqual([]);

  const [before, scripts] = [left.length, await page.locator('script').count()];
  await put(page);
  await rows.first().waitFor();
  expect(await page.locator('customer-portal').count()).toBe(1);
  expect([left.length, await page.locator('script').count()]).toEqual([before, scripts]);
  expect(watch.complaints.filter((text) => !text.includes(`elsewhere: ${server.origin}/help/`))).toEqual([]);
  await context.close();
});

const looksOf = (element: Element) => {
  const { fontFamily, fontStyle, color } = getComputedStyle(element);
  return { fontFamily, fontStyle, color };
};

it.each([
  ['scripts from elsewhere', "script-src 'self'"],
  ['plain addresses of scripts', "require-trusted-types-for 'script'; trusted-types lit-html"],
])('says so on a page that lets in no %s', async (_, policy) => {
  foreign.show(uglyPage, { 'content-security-policy': policy });
  const { page, context } = await visit(browser, foreign.origin);
  await page.goto('/');
  await page.evaluate(line);
  await page.getByText(`This page lets in no script from ${server.origin}`).waitFor();
  await context.close();
});

it('goes below a list of articles, not into the first of them', async () => {
  foreign.show(
    '<!doctype html><html lang="en"><title>Blog</title><main><article>A</article><article>B</article></main>',
  );
  const { page, context } = await visit(browser, foreign.origin);
  await page.goto('/');
  await page.evaluate(line);
  await page.locator('main > article + customer-portal').getByRole('textbox').first().waitFor();
  await context.close();
});

it('says what to do where the browser does not let the page copy', async () => {
  const { page, context } = await visit(browser, server.origin);
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
  });
  await page.goto('/demo/embed.html');
  await page.getByRole('button', { name: 'Copy the line' }).click();
  await page.getByText('It is selected').waitFor();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(line);
  await page.getByRole('button', { name: 'Copy its address' }).click();
  await page.getByText('Its own menu for the link does').waitFor();
  expect(await page.getByText('It is selected').count()).toBe(0);
  await context.close();
});

it('is one line, and its bookmark is the same one', () => {
  expect(line.trim().split('\n')).toHaveLength(1);
  expect(decodeURIComponent(bookmark)).toBe(`javascript:${line}`);
});
