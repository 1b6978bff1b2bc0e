import type { Locator, Page } from 'playwright-core';

import { demoWorld } from '../../src/world/demo-world.js';

/** What people do and look for in the demo, in their words. */

export const english = {
  email: 'E-mail address',
  password: 'Password',
  signIn: 'Sign in',
  signOut: 'Sign out',
  reply: 'Your reply',
  sendReply: 'Send reply',
};

export const polish: typeof english = {
  email: 'Adres e-mail',
  password: 'Hasło',
  signIn: 'Zaloguj się',
  signOut: 'Wyloguj się',
  reply: 'Twoja odpowiedź',
  sendReply: 'Wyślij odpowiedź',
};

/** The part of the help page that holds the portal. */
export const portalOf = (page: Page): Locator => page.getByRole('region', { name: /^(Support|Pomoc techniczna)$/ });

export const passwordField = (page: Page, words = english): Locator =>
  page.getByRole('textbox', { name: words.password, exact: true });

export async function signIn(page: Page, email: string, words = english, password = demoWorld.password): Promise<void> {
  await page.getByRole('textbox', { name: words.email }).fill(email);
  await passwordField(page, words).fill(password);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
}

/** A message of the thread by words in it. */
export const messageIn = (page: Page, text: string): Locator =>
  portalOf(page).getByRole('article').filter({ hasText: text });

/** Subjects of the tickets shown, in their order. */
export async function subjectsIn(page: Page): Promise<string[]> {
  await portalOf(page).getByRole('heading', { level: 3 }).first().waitFor();
  return portalOf(page).getByRole('heading', { level: 3 }).allInnerTexts();
}

/** Subjects of a contact's own tickets, by the world's plain data. */
export const ownSubjects = (contact: string): string[] =>
  demoWorld.tickets
    .filter(({ deleted, inbox }) => !deleted && demoWorld.portal.inboxes.includes(inbox))
    .filter((ticket) => [ticket.requester, ...ticket.contacts, ...ticket.participants].includes(contact))
    .map(({ subject }) => subject);

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}
