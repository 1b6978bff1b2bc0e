import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { english, ownSubjects, passwordField } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  // A name that is not this machine's own, without TLS: the browser trusts it with nothing.
  const resolved = '--host-resolver-rules=MAP plain.example 127.0.0.1';
  [server, browser] = await Promise.all([startDemo(), launchBrowser([resolved])]);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** What the host page has before and after our script: names, styles, history. */
const traces = (page: Page) =>
  page.evaluate(() => ({
    names: Object.getOwnPropertyNames(globalThis).filter((name) => !/^\d+$/.test(name)),
    styles: document.styleSheets.length + document.adoptedStyleSheets.length,
    root: document.documentElement.getAttributeNames().concat(document.body.getAttributeNames()),
    head: document.head.childElementCount,
    history: history.length,
    address: location.href,
  }));

/** How much of the page has moved by itself so far: 0 is nothing. */
const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );

async function walk(page: Page, words: typeof english): Promise<void> {
  const portal = page.locator('customer-portal').first();
  await portal.getByRole('textbox', { name: words.email }).fill('alice@acme.example');
  await passwordField(page, words).first().fill('portico-demo-2026');
  await portal.getByRole('button', { name: words.signIn, exact: true }).click();
  const subject = portal.getByRole('link', { name: 'Hub on the 3rd floor drops offline every night' });
  await subject.waitFor();
  expect(await portal.getByRole('heading', { level: page.url().includes('two-portals') ? 4 : 3 }).count()).toBe(
    ownSubjects('alice').length,
  );
  await subject.click();
  await portal.getByRole('article').first().waitFor();
  expect(new URL(page.url()).origin).toBe(server.origin);
  expect(new URL(page.url()).searchParams.get('ticket')).toMatch(/^[\w-]{22}$/);
  await page.goBack();
  await subject.waitFor();
}
const hosts = [
  'ugly-css',
  'strict-policy',
  'own-rows',
  'base-tag',
  'root-font',
  'twice',
  'two-versions',
  'two-portals',
  'one-file',
  'stripped',
];

test.each(hosts)('a customer signs in, reads and comes back on a page with: %s', async (name) => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto(`/demo/hostile/${name}.html`);
  await walk(page, english);
  const beyond = await page
    .locator('customer-portal')
    .first()
    .evaluate((portal) => {
      const { left, right } = portal.getBoundingClientRect();
      return Math.max(right - innerWidth, -left, portal.scrollWidth - portal.clientWidth, 0);
    });
  expect(Math.round(beyond)).toBe(0);
  // The page's own pictures and styles go astray with its base; nothing of ours does.
  expect(watch.complaints.filter((complaint) => !complaint.includes('https://elsewhere.example/assets/'))).toEqual([]);
  await context.close();
});

test('from right to left the portal is laid out from right to left', async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/demo/hostile/right-to-left.html');
  const portal = page.locator('customer-portal');
  const field = portal.getByRole('textbox').first();
  await field.waitFor();
  const sides = await portal.evaluate((element) => {
    const input = [...(element.shadowRoot?.querySelector('portal-login')?.shadowRoot?.querySelectorAll('input') ?? [])];
    const box = input.find(({ type }) => type === 'email')?.getBoundingClientRect();
    const own = element.getBoundingClientRect();
    return {
      before: Math.round(own.right - (box?.right ?? 0)),
      direction: getComputedStyle(input[0] as Element).direction,
    };
  });
  expect(sides).toEqual({ before: 0, direction: 'rtl' });
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('a frame without an origin of its own gets one calm link to the portal', async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/demo/hostile/sandboxed.html');
  const link = page.frameLocator('iframe').getByRole('link', { name: 'Open the support portal' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe(`${server.origin}/help`);
  // The frame's style sheet is for pages that have an origin.
  expect(watch.complaints.filter((complaint) => !complaint.includes('/demo/assets/page-'))).toEqual([]);
  await context.close();
});

test('a page over plain http gets one calm link to the portal', async () => {
  const plain = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><html lang="en"><title>Help</title>
      <script type="module" src="${server.origin}/help/embed.js"></script><customer-portal></customer-portal></html>`);
  });
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const origin = `http://plain.example:${(plain.address() as AddressInfo).port}`;
  const { page, context } = await visit(browser, origin);
  await page.goto(`${origin}/`);
  const link = page.getByRole('link', { name: 'Open the support portal' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe(`${server.origin}/help`);
  await context.close();
  plain.closeAllConnections();
  plain.close();
});

test('the script leaves no style, no name, no attribute and no entry of the history behind, and moves nothing', async () => {
  const { page, context } = await visit(browser, server.origin);
  await page.route('**/embed.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto('/demo/hostile/strict-policy.html');
  const before = await traces(page);
  await page.unroute('**/embed.js');
  await page.goto('/demo/hostile/strict-policy.html');
  await page.getByRole('textbox', { name: english.email }).waitFor();
  const after = await traces(page);
  // Lit counts its copies, to warn of several, and zod shares its settings among them: none of ours may be there.
  const names = after.names.filter((name) => !before.names.includes(name));
  const ofLibraries = /^((lit(Element|Html)|reactiveElement)Versions|litPropertyMetadata|__zod_globalConfig)$/;
  expect(names.filter((name) => !ofLibraries.test(name))).toEqual([]);
  expect(await page.evaluate('__zod_globalConfig')).toEqual({});
  expect({ ...after, names: [] }).toEqual({ ...before, names: [] });
  expect(await shiftOf(page)).toBe(0);
  await context.close();
});
