import type { Page } from 'playwright-core';
import { expect } from 'vitest';

import { demoWorld } from '../../../src/world/demo-world.js';
import { english, messageIn, ownSubjects, passwordField, portalOf, signIn, subjectsIn } from '../steps.js';
import type { Exchange } from './front.js';
import type { Engine } from './profiles.js';

/** What one customer does and sees on a help page, wherever it is. */

const alice = 'alice@acme.example';
export const subject = 'Hole in the temperature chart on Thursday afternoon';
const file = demoWorld.tickets
  .find((ticket) => ticket.subject === subject)
  ?.messages.flatMap(({ attachments = [] }) => attachments)
  // One that is not shown inside of its message.
  .find(({ contentId }) => !contentId);

export interface HelpPage {
  readonly address: string;
  /** The session lives in the memory of the page: a reload means to sign in again. */
  readonly untilReload: boolean;
}

/** Signs in and sees the tickets that are hers, and no others. */
export async function arrive(page: Page, { address }: HelpPage): Promise<void> {
  await page.goto(address);
  await signIn(page, alice);
  await seeList(page);
}

/** Comes back to a page where she is signed in, if a page can keep that. */
export async function comeBack(page: Page, { address, untilReload }: HelpPage): Promise<void> {
  await (page.url() === address ? page.reload() : page.goto(address));
  if (untilReload) {
    await askedToSignIn(page);
    await signIn(page, alice);
  }
  await seeList(page);
}

async function seeList(page: Page): Promise<void> {
  expect((await subjectsIn(page)).toSorted()).toEqual(ownSubjects('alice').toSorted());
}

/** Nothing but the form: no ticket, no name, and no complaint. */
export async function askedToSignIn(page: Page): Promise<void> {
  await passwordField(page).waitFor();
  await seesNothing(page);
  expect(await page.getByRole('alert').allInnerTexts()).not.toContainEqual(expect.stringMatching(/\S/));
}

export const openTicket = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: subject }).click();
  await fileButton(page).waitFor();
};

export const fileButton = (page: Page) => portalOf(page).getByRole('button', { name: file?.name ?? '' });

/** Nothing of a ticket or of who was signed in is left to be seen, not even hidden. */
export async function seesNothing(page: Page): Promise<void> {
  expectNothing(await page.evaluate(readPage));
}

function expectNothing(text: string): void {
  for (const secret of [subject, file?.name ?? '', 'Alice Moreau']) expect(text).not.toContain(secret);
}

/** All text of a page, that of elements within their shadow included. */
const readPage = (): string => {
  const read = (root: Document | ShadowRoot): string =>
    [...root.querySelectorAll('*')].map(({ shadowRoot }) => (shadowRoot ? read(shadowRoot) : '')).join('') +
    [...root.children].map(({ textContent }) => textContent).join('');
  return read(document);
};

/**
 * Leaves the page for another, lets `meanwhile` happen, and goes back: nothing is seen, at once and later. Browsers keep a
 * page as it was, or load it anew.
 */
export async function goBackToNothing(
  page: Page,
  { address }: HelpPage,
  traffic: readonly Exchange[],
  meanwhile: () => Promise<void>,
): Promise<'kept' | 'anew'> {
  // A page that was kept tells it itself: not every driver finds it again.
  await page.evaluate(`globalThis.leaving = true; addEventListener('pageshow', async () => {
    for (const wait of [0, 1000]) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      await fetch('/seen', { method: 'POST', body: (${readPage.toString()})() });
    }
  })`);
  await page.goto(address.replace('kb.html', 'other.html'));
  await meanwhile();
  const seen = () =>
    traffic.filter(({ url }) => url.endsWith('/seen')).map(({ sent }) => Buffer.concat(sent).toString());
  const before = seen().length;
  const told = async () => {
    await expect.poll(() => seen().length - before, { timeout: 5000 }).toBe(2);
    return 'kept' as const;
  };
  await page.evaluate(() => history.back());
  const found = async () => {
    await askedToSignIn(page);
    return (await page.evaluate('globalThis.leaving')) ? told() : ('anew' as const);
  };
  const state = await Promise.any([told(), found()]);
  for (const text of seen().slice(before)) expectNothing(text);
  if (state === 'kept') expect(seen().at(-1)).toContain(english.password);
  return state;
}

export async function downloadFile(page: Page, take: Engine['take']): Promise<void> {
  const bytes = await take(page, file?.name ?? '', () => fileButton(page).click());
  expect(bytes).toEqual(Buffer.from(file?.base64 ?? '', 'base64'));
}

export async function reply(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: english.reply }).fill(text);
  await page.getByRole('button', { name: english.sendReply }).click();
  await messageIn(page, text).waitFor();
  // The thread may hear of it before its sender does.
  await page.getByRole('button', { name: english.sendReply }).waitFor();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: english.signOut }).click();
  await askedToSignIn(page);
}

/** Which cookies the browser keeps for the portal's site, on this page. */
export const cookiesKept = (page: Page, portal: string): Promise<readonly string[]> =>
  page.evaluate(async (url) => {
    let kept: string[] = [];
    for (let times = 0; times < 2; times++) {
      const response = await fetch(url, { credentials: 'include' });
      kept = (await response.json()) as string[];
    }
    return kept;
  }, `${portal}/cookies`);
