import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { english, passwordField, signIn } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();

const hub = 'Hub on the 3rd floor drops offline every night';
/** So narrow that the portal shows the list or the ticket. */
const narrow = { viewport: { width: 700, height: 800 } } as const;

/** Alice opens her ticket and copies the address. */
async function sharedAddress(): Promise<string> {
  const { page, context } = await visit(demo.browser, demo.server.origin);
  await page.goto('/help/?from=mail');
  await signIn(page, 'alice@acme.example');
  await page.getByRole('link', { name: hub }).click();
  await page.getByRole('heading', { level: 2, name: hub }).waitFor();
  const address = page.url();
  await context.close();
  return address;
}

/** All that a reader is shown, and all that stands in the page. */
const everything = (page: Page) => page.evaluate(() => document.body.innerText);

test('a link to a ticket asks who opens it to sign in, in its place, and then shows the ticket', async () => {
  const address = await sharedAddress();
  const { page, context, watch } = await visit(demo.browser, demo.server.origin, narrow);
  await page.goto(address);
  await page.getByText('Sign in to read this ticket.').waitFor();
  await passwordField(page).waitFor();
  expect(page.url()).toBe(address);
  expect(watch.requests.filter((request) => request.includes('/tickets'))).toEqual([]);
  await signIn(page, 'alice@acme.example');
  await page.getByText('IT set a nightly restart last week').waitFor();
  expect(await page.getByText('Sign in to read this ticket.').count()).toBe(0);
  expect(page.url()).toBe(address);
  await page.reload();
  await page.getByText('IT set a nightly restart last week').waitFor();
  await page.getByRole('link', { name: 'All tickets' }).click();
  await page.getByRole('heading', { level: 2, name: 'Your tickets' }).waitFor();
  expect(new URL(page.url()).search, 'the page’s own key stays').toBe('?from=mail');
  await page.goBack();
  await page.getByText('IT set a nightly restart last week').waitFor();
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('to the wrong contact it looks like a ticket that there is not, and leads to their own list', async () => {
  const address = await sharedAddress();
  const { page, context, watch } = await visit(demo.browser, demo.server.origin, narrow);
  // The browser reports every answer that is no success.
  const isNotFound = (complaint: string) => /404/.test(complaint);

  await page.goto(address);
  await signIn(page, 'dave@example.com');
  await page.getByRole('heading', { name: 'Ticket not found' }).waitFor();
  const foreign = await everything(page);
  expect(foreign).not.toContain(hub);

  const unknown = new URL(address);
  unknown.searchParams.set('ticket', 'AAAAAAAAAAAAAAAAAAAAAA');
  await page.goto(unknown.href);
  await page.getByRole('heading', { name: 'Ticket not found' }).waitFor();
  expect(await everything(page), 'as a ticket that there is not').toBe(foreign);

  await page.getByRole('link', { name: 'All tickets' }).click();
  await page.getByRole('link', { name: 'Sandbox account for automated tests' }).waitFor();
  expect(await page.getByRole('button', { name: english.signOut }).count()).toBe(1);
  expect(watch.complaints.filter((complaint) => !isNotFound(complaint))).toEqual([]);
  await context.close();
});

test('where there is room the list stands beside it, and nothing moves while both load', async () => {
  const address = await sharedAddress();
  const { page, context } = await visit(demo.browser, demo.server.origin, { viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await signIn(page, 'alice@acme.example');
  await page.getByText('IT set a nightly restart last week').waitFor();
  await page.addInitScript(() => {
    const seen = globalThis as typeof globalThis & { shift?: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        seen.shift = (seen.shift ?? 0) + (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.reload();
  await page.getByText('IT set a nightly restart last week').waitFor();
  await page.getByRole('link', { name: hub }).and(page.locator('[aria-current]')).waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await page.evaluate('shift')).toBe(0);
  expect(await page.getByRole('link', { name: 'All tickets' }).count()).toBe(0);
  await context.close();
});
