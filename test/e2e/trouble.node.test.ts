import { expect, test } from 'vitest';

import { storedIn } from './no-loss.js';
import { english, messageIn, passwordField, portalOf, signIn, subjectsIn } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();

/** The browser itself writes a line for each request that failed; everything else is ours. */
const ours = (complaints: readonly string[]) =>
  complaints.filter((complaint) => !complaint.startsWith('console: Failed to load resource:'));

const shops = 'Add two shops to our account';

test('a wrong password is said calmly and can be put right', async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto('/demo/kb.html');
  await signIn(page, 'alice@acme.example', english, 'portico-demo-2025');
  await page.getByRole('alert').getByText('The e-mail address or the password is wrong.').waitFor();
  expect(await page.getByRole('textbox', { name: english.email }).inputValue()).toBe('alice@acme.example');
  await passwordField(page).fill('portico-demo-2026');
  await page.keyboard.press('Enter');
  await subjectsIn(page);
  expect(ours(watch.complaints)).toEqual([]);
  await context.close();
});

test('a draft survives a reload, nobody can read it in the browser, and signing out asks and deletes it', async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto('/demo/kb.html');
  await signIn(page, 'erin@acme.example');
  await page.getByRole('link', { name: shops }).click();
  const reply = page.getByRole('textbox', { name: english.reply });
  await reply.fill('The first address is Harbour Street 9');
  await expect.poll(() => storedIn(page)).toMatch(/portico-drafts: ./);
  await page.reload();
  await expect.poll(() => reply.inputValue()).toBe('The first address is Harbour Street 9');

  const kept = await storedIn(page);
  expect(kept).toContain('portico-drafts');
  expect(kept).not.toContain('Harbour');
  await page.getByRole('button', { name: english.signOut }).click();
  await page.getByText('One text is written and not sent. Signing out deletes it.').waitFor();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  expect(await reply.inputValue()).toBe('The first address is Harbour Street 9');
  await page.getByRole('button', { name: english.signOut }).click();
  await page.getByRole('button', { name: 'Delete and sign out' }).click();
  await passwordField(page).waitFor();
  await signIn(page, 'erin@acme.example');
  await page.getByRole('link', { name: shops }).click();
  await reply.waitFor();
  expect(await reply.inputValue()).toBe('');
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('a server that goes away costs no word, and the reply arrives once it is back', { timeout: 60_000 }, async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto('/demo/kb.html');
  await signIn(page, 'erin@acme.example');
  await page.getByRole('link', { name: shops }).click();
  const reply = page.getByRole('textbox', { name: english.reply });
  await reply.fill('Both shops open on 3 December.');
  await demo.server.stop();
  await page.getByRole('button', { name: english.sendReply }).click();
  await portalOf(page).getByRole('alert').getByText('Not sent.').waitFor();
  expect(await reply.inputValue()).toBe('Both shops open on 3 December.');

  await demo.server.restart();
  await page.getByRole('button', { name: 'Try again' }).click();
  const sent = messageIn(page, 'Both shops open on 3 December.');
  await sent.waitFor();
  await page.reload();
  await sent.waitFor();
  expect(await sent.count()).toBe(1);
  expect(await reply.inputValue()).toBe('');
  expect(ours(watch.complaints)).toEqual([]);
  await context.close();
});
