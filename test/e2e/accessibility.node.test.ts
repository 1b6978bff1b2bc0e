import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { portalOf, signIn, subjectsIn } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** What axe finds in the page as it is, one line each. */
async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as typeof globalThis & { axe: typeof axe }).axe.run({ reporter: 'v1' }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** How far the page reaches beyond its window, sideways. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const looks = [
  ['wide and light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
] as const;

test.each(looks)(
  'no page of the demo has a problem that axe knows, nor scrolls sideways: %s',
  { timeout: 90_000 },
  async (_, look) => {
    // axe itself writes markup, which our own policy forbids.
    const { page, context } = await visit(browser, server.origin, { ...look, bypassCSP: true });
    const check = async (step: string) => {
      expect.soft(await problemsOf(page), step).toEqual([]);
      expect.soft(await overflowOf(page), step).toBe(0);
    };
    await page.goto('/');
    await page.getByRole('button', { name: 'Erin' }).waitFor();
    await check('front door');
    for (const article of ['hub-offline', 'move-dial', 'export']) {
      await page.goto(`/demo/kb.html?article=${article}`);
      await page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
      await check(article);
    }
    await page.getByRole('searchbox').fill('hub');
    await check('search');
    await signIn(page, 'bob@acme.example');
    await subjectsIn(page);
    await check('list');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).click();
    await page.getByText('IT set a nightly restart last week').waitFor();
    await check('thread');
    await page.getByRole('link', { name: 'No', exact: true }).click();
    await portalOf(page).getByText('About the article').waitFor();
    await check('form');
    await page.goto('/demo/embed.html');
    await page.getByText('None is waiting').waitFor();
    await page.frameLocator('iframe').getByRole('textbox', { name: 'E-mail address' }).waitFor();
    await check('page of one’s own');
    await page.getByLabel('Single elements').check();
    await page.getByLabel('An accent of your own').check();
    await page.getByText('React 19', { exact: true }).click();
    await page.getByRole('link', { name: 'Portal here' }).click();
    await check('single elements, React');
    await page.goto('/demo/preview.html?signed-in=yes');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
    await check('preview');
    await page.goto('/demo/themes.html?theme=own&scheme=class');
    await page.getByText('IT set a nightly restart last week').waitFor();
    await check('themes');
    await page.goto('/demo/support.html');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
    await check('desk');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).click();
    await page.getByRole('radio', { name: 'Internal note' }).check();
    await check('desk, a note');
    for (const panel of ['events', 'network', 'axe', 'parts', 'checks', 'share']) {
      await page.goto(`/demo/qa.html?panel=${panel}&scenario=customer-portal/list`);
      await page.locator('[data-outcome="reached"]').waitFor();
      await check(`test it, ${panel}`);
    }
    await page.getByText('Status by route').click();
    await check('test it, status by route');
    await page.goto('/help/');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
    await check('hosted');
    await context.close();
  },
);
