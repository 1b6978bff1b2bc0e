import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  english,
  messageIn,
  ownSubjects,
  passwordField,
  polish,
  portalOf,
  signIn,
  subjectsIn,
  tabTo,
} from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startDemo('for the first time'), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const hub = 'Hub on the 3rd floor drops offline every night';

test('a customer signs in on a help page, reads, answers, asks, and finds everything again', {
  timeout: 90_000,
}, async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/');
  await page.getByRole('link', { name: 'See it in a knowledge base' }).click();
  await page.getByRole('heading', { level: 1, name: 'When a hub goes offline' }).waitFor();

  // Sees her own tickets and nobody else's.
  await signIn(page, 'alice@acme.example');
  const subjects = await subjectsIn(page);
  expect(subjects.toSorted()).toEqual(ownSubjects('alice').toSorted());

  // Reads a thread, and answers.
  await page.getByRole('link', { name: hub }).click();
  await page.getByText('IT set a nightly restart last week').waitFor();
  expect(await page.getByText('looks like their switch restarts').count()).toBe(0);
  await page.getByRole('textbox', { name: english.reply }).fill('Yes, please mark it as solved.');
  await page.getByRole('button', { name: english.sendReply }).click();
  await messageIn(page, 'Yes, please mark it as solved.').waitFor();

  // Support answers, and leaves a note that is for colleagues.
  const desk = await visit(browser, server.origin);
  await desk.page.goto('/');
  await desk.page.getByRole('link', { name: 'Answer as support' }).click();
  await desk.page.getByRole('searchbox', { name: 'Search' }).fill('3rd floor');
  await desk.page.getByRole('link', { name: hub }).click();
  const thread = desk.page.getByRole('list', { name: 'Thread' });
  await thread.getByText('Yes, please mark it as solved.').waitFor();
  await desk.page.getByRole('textbox', { name: 'Message' }).fill('Done. Have a warm winter, Alice.');
  await desk.page.getByRole('button', { name: 'Send reply' }).click();
  await thread.getByText('Have a warm winter').waitFor();
  await desk.page.getByRole('radio', { name: 'Internal note' }).check();
  await desk.page.getByRole('textbox', { name: 'Message' }).fill('Tell the Acme account team how quick she was.');
  await desk.page.getByRole('button', { name: 'Add note' }).click();
  await thread.getByRole('listitem').filter({ hasText: 'how quick she was' }).getByText('Internal note').waitFor();
  await desk.page.getByRole('combobox', { name: 'Status' }).selectOption('Solved');
  await desk.page.getByRole('button', { name: 'Set status' }).click();
  await thread.getByText('→ Solved').waitFor();
  expect(desk.watch.complaints).toEqual([]);
  await desk.context.close();

  // The customer finds both answers, and not the note.
  await page.reload();
  await page.getByText('Have a warm winter').waitFor();
  expect(await messageIn(page, 'Yes, please mark it as solved.').count()).toBe(1);
  expect(await page.getByText('how quick she was').count()).toBe(0);
  expect(await page.content()).not.toContain('how quick she was');

  // The article did not help: a new ticket, with the article attached.
  await page.getByRole('link', { name: 'No', exact: true }).click();
  await portalOf(page).getByText('About the article').waitFor();
  await page.getByRole('textbox', { name: 'Subject' }).fill('Ring stays amber after all steps');
  await page.getByRole('textbox', { name: 'How can we help?' }).fill('The log says “cloud timeout” every minute.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('link', { name: 'Open the ticket' }).click();
  await page.getByText('The log says “cloud timeout” every minute.').waitFor();
  await portalOf(page).getByText('When a hub goes offline').waitFor();
  await page.reload();
  await page.getByText('The log says “cloud timeout” every minute.').waitFor();
  await page.getByRole('link', { name: 'List only' }).click();
  expect((await subjectsIn(page))[0]).toBe('Ring stays amber after all steps');

  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the elements of a page share one session request, before and after a reload', async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/demo/kb.html');
  await signIn(page, 'dave@example.com');
  await subjectsIn(page);
  const asked = () => watch.requests.filter((request) => request === 'GET /help/api/v1/session').length;
  expect(asked()).toBe(1);
  await page.reload();
  await subjectsIn(page);
  expect(asked()).toBe(2);
  await context.close();
});

test('who is signed in never sees the sign-in form while the page loads', async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/demo/kb.html');
  await signIn(page, 'dave@example.com');
  await subjectsIn(page);
  await page.addInitScript(() => {
    const seen = globalThis as typeof globalThis & { passwordFields?: number };
    seen.passwordFields = 0;
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      const root = attachShadow.call(this, options);
      const observer = new MutationObserver(() => {
        seen.passwordFields = (seen.passwordFields ?? 0) + root.querySelectorAll('[type=password]').length;
      });
      observer.observe(root, { childList: true, subtree: true });
      return root;
    };
  });
  await page.reload();
  await subjectsIn(page);
  expect(await page.evaluate('passwordFields')).toBe(0);
  await page.getByRole('button', { name: english.signOut }).click();
  await passwordField(page).waitFor();
  expect(await page.evaluate('passwordFields'), 'the observer would have seen it').toBeGreaterThan(0);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('one click on the front door signs in, and the strip of the help page changes who it is', async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/');
  await page.getByRole('button', { name: 'Bob Fraser manager: sees all 24 of Acme' }).click();
  await portalOf(page).getByText('Bob Fraser · Acme').waitFor();
  await page.getByRole('button', { name: 'Erin', exact: true }).click();
  await portalOf(page).getByText('Erin O’Brien · Globex').waitFor();
  expect((await subjectsIn(page)).toSorted()).toEqual(ownSubjects('erin').toSorted());
  // What was on its way for Bob when he left is refused, and the browser itself writes a line for each.
  const refused = /^console: Failed to load resource: .* 401 /;
  expect(watch.complaints.filter((complaint) => !refused.test(complaint))).toEqual([]);
  await context.close();
});

test('everything on the way is reached with the keyboard alone', { timeout: 60_000 }, async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/');
  await tabTo(page, page.getByRole('link', { name: 'See it in a knowledge base' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: english.email }));
  await page.keyboard.type('erin@acme.example');
  await tabTo(page, passwordField(page));
  await page.keyboard.type('portico-demo-2026');
  await page.keyboard.press('Enter');
  await subjectsIn(page);
  const ticket = page.getByRole('link', { name: 'Add two shops to our account' });
  await tabTo(page, ticket);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: english.reply }));
  await page.keyboard.type('The addresses follow tomorrow.');
  await page.keyboard.press('Control+Enter');
  await messageIn(page, 'The addresses follow tomorrow.').waitFor();
  await page.goBack();
  await expect.poll(() => ticket.evaluate((element) => element.matches(':focus'))).toBe(true);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the whole page speaks Polish', async () => {
  const { page, context, watch } = await visit(browser, server.origin, { locale: 'pl-PL' });
  await page.goto('/');
  await page.getByRole('link', { name: 'Polski' }).click();
  await page.getByRole('link', { name: 'Zobacz w bazie wiedzy' }).click();
  await page.getByRole('heading', { level: 1, name: 'Gdy bramka traci połączenie' }).waitFor();
  await signIn(page, 'carol@globex.example', polish);
  await page.getByRole('link', { name: 'Ostatnia faktura bez numeru zamówienia' }).click();
  await page.getByRole('textbox', { name: polish.reply }).fill('Tak, proszę dodawać go zawsze.');
  await page.getByRole('button', { name: polish.sendReply }).click();
  await messageIn(page, 'Tak, proszę dodawać go zawsze.').waitFor();
  await page.getByRole('link', { name: 'Nie', exact: true }).click();
  await portalOf(page).getByText('Gdy bramka traci połączenie').waitFor();
  await page.getByRole('button', { name: polish.signOut }).click();
  await page.getByRole('button', { name: polish.signIn, exact: true }).waitFor();
  expect(
    await page
      .getByText(/\bTicket|\bSign in\b/)
      .filter({ visible: true })
      .count(),
  ).toBe(0);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the hosted portal has the portal’s name as its title, and needs no other page', async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/help/');
  expect(await page.title()).toBe('Tarnfield Support');
  await signIn(page, 'alice@acme.example');
  await page.getByRole('link', { name: hub }).click();
  await page.getByText('IT set a nightly restart last week').waitFor();
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the hosted portal speaks the language asked for, and stays where one is', async () => {
  const { page, context, watch } = await visit(browser, server.origin);
  await page.goto('/help/');
  await signIn(page, 'alice@acme.example');
  await page.getByRole('link', { name: hub }).click();
  await page.getByText('IT set a nightly restart last week').waitFor();
  await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'Polski' }).click();
  await page.getByRole('button', { name: polish.signOut }).waitFor();
  await page.getByText('IT set a nightly restart last week').waitFor();
  expect(new URL(page.url()).searchParams.get('lang')).toBe('pl');
  expect(await page.locator('html').getAttribute('lang')).toBe('pl');
  const languages = page.getByRole('navigation', { name: 'Język' });
  expect(await languages.getByRole('link', { name: 'Polski' }).getAttribute('aria-current')).toBe('true');
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the hosted portal names its languages to who has no scripts', async () => {
  const { page, context } = await visit(browser, server.origin, { javaScriptEnabled: false, locale: 'pl-PL' });
  await page.goto('/help/');
  expect(await page.locator('html').getAttribute('lang')).toBe('pl');
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('navigation', { name: 'Language' }).waitFor();
  expect(new URL(page.url()).search).toBe('?lang=en');
  await context.close();
});

test('a printed thread is the thread, with nothing to press', async () => {
  const { page, context } = await visit(browser, server.origin, { viewport: { width: 1123, height: 794 } });
  await page.goto('/help/');
  await signIn(page, 'alice@acme.example');
  await page.getByRole('link', { name: hub }).click();
  await page.getByText('IT set a nightly restart last week').waitFor();
  await page.getByRole('textbox', { name: 'Your reply' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('heading', { level: 1, name: 'Tarnfield Support' }).isVisible()).toBe(true);
  expect(await page.getByRole('article').filter({ visible: true }).count()).toBeGreaterThan(3);
  // A file that was sent belongs to the thread.
  const left = { textbox: [], button: ['hub-3f.log (125 bytes)'], navigation: [] } as const;
  for (const [role, names] of Object.entries(left)) {
    const shown = page.getByRole(role as keyof typeof left).filter({ visible: true });
    expect(await shown.allInnerTexts(), role).toEqual(names);
  }
  // The list that was beside it.
  expect(await page.getByRole('heading', { name: 'Your tickets' }).isVisible()).toBe(false);
  await context.close();
});
