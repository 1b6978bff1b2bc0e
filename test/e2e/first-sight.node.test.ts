import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';

import { signIn } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();

const loader = 'embed.js';
const elements = 'assets/portico';
const list = 'api/v1/tickets?state=all&limit=25';

/**
 * Holds back whatever a page of the portal asks for: a round is what it asks before it has got any of it. What belongs to
 * the page itself passes.
 */
async function holdBack(page: Page) {
  const held = new Map<string, Route>();
  const counts: Record<string, number> = {};
  let heard: (() => void) | undefined;
  await page.route('**/help/**', (route) => {
    const request = route.request();
    if (/^(document|stylesheet|image)$/.test(request.resourceType())) return route.continue();
    const name = request
      .url()
      .replace(`${demo.server.origin}/help/`, '')
      .replace(/-.{8}\.js$/, '');
    held.set(name, route);
    counts[name] = (counts[name] ?? 0) + 1;
    heard?.();
  });
  return {
    counts,
    /** Until all of these are held back at the same time. */
    async round(...names: readonly string[]): Promise<void> {
      while (!names.every((name) => held.has(name))) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
    async letGo(...names: readonly string[]): Promise<void> {
      for (const name of names) {
        await held.get(name)?.continue();
        held.delete(name);
      }
    },
  };
}

async function signedIn() {
  const visited = await visit(demo.browser, demo.server.origin);
  await visited.page.goto('/help/');
  await signIn(visited.page, 'bob@acme.example');
  await visited.page.getByRole('heading', { level: 3 }).first().waitFor();
  return visited;
}

const once = [loader, elements, 'api/v1/session', 'api/v1/portal', list];

test('the list takes one round after the loader for who was signed in on the last page', async () => {
  const { page, context, watch } = await signedIn();
  const requests = await holdBack(page);
  await page.reload({ waitUntil: 'commit' });
  await requests.round(loader);
  await requests.letGo(loader);
  await requests.round(elements, 'api/v1/session', 'api/v1/portal', list);
  await requests.letGo(elements, 'api/v1/session', 'api/v1/portal', list);
  // Whatever else is asked for stays held back: the rows do not wait for it.
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  for (const name of once) expect(requests.counts[name], name).toBe(1);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the list takes two rounds where that is not known, and waits for no code in between', async () => {
  const { page, context, watch } = await signedIn();
  await page.evaluate(() => localStorage.clear());
  const requests = await holdBack(page);
  await page.reload({ waitUntil: 'commit' });
  await requests.round(loader);
  await requests.letGo(loader);
  await requests.round(elements, 'api/v1/session', 'api/v1/portal');
  await requests.letGo('api/v1/session');
  // The elements are still on their way.
  await requests.round(list);
  await requests.letGo(elements, 'api/v1/portal', list);
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  for (const name of once) expect(requests.counts[name], name).toBe(1);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('who is signed out, or looks at a ticket, is asked for no list', async () => {
  const { page, context, watch } = await signedIn();
  const [href] = await page
    .getByRole('link')
    .evaluateAll((links) =>
      links.map((link) => (link as HTMLAnchorElement).href).filter((address) => /\?ticket=(?!new)/.test(address)),
    );
  watch.requests.length = 0;
  // Where there is no room for the list beside it.
  await page.setViewportSize({ width: 600, height: 800 });
  await page.goto(href ?? '');
  await page.getByRole('article').first().waitFor();
  expect(watch.requests).not.toContain('GET /help/api/v1/tickets');

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
  await page.goto('/help/');
  watch.requests.length = 0;
  await page.reload();
  await page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
  expect(watch.requests.filter((line) => line.includes('/api/'))).toEqual([
    'GET /help/api/v1/session',
    'GET /help/api/v1/portal',
  ]);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('a list that was asked ahead for a session that has ended is never shown', async () => {
  const { page, context } = await signedIn();
  // As when it has ended elsewhere: the browser does not know.
  await context.clearCookies();
  await page.reload();
  await page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
  expect(await page.getByRole('heading', { level: 3 }).count()).toBe(0);
  await signIn(page, 'carol@globex.example');
  await page.getByText('#1').first().waitFor();
  expect(await page.getByText('Bob Fraser').count()).toBe(0);
  await context.close();
});
