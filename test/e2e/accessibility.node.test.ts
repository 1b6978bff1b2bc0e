import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { portalOf, signIn, subjectsIn } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;
/** Of a customer who has signed in. */
let storageState: NonNullable<BrowserContextOptions['storageState']>;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo(), launchBrowser()]);
  const { page, context } = await visit(browser, server.origin);
  await page.goto('/demo/kb.html?article=export');
  await signIn(page, 'bob@acme.example');
  await subjectsIn(page);
  storageState = await context.storageState();
  await context.close();
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

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  'wide and light': { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  'narrow and dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
};

type Check = (step: string) => Promise<void>;

/** Pages as somebody sees them who has not signed in, and what is done there before each check. */
const strangers: Readonly<Record<string, (page: Page, check: Check) => Promise<void>>> = {
  'front door': async (page, check) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Erin' }).waitFor();
    await check('as it opens');
  },
  articles: async (page, check) => {
    for (const article of ['hub-offline', 'move-dial', 'export']) {
      await page.goto(`/demo/kb.html?article=${article}`);
      await page.getByRole('textbox', { name: 'E-mail address' }).waitFor();
      await check(article);
    }
    await page.getByRole('searchbox').fill('hub');
    await check('search');
  },
  'page of one’s own': async (page, check) => {
    await page.goto('/demo/embed.html');
    await page.getByText('None is waiting').waitFor();
    await page.frameLocator('iframe').getByRole('textbox', { name: 'E-mail address' }).waitFor();
    await check('as it opens');
    await page.getByLabel('Single elements').check();
    await page.getByLabel('An accent of your own').check();
    await page.getByText('React 19', { exact: true }).click();
    await page.getByRole('link', { name: 'Portal here' }).click();
    await check('single elements, React');
  },
  preview: async (page, check) => {
    await page.goto('/demo/preview.html?signed-in=yes');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
    await check('as it opens');
  },
  themes: async (page, check) => {
    await page.goto('/demo/themes.html?theme=own&scheme=class');
    await page.getByText('IT set a nightly restart last week').waitFor();
    await check('own theme');
  },
  desk: async (page, check) => {
    await page.goto('/demo/support.html');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
    await check('list');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).click();
    await page.getByRole('radio', { name: 'Internal note' }).check();
    await check('a note');
  },
  ...Object.fromEntries(
    ['events', 'network', 'axe', 'parts', 'checks', 'share'].map((panel) => [
      `test page with its panel “${panel}”`,
      async (page: Page, check: Check) => {
        await page.goto(`/demo/qa.html?panel=${panel}&scenario=customer-portal/list`);
        await page.locator('[data-outcome="reached"]').waitFor();
        await check('as it opens');
      },
    ]),
  ),
  'test page, status by route': async (page, check) => {
    await page.goto('/demo/qa.html?panel=network&scenario=customer-portal/list');
    await page.locator('[data-outcome="reached"]').waitFor();
    await page.getByText('Status by route').click();
    await check('opened');
  },
};

/** The same for a customer. */
const customers: typeof strangers = {
  'list, thread and form': async (page, check) => {
    await page.goto('/demo/kb.html?article=export');
    await subjectsIn(page);
    await check('list');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).click();
    await page.getByText('IT set a nightly restart last week').waitFor();
    await check('thread');
    await page.getByRole('link', { name: 'No', exact: true }).click();
    await portalOf(page).getByText('About the article').waitFor();
    await check('form');
  },
  'hosted page': async (page, check) => {
    await page.goto('/help/');
    await page.getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
    await check('list');
  },
};

const cases = [...Object.entries(strangers), ...Object.entries(customers)].flatMap(([name, walk]) =>
  Object.keys(looks).map((look) => ({ name, look, walk })),
);

test.each(cases)('axe knows no problem, and nothing scrolls sideways: $name, $look', async ({ name, look, walk }) => {
  const state = name in customers && { storageState };
  // axe itself writes markup, which our own policy forbids.
  const { page, context } = await visit(browser, server.origin, { ...looks[look], ...state, bypassCSP: true });
  await walk(page, async (step) => {
    expect.soft(await problemsOf(page), step).toEqual([]);
    expect.soft(await overflowOf(page), step).toBe(0);
  });
  await context.close();
});
