import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchBrowser, startFileServer, visit } from './support.js';

let files: Awaited<ReturnType<typeof startFileServer>>;
let browser: Browser;

beforeAll(async () => {
  [files, browser] = await Promise.all([startFileServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await files?.stop();
});

const source = (theme: string) =>
  readFileSync(new URL(`../../src/styles/themes/${theme}.css`, import.meta.url), 'utf8');

const shownCss = (page: Page) => page.locator('[data-css]');
const mainButton = (page: Page) => page.locator('support-form').getByRole('button', { name: 'Send' });
const backgroundOf = (page: Page) => mainButton(page).evaluate((button) => getComputedStyle(button).backgroundColor);

test('the page of themes wears what it shows, and its address brings it back', { timeout: 60_000 }, async () => {
  const { page, context, watch } = await visit(browser, files.origin);
  await page.goto('/themes.html');
  await page.getByText('IT set a nightly restart last week').waitFor();
  const plain = await backgroundOf(page);

  await page.getByRole('radio', { name: 'Harbour' }).check();
  await page.getByRole('radio', { name: 'Dark', exact: true }).check();
  await expect.poll(() => shownCss(page).textContent()).toBe(source('harbour'));
  expect(await backgroundOf(page)).toBe('rgb(111, 214, 203)');

  await page.reload();
  await expect.poll(() => shownCss(page).textContent()).toBe(source('harbour'));
  await expect.poll(() => backgroundOf(page)).toBe('rgb(111, 214, 203)');

  await page.getByRole('radio', { name: 'None' }).check();
  await expect.poll(() => backgroundOf(page)).toBe(plain);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('a visitor’s own eight tokens are worn at once, rated, and copied as they are', { timeout: 60_000 }, async () => {
  const { page, context, watch } = await visit(browser, files.origin, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.goto('/themes.html');
  await page.getByText('IT set a nightly restart last week').waitFor();
  await page.getByRole('radio', { name: 'Your own' }).check();
  await page.getByLabel('Accent').fill('#ffd500');
  await expect.poll(() => backgroundOf(page)).toBe('rgb(255, 213, 0)');
  expect(await page.getByLabel('Text on it').locator('..').textContent()).toContain('too faint');

  await page.getByLabel('Text on it').fill('#201a00');
  expect(await page.getByLabel('Text on it').locator('..').textContent()).not.toContain('too faint');
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.match(/--portal-[\w-]+/g)).toHaveLength(8);
  expect(copied).toContain('--portal-color-accent: #ffd500;');

  await page.reload();
  await expect.poll(() => backgroundOf(page)).toBe('rgb(255, 213, 0)');
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('axe finds no text too faint on the page, whatever the theme', { timeout: 60_000 }, async () => {
  const { page, context } = await visit(browser, files.origin, { bypassCSP: true });
  await page.goto('/themes.html?scheme=dark&width=narrow');
  await page.getByText('IT set a nightly restart last week').waitFor();
  await page.evaluate(axe.source);
  for (const theme of ['Neutral', 'Dense', 'High contrast', 'Harbour', 'Gazette', 'Your own']) {
    await page.getByRole('radio', { name: theme }).check();
    const file = theme.toLowerCase().replace(' ', '-');
    await expect.poll(() => shownCss(page).textContent()).toContain(theme === 'Your own' ? '#6b2fa0' : source(file));
    const { violations } = await page.evaluate(() =>
      (globalThis as typeof globalThis & { axe: typeof axe }).axe.run({ reporter: 'v1', runOnly: 'color-contrast' }),
    );
    expect
      .soft(
        violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' '))),
        theme,
      )
      .toEqual([]);
  }
  await context.close();
});
