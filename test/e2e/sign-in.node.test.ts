import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { english, messageIn, passwordField, portalOf, signIn, subjectsIn } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();

const kb = '/demo/kb.html';
const hub = 'Hub on the 3rd floor drops offline every night';

/** Opens the newest mail to somebody on the demo's page of mails, and reads its link there. */
async function linkTo(context: BrowserContext, email: string): Promise<string> {
  const page = await context.newPage();
  await page.goto('/demo/outbox.html');
  // What was there first is open, and that may be a mail to somebody else.
  const mail = page.getByRole('listitem').filter({ hasText: email }).first();
  const link = await mail.locator('[data-open]').getAttribute('href');
  await page.close();
  return link ?? '';
}

const codeOf = (link: string): string => link.split('#portal_code=')[1] ?? '';

async function askForCode(page: Page, email: string): Promise<void> {
  await page.getByRole('textbox', { name: english.email }).fill(email);
  await page.getByRole('button', { name: 'Send me a code instead' }).click();
  await page.getByRole('textbox', { name: 'Code' }).waitFor();
}

test('a code from the mail signs in, also after a reload, however it is written', async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto(kb);
  await askForCode(page, 'alice@acme.example');
  await page.reload();
  await page.getByText('If a•••@acme.example may sign in here').waitFor();
  const code = codeOf(await linkTo(context, 'alice@acme.example'));
  await page.getByRole('textbox', { name: 'Code' }).fill(`${code.slice(0, 4).toLowerCase()} - ${code.slice(4)} `);
  await page.keyboard.press('Enter');
  await portalOf(page).getByText('Alice Moreau · Acme').waitFor();
  expect(await subjectsIn(page)).toContain(hub);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the link of the mail signs in with a click in the browser that asked, and tells the code in another', async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto(kb);
  await askForCode(page, 'bob@acme.example');
  const link = await linkTo(context, 'bob@acme.example');
  // A scanner follows links before their reader does.
  expect((await page.request.get(link)).status()).toBe(200);

  const phone = await visit(demo.browser, demo.server.origin, { viewport: { width: 390, height: 844 } });
  await phone.page.goto(link);
  await phone.page.getByText('Type this code where you asked for it.').waitFor();
  const shown = await phone.page.getByText(/^[0-9A-Z]{4}.[0-9A-Z]{4}$/).innerText();
  expect(shown.replace(/[^0-9A-Z]/g, '')).toBe(codeOf(link));
  expect(new URL(phone.page.url()).hash).toBe('');
  await phone.context.close();

  const here = await context.newPage();
  await here.goto(link);
  await here.getByText('Sign in as b•••@acme.example?').waitFor();
  expect(new URL(here.url()).hash).toBe('');
  await here.getByRole('button', { name: 'Continue' }).click();
  await portalOf(here).getByText('Bob Fraser · Acme').waitFor();
  // The tab that asked hears of it.
  await portalOf(page).getByText('Bob Fraser · Acme').waitFor();
  expect([...watch.complaints, ...phone.watch.complaints]).toEqual([]);
  await context.close();
});

test('a forgotten password is replaced, and every other device is signed out', async () => {
  const elsewhere = await visit(demo.browser, demo.server.origin);
  await elsewhere.page.goto(kb);
  await signIn(elsewhere.page, 'dave@example.com');
  await subjectsIn(elsewhere.page);

  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto(kb);
  await page.getByRole('textbox', { name: english.email }).fill('dave@example.com');
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = codeOf(await linkTo(context, 'dave@example.com'));
  await page.getByRole('textbox', { name: 'Code' }).fill(code);
  const chosen = page.getByRole('textbox', { name: 'New password', exact: true });
  await chosen.fill('password1234');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('among those that everybody tries first').waitFor();
  await chosen.fill('seven quiet herons');
  await page.getByRole('button', { name: 'Change password' }).click();
  const done = page.getByText('Your password is changed');
  // Should it say something else, that is worth reading.
  const refused = page.getByRole('alert').filter({ hasNotText: 'everybody tries first', hasText: /\S/ });
  await done.or(refused).waitFor();
  expect(await refused.allInnerTexts()).toEqual([]);
  expect(await page.getByRole('textbox', { name: english.email }).inputValue()).toBe('dave@example.com');

  await elsewhere.page.bringToFront();
  await elsewhere.page.getByText('Your session has ended').waitFor();
  await page.bringToFront();
  await passwordField(page).fill('portico-demo-2026');
  await page.keyboard.press('Enter');
  await page.getByText('The e-mail address or the password is wrong.').waitFor();
  await passwordField(page).fill('seven quiet herons');
  await page.keyboard.press('Enter');
  await portalOf(page).getByText('Dave Turner').waitFor();
  // A wrong password is a 401, and the browser says so by itself; so are the questions of who was signed out.
  const own = (text: string) => !/status of 40[01]/.test(text);
  expect([...watch.complaints, ...elsewhere.watch.complaints].filter(own)).toEqual([]);
  await elsewhere.context.close();
  await context.close();
});

test('signing out reaches every tab by itself', async () => {
  const { page, context } = await visit(demo.browser, demo.server.origin);
  await page.goto(kb);
  await signIn(page, 'erin@acme.example');
  await subjectsIn(page);
  const other = await context.newPage();
  await other.goto(`${kb}#again`);
  await subjectsIn(other);
  await page.bringToFront();
  await page.getByRole('button', { name: english.signOut, exact: true }).click();
  const began = performance.now();
  await passwordField(other).waitFor();
  console.log(`Another tab is signed out after ${Math.round(performance.now() - began)} ms.`);
  expect(await portalOf(other).getByRole('heading', { level: 3 }).count()).toBe(0);
  await context.close();
});

test('who is signed out elsewhere while writing signs in again in place, and sends what was typed', async () => {
  const { page, context } = await visit(demo.browser, demo.server.origin);
  await page.goto(kb);
  await signIn(page, 'alice@acme.example');
  await page.getByRole('link', { name: hub }).click();
  const reply = page.getByRole('textbox', { name: english.reply });
  await reply.fill('Typed before the session was over.');

  const elsewhere = await visit(demo.browser, demo.server.origin);
  await elsewhere.page.goto(kb);
  await signIn(elsewhere.page, 'alice@acme.example');
  await elsewhere.page.getByText('Alice Moreau').click();
  await elsewhere.page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await passwordField(elsewhere.page).waitFor();
  await elsewhere.context.close();

  await page.getByText('Your session has ended').waitFor();
  expect(await page.getByText('IT set a nightly restart last week').count(), 'nothing stays readable').toBe(0);
  await signIn(page, 'alice@acme.example');
  await reply.waitFor();
  expect(await reply.inputValue()).toBe('Typed before the session was over.');
  await page.getByRole('button', { name: english.sendReply }).click();
  await messageIn(page, 'Typed before the session was over.').waitFor();
  await context.close();
});
