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
void walk;
void traces;
void shiftOf;

const hosts = [
  'ugly-css',
  'strict-policy',
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
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: `/tmp/hostile-${name}.png` });
  expect(watch.complaints).toEqual([]);
  await context.close();
});
