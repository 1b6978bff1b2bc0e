import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchBrowser, startFileServer, visit } from './support.js';

const adapter = readFileSync(new URL('../../demo/adapters/json-file.js', import.meta.url), 'utf8');

let files: Awaited<ReturnType<typeof startFileServer>>;
let browser: Browser;

beforeAll(async () => {
  [files, browser] = await Promise.all([startFileServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await files?.stop();
});

const portal = (page: Page) => page.getByRole('region', { name: 'What a customer sees' });
const subjects = (page: Page) => portal(page).getByRole('heading', { level: 4 });

/** Presses the button and waits for the counts. */
async function prove(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Prove it' }).click();
  const verdict = page.getByText(/\d+ passed, \d+ failed, \d+ skipped/);
  await verdict.waitFor({ timeout: 30_000 });
  return verdict.innerText();
}

const resultsOf = (page: Page, name: RegExp) => page.getByRole('row', { name }).count();

test('a portal reads one JSON file, as each contact, and the read half of the suite is green in the page', async () => {
  const { page, context, watch } = await visit(browser, files.origin);
  await page.goto('/adapter.html?as=bob@acme.example');
  await subjects(page).first().waitFor();
  const ofBob = await subjects(page).allInnerTexts();
  await page.getByRole('radio', { name: 'Alice' }).check();
  await page.waitForURL(/as=alice/);
  await subjects(page).first().waitFor();
  const ofAlice = await subjects(page).allInnerTexts();
  expect([ofAlice.length, ofBob.length]).toEqual([3, 6]);
  expect(ofAlice.filter((subject) => !ofBob.includes(subject))).toEqual([]);

  await portal(page).getByRole('link', { name: 'Charged twice for one month?' }).click();
  await portal(page).getByRole('article').first().waitFor();

  expect(await prove(page)).toMatch(/^3\d passed, 0 failed, \d+ skipped$/);
  expect(await resultsOf(page, /narrows by scope, never widens kept/)).toBe(1);
  expect(watch.requests.filter((request) => request.includes('/api/'))).toEqual([]);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test.each([
  [
    'shows the company’s tickets to everybody',
    "sees === 'company' && companies",
    'companies',
    /shows own tickets only under the permission "own".*failed/,
  ],
  [
    'says more of a ticket than is documented',
    'return { ...ticket, actions',
    'return { ...ticket, me, actions',
    /documented keys/,
  ],
  [
    'answers a foreign ticket with another error',
    "problem('not-found')",
    "problem('forbidden')",
    /tickets only .* failed/,
  ],
])('one broken line is red: an adapter that %s', async (_, line, broken, row) => {
  expect(adapter.split(line).length).toBe(2);
  const { page, context } = await visit(browser, files.origin);
  await page.route('**/adapters/json-file.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: adapter.replace(line, broken) }),
  );
  await page.goto('/adapter.html');

  expect(await prove(page)).toMatch(/^\d+ passed, [1-9]\d* failed, \d+ skipped$/);
  expect(await resultsOf(page, row)).toBe(1);
  await context.close();
});

test('it says who looks, also when nobody does, and in Polish', async () => {
  const { page, context, watch } = await visit(browser, files.origin);
  await page.goto('/adapter.html?lang=pl');
  expect(await page.getByRole('radio', { name: 'Nikt' }).isChecked()).toBe(true);
  await page.getByRole('heading', { name: 'Własne zaplecze' }).waitFor();
  await page.getByRole('button', { name: 'Udowodnij' }).click();
  await page.getByText(/^3\d spełnione, 0 złamane, \d+ pominięte$/).waitFor({ timeout: 30_000 });
  expect(watch.complaints).toEqual([]);
  await context.close();
});
