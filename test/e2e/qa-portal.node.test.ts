import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { signIn } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, startFileServer, visit } from './support.js';

/** What the QA page's element runs on: the real server in the page, and the demo's own. */

let server: DemoServer;
let files: Awaited<ReturnType<typeof startFileServer>>;
let browser: Browser;

beforeAll(async () => {
  [server, files, browser] = await Promise.all([startDemo(), startFileServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await files?.stop();
  await server?.remove();
});

const reached = (page: Page) => page.locator('[data-outcome="reached"]').waitFor({ timeout: 90_000 });
const stageOf = (page: Page) => page.frameLocator('iframe');
const rows = (page: Page) => page.locator('#network tbody tr');
const reset = (page: Page) => page.getByRole('button', { name: 'Reset world' });

/** Writes to the ticket on the stage, and waits until the reply is there. */
async function reply(page: Page, text: string): Promise<void> {
  await stageOf(page).getByRole('textbox', { name: 'Your reply' }).fill(text);
  await stageOf(page).getByRole('button', { name: 'Send reply' }).click();
  await stageOf(page).getByRole('article').filter({ hasText: text }).waitFor();
}

/** Opens the scenario anew and says whether the reply is there. */
async function isThere(page: Page, text: string): Promise<boolean> {
  await stageOf(page).getByText('IT set a nightly restart').waitFor();
  return (await stageOf(page).getByRole('article').filter({ hasText: text }).count()) > 0;
}

test('with no server at all the real one runs in the page, for any world and any contact', {
  timeout: 180_000,
}, async () => {
  const { page, context, watch } = await visit(browser, files.origin);
  await page.goto('/qa.html?server=page&panel=network&scenario=ticket-detail/ready');
  await reached(page);
  await rows(page)
    .filter({ hasText: /GET\/tickets\/[\w-]{22}200/ })
    .first()
    .waitFor();
  await reply(page, 'From the page.');
  await page.getByRole('button', { name: 'Open again' }).click();
  await reached(page);
  expect(await isThere(page, 'From the page.')).toBe(true);
  await reset(page).click();
  await page.getByText('The world is as it was.').waitFor();
  await reached(page);
  expect(await isThere(page, 'From the page.')).toBe(false);

  await page.getByLabel('Fail next').selectOption('unreachable');
  await stageOf(page).getByRole('textbox', { name: 'Your reply' }).fill('This goes nowhere.');
  await stageOf(page).getByRole('button', { name: 'Send reply' }).click();
  await rows(page).filter({ hasText: 'failed' }).filter({ hasText: 'unreachable' }).waitFor();

  // Another world, another contact, nobody: each is a visitor of its own.
  await page.locator('summary').filter({ hasText: '<ticket-list>' }).click();
  for (const id of ['ticket-list/right-to-left', 'ticket-list/company', 'ticket-list/signed-out']) {
    await page.locator(`a[data-id="${id}"]`).click();
    await page.getByRole('heading', { name: id }).waitFor();
    await reached(page);
  }
  expect(watch.requests.filter((request) => request.includes('/help/api/'))).toEqual([]);
  // What the element asked while its session ended, and the demo's server that is not there.
  const wished = /status of 401|404.*demo\/api\/v1\/reset/;
  expect(watch.complaints.filter((one) => !wished.test(one))).toEqual([]);
  await context.close();
});

test('at the demo’s server the world is reset in one click, and sessions end with it', {
  timeout: 120_000,
}, async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/demo/qa.html?server=here&panel=network&scenario=ticket-detail/ready');
  await reached(page);
  await reply(page, 'At the server.');

  const other = await visit(browser, server.origin);
  await other.page.goto('/demo/kb.html');
  await signIn(other.page, 'alice@acme.example');
  await other.page.getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();

  await reset(page).click();
  await page.getByText('The world is as it was.').waitFor();
  await reached(page);
  expect(await isThere(page, 'At the server.')).toBe(false);
  await other.page.reload();
  await other.page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
  // What the element asked while its session ended.
  expect(watch.complaints.filter((one) => !one.includes('status of 401'))).toEqual([]);
  await other.context.close();
  await context.close();
});

test('a reset is offered at no other server', { timeout: 60_000 }, async () => {
  const { page, context } = await visit(browser, server.origin);
  await context.route('**/demo/api/v1/reset', (route) => route.fulfill({ json: { offered: false } }));
  await page.goto('/demo/qa.html?server=here');
  await reached(page);
  expect(await reset(page).isDisabled()).toBe(true);
  await context.close();

  const alone = await visit(browser, files.origin);
  await alone.page.goto('/qa.html');
  await reached(alone.page);
  const option = alone.page.locator('option').filter({ hasText: 'no demo server here' });
  expect(await option.evaluate((one) => (one as HTMLOptionElement).disabled)).toBe(true);
  await alone.context.close();
});

test('the strict policy of the demo’s pages holds while the server runs in the page', {
  timeout: 180_000,
}, async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/demo/qa.html?server=page&panel=axe&scenario=customer-portal/list');
  await reached(page);
  await page.getByText('axe knows no problem here.').waitFor();
  expect(watch.complaints).toEqual([]);
  await context.close();
});
