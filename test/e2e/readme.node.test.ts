import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readmeLanguages, snippetsOf } from '../support/readme.js';
import { allow, type ForeignPage, pageWith, startForeignPage } from './foreign-page.js';
import { ownSubjects, signIn } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit, type Visit } from './support.js';

/** The README's snippets as they stand, in a page of another origin; only the server's address is that of this test. */

const { html, css, js } = Object.fromEntries(
  ['html', 'css', 'js'].map((language) => [language, snippetsOf([language]).map(({ code }) => code)]),
) as Record<'html' | 'css' | 'js', string[]>;

let server: DemoServer;
let browser: Browser;
let foreign: ForeignPage;

const withServer = (code: string): string => code.replaceAll('https://support.example.com', server.origin);

beforeAll(async () => {
  [server, browser, foreign] = await Promise.all([startDemo(), launchBrowser(), startForeignPage()]);
  await allow(server, foreign.origin);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await foreign?.stop();
});

/** The link of each row, ours or one that the page has made. */
const rows = (page: Page) =>
  page.getByRole('link', { name: /./ }).and(page.locator(':is([data-ticket], [data-ticket] a)'));

async function openSigned(content: string): Promise<Visit> {
  foreign.show(pageWith(withServer(content)));
  const visited = await visit(browser, foreign.origin);
  await visited.page.goto('/');
  if (content.includes('layout="dialog"')) await visited.page.getByRole('link', { name: 'Get help' }).click();
  await signIn(visited.page, 'alice@acme.example');
  await rows(visited.page).first().waitFor();
  return visited;
}

/** What went wrong in the page itself: requests to our server are what it is there for. */
const troubles = ({ watch }: Visit): string[] =>
  watch.complaints.filter((line) => !line.startsWith(`request to elsewhere: ${server.origin}/help/`));

it('has no snippet in a language that nothing here or among the types runs', () => {
  expect(readmeLanguages()).toEqual(['css', 'html', 'js', 'json', 'sh', 'text', 'ts', 'tsx']);
});

describe.each(html.map((code, at) => [`${at + 1} of ${html.length}`, code]))('HTML %s', (_, code) => {
  it('asks who is there, and shows their tickets', async () => {
    // What has no tag of ours goes with the first, which has; what has no script goes with its script.
    const script = code.includes('<script') ? '' : /<script.*<\/script>/.exec(html[0] ?? '')?.[0];
    const visited = await openSigned(/<[a-z]+-[a-z]+/.test(code) ? `${script}${code}` : `${code}${html[0]}`);
    expect(await rows(visited.page).count()).toBe(ownSubjects('alice').length);
    expect(troubles(visited)).toEqual([]);
    await visited.context.close();
  });
});

describe('beside the first HTML', () => {
  let visited: Visit;

  beforeEach(() => () => visited.context.close());

  it('its CSS dresses the portal', async () => {
    visited = await openSigned(`<style>${css.join('\n')}</style>${html[0]}`);
    const row = rows(visited.page).first();
    expect(await row.evaluate((link) => getComputedStyle(link).fontFamily)).toBe('Georgia, serif');
    expect(await row.evaluate((link) => getComputedStyle(link).getPropertyValue('--portal-color-accent'))).toBe(
      '#7a3e9d',
    );
    expect(troubles(visited)).toEqual([]);
  });

  it('its scripts run: other words, and a site that knows its customers', async () => {
    const scripts = js.map((code) => `<script type="module">${code}</script>`).join('');
    visited = await openSigned(`${html[0]}${scripts}`);
    await visited.page.getByRole('heading', { name: 'My requests' }).waitFor();
    const knows = await visited.page.evaluate(
      () => typeof (document.querySelector('customer-portal') as { tokenProvider?: unknown } | null)?.tokenProvider,
    );
    expect(knows).toBe('function');
    expect(troubles(visited)).toEqual([]);
  });
});

it('has JSON that parses', () => {
  for (const { code } of snippetsOf(['json'])) expect(() => JSON.parse(code)).not.toThrow();
});
