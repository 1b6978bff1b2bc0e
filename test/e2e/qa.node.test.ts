import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { scenarioTags } from '../../src/testing/scenarios/scenario.js';
import { scenarios } from '../../src/testing/scenarios/table.js';
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

async function open(address: string, options: BrowserContextOptions = {}) {
  const visited = await visit(browser, files.origin, { viewport: { width: 1280, height: 860 }, ...options });
  await visited.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: files.origin });
  await visited.page.goto(`/qa.html${address}`);
  await reached(visited.page);
  return { ...visited, stage: visited.page.frameLocator('iframe') };
}

const reached = (page: Page) => page.locator('[data-outcome="reached"]').waitFor();
const field = (page: Page, name: string) => page.locator(`form.controls [name="${name}"]`);
const query = (page: Page) => new URL(page.url()).search;
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

const choose = (stage: FrameLocator, filter: string) =>
  stage.getByRole('button', { name: new RegExp(`^${filter}`) }).click();
const failure = (stage: FrameLocator) => stage.locator('[part~="error"]').first();
const rows = (page: Page) => page.locator('#network tbody tr');

test('a scenario comes into its state by its address alone', { timeout: 400_000 }, async () => {
  // One failure of each element stands for all: each of them is shown by the tests of the scenarios themselves.
  const waiting = scenarios.map(({ id }) => id).filter((id) => !/error-(?!offline)/.test(id));
  const missed: string[] = [];
  const walk = async () => {
    const { page, context, watch } = await visit(browser, files.origin);
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      await page.goto(`/qa-stage.html?scenario=${id}`);
      const outcome = await page.evaluate(() => window.qaStage);
      if (!outcome?.reached) missed.push(`${id}: ${outcome?.why}`);
    }
    expect(watch.complaints).toEqual([]);
    await context.close();
  };
  await Promise.all([walk(), walk()]);
  expect(missed).toEqual([]);
});

test('any scenario is two clicks away, and the address follows', async () => {
  const { page, context, watch } = await open('');
  for (const tag of scenarioTags) {
    const { id } = scenarios.find(({ id }) => id.startsWith(`${tag}/`) && id.endsWith('signed-out'))!;
    await page
      .locator('summary')
      .filter({ hasText: `<${tag}>` })
      .click();
    await page.locator(`a[data-id="${id}"]`).click();
    await page.getByRole('heading', { name: id }).waitFor();
    await reached(page);
    expect(query(page)).toBe(`?scenario=${encodeURIComponent(id)}`);
    // The one that is shown shuts the fold of the one before: only this one is open.
    expect(await page.locator('.scenarios details[open]').count()).toBe(1);
  }
  // A web space has no demo server, and the page asks whether it has.
  expect(watch.complaints.filter((one) => !/404.*demo\/api\/v1\/reset/.test(one))).toEqual([]);
  await context.close();
});

const everything =
  '?lang=pl&scenario=customer-portal%2Flist&contact=carol&permission=own&clock=2026-01-05T10%3A00%3A00.000Z' +
  '&latency=123&jitter=45&status=reply.500&width=640&zoom=150&language=pl&dir=rtl&scheme=dark&host=ugly&spacing=1&panel=network';

const shown = {
  server: 'memory',
  contact: 'carol',
  permission: 'own',
  clock: '2026-01-05T10:00',
  latency: '123',
  jitter: '45',
  fail: 'none',
  width: '640',
  zoom: '150',
  language: 'pl',
  dir: 'rtl',
  scheme: 'dark',
  host: 'ugly',
  'status-reply': '500',
};

/** All that a visitor sees of the state: fields, the frame, and what is in it. */
async function viewOf(page: Page, stage: FrameLocator) {
  const fields: Record<string, string> = {};
  for (const name of Object.keys(shown)) fields[name] = await field(page, name).inputValue();
  const checked = await Promise.all(['offline', 'spacing'].map((name) => field(page, name).isChecked()));
  const look = await stage.locator('html').evaluate((root) => ({
    lang: root.getAttribute('lang'),
    dir: root.getAttribute('dir'),
    host: root.dataset['host'],
    zoom: root.style.zoom,
    scheme: getComputedStyle(root).colorScheme,
    width: innerWidth,
    year: new Date().getFullYear(),
  }));
  const subjects = await stage.getByRole('heading', { level: 3 }).allInnerTexts();
  return { fields, checked, look, subjects, panel: await page.getByRole('tab', { selected: true }).innerText() };
}

test('a link restores every control, and leads somebody else to the same view', async () => {
  const { page, context, stage } = await open(everything);
  const view = await viewOf(page, stage);
  expect(view.fields).toEqual(shown);
  expect(view.checked).toEqual([false, true]);
  expect(view.look).toEqual({
    lang: 'pl',
    dir: 'rtl',
    host: 'ugly',
    zoom: '1.5',
    scheme: 'dark',
    width: 640,
    year: 2026,
  });
  expect(view.subjects.length).toBeGreaterThan(3);
  expect(view.panel).toMatch(/^Sieć/);
  await page.getByRole('button', { name: 'Kopiuj link' }).click();
  await page.getByText('Skopiowano: link').waitFor();
  const link = await clipboard(page);
  expect(link).toBe(`${files.origin}/qa.html${everything}`);
  await context.close();

  const other = await open(new URL(link).search);
  expect(await viewOf(other.page, other.stage)).toEqual(view);
  await other.context.close();
});

test('the next request fails by wish, and only that one', async () => {
  const { page, context, stage } = await open('?panel=network');
  await field(page, 'fail').selectOption('500');
  expect(query(page)).toBe('?fail=500&panel=network');
  await choose(stage, 'Closed');
  await failure(stage).waitFor();
  await rows(page).filter({ hasText: '/tickets?state=closed' }).filter({ hasText: 'server' }).first().waitFor();
  expect(await field(page, 'fail').inputValue()).toBe('none');
  expect(query(page)).toBe('?panel=network');
  await stage.getByRole('button', { name: 'Try again' }).click();
  await rows(page).filter({ hasText: '/tickets?state=closed' }).filter({ hasText: 'ok' }).first().waitFor();
  await context.close();
});

test('offline lasts until it is taken back; the browser says so to the element as well', async () => {
  const { page, context, stage } = await open('?offline=1&panel=network');
  // What was there before is still there.
  await stage.getByRole('heading', { level: 3 }).first().waitFor();
  expect(await stage.locator('html').evaluate(() => navigator.onLine)).toBe(false);
  await choose(stage, 'Closed');
  await rows(page).filter({ hasText: 'state=closed' }).filter({ hasText: 'offline' }).first().waitFor();
  await field(page, 'offline').uncheck();
  await stage.getByRole('button', { name: 'Try again' }).click();
  await rows(page).filter({ hasText: 'state=closed' }).filter({ hasText: 'ok' }).first().waitFor();
  expect(query(page)).toBe('?panel=network');
  await context.close();
});

test('a route answers by wish while the others do not', async () => {
  const { page, context, stage } = await open('?panel=network');
  await page.getByText('Status by route').click();
  await field(page, 'status-listTickets').selectOption('429');
  await page.getByText('Status by route (1)').click();
  expect(query(page)).toBe('?status=listTickets.429&panel=network');
  await page.getByRole('button', { name: 'Open again' }).click();
  await failure(stage).waitFor();
  await rows(page).filter({ hasText: '/tickets' }).filter({ hasText: 'rate-limited' }).first().waitFor();
  await rows(page).filter({ hasText: '/portal' }).filter({ hasText: 'ok' }).first().waitFor();
  await context.close();
});

test('pointing at the element names its part, and a click copies the CSS that reaches it', async () => {
  const { page, context, stage } = await open('?scenario=customer-portal/list&panel=parts');
  const subject = stage.locator('[part~="subject"]').first();
  await subject.hover();
  const css = page.locator('#parts pre');
  await expect.poll(() => css.innerText()).toContain('customer-portal::part(list-subject) {');
  expect(await css.innerText()).toContain('ticket-list::part(subject) {');
  await subject.click();
  await page.getByText('Copied: CSS').waitFor();
  expect(await clipboard(page)).toContain('customer-portal::part(list-subject) {');
  // Nothing was opened by it.
  expect(await stage.getByRole('heading', { level: 3 }).count()).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'customer-portal::part(list-status)', exact: true }).focus();
  await expect.poll(() => css.innerText()).toContain('customer-portal::part(list-status) {');
  await context.close();
});

test('events are shown with what the page around hears, and a bug report has them', async () => {
  const { page, context, stage } = await open('?scenario=customer-portal/list');
  await stage.getByRole('link', { name: 'Hub on the 3rd floor' }).click();
  const events = page.locator('#events tbody tr');
  await events
    .filter({ hasText: 'portal-ticket-select' })
    .filter({ hasText: /customer-portal › .*ticket-list/ })
    .waitFor();
  await page.getByRole('button', { name: 'Copy as bug report' }).click();
  await page.getByText('Copied: bug report').waitFor();
  const report = await clipboard(page);
  expect(report).toContain('## customer-portal/list: The list, of one company');
  expect(report).toMatch(/portal-ticket-select {2}\{"ticketId":"[\w-]{22}"\}/);
  expect(report).toMatch(/GET \/tickets\/[\w-]{22}\/messages\S* {2}ok/);
  expect(report).not.toMatch(/nightly|portico-demo-2026|alice@/);
  await context.close();
});

test('axe finds what is wrong on the stage, and shows where', async () => {
  const { page, context, stage } = await open('?panel=axe');
  await page.getByText('axe knows no problem here.').waitFor();
  await stage.locator('main').evaluate((main) => main.append(document.createElement('img')));
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByRole('link', { name: 'image-alt' }).waitFor();
  await page.locator('.findings').getByRole('button', { name: 'img' }).click();
  await stage.locator('.highlight').waitFor({ state: 'attached' });
  expect(await stage.locator('.highlight').evaluate((frame) => (frame as HTMLElement).hidden)).toBe(false);
  await context.close();
});

test('the snippet runs as it is printed', async () => {
  const { page, context } = await open('?scenario=customer-portal/list&language=pl&panel=share');
  await page.getByRole('button', { name: 'Copy snippet' }).click();
  await page.getByText('Copied: snippet').waitFor();
  const snippet = await clipboard(page);
  expect(await page.locator('#share pre').textContent()).toBe(snippet);
  await context.route('**/mine.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Mine</title>\n${snippet}` }),
  );
  const mine = await context.newPage();
  await mine.goto('/mine.html');
  await mine.getByRole('textbox', { name: 'Adres e-mail' }).waitFor();
  await context.close();
});

test('a check list is kept in the browser, an element each', async () => {
  const { page, context } = await open('?panel=checks');
  const first = page.locator('.checks li').first();
  await first.getByRole('button', { name: 'Works' }).click();
  await page.locator('.checks li').nth(1).getByRole('button', { name: 'Fails' }).click();
  await page.getByText(/^2 of \d+ checked, 1 fail$/).waitFor();
  await page.reload();
  await page.getByText(/^2 of \d+ checked, 1 fail$/).waitFor();
  expect(await first.getByRole('button', { name: 'Works' }).getAttribute('aria-pressed')).toBe('true');
  await page.goto('/qa.html?panel=checks&scenario=support-form/ready');
  await page.getByText(/^0 of \d+ checked, 0 fail$/).waitFor();
  await context.close();
});
