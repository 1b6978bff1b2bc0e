import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

import { type Fault, startFaultyProxy } from '../support/faulty-proxy.js';
import { english, passwordField, portalOf, signIn } from './steps.js';
import { visit } from './support.js';

/** Milliseconds before something happens in which words may be lost. */
const lossy = 300;
/** Somebody who writes, and the ticket that they write in. */
export interface Author {
  readonly email: string;
  readonly subject: string;
}

export const erin: Author = { email: 'erin@acme.example', subject: 'Add two shops to our account' };
const { email, subject } = erin;
const replyBox = (page: Page) => page.getByRole('textbox', { name: /^(Your reply|Twoja odpowiedź)$/ });

/** What happens while somebody types. Afterwards `page` shows the same ticket to the same contact. */
type Mishap = (page: Page, context: BrowserContext) => Promise<Page>;

const another = async (page: Page, context: BrowserContext): Promise<Page> => {
  const next = await context.newPage();
  await next.goto(page.url());
  return next;
};

export const mishaps: Readonly<Record<string, Mishap>> = {
  'a reload': async (page) => {
    await page.reload();
    return page;
  },
  'a crash': async (page, context) => {
    const crashed = new Promise((resolve) => page.once('crash', resolve));
    // It never answers: there is no page any more that could.
    void page.goto('chrome://crash').catch(() => {});
    await crashed;
    const next = await another(page, context);
    await page.close();
    return next;
  },
  'the end of the session': async (page, context) => {
    await context.clearCookies();
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await passwordField(page).waitFor();
    await signIn(page, email);
    return page;
  },
  'no connection, and a reload once it is back': async (page, context) => {
    await context.setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await context.setOffline(false);
    await page.reload();
    return page;
  },
  'another language': async (page) => {
    await page.evaluate(() => {
      document.documentElement.lang = document.documentElement.lang === 'pl' ? 'en' : 'pl';
    });
    return page;
  },
};

/** A sequence that looks random and is the same in every run. */
export function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    // mulberry32 by Tommy Ettinger, public domain.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/**
 * Types, has something happen at a letter, and looks what is left of it; so often. Ends with the next contact of the browser,
 * who must find nothing.
 *
 * @returns letters lost, one number for each time
 */
export async function typeAndLose(browser: Browser, origin: string, times: number): Promise<number[]> {
  const { page: first, context } = await visit(browser, origin);
  const random = randomNumbers(times);
  await first.goto('/demo/kb.html');
  await signIn(first, email);
  await first.getByRole('link', { name: subject }).click();
  let page = first;
  const lost: number[] = [];
  for (let time = 0; time < times; time++) {
    const [name, mishap] = Object.entries(mishaps)[time % Object.keys(mishaps).length]!;
    const text = `Word ${time}: the lighthouse keeper counts ships at night, and writes each of them down.`;
    const letters = 5 + Math.floor(random.next().value * (text.length - 5));
    await replyBox(page).waitFor();
    await expect.poll(() => replyBox(page).isEditable()).toBe(true);
    await replyBox(page).fill('');
    await replyBox(page).focus();
    const typedAt: number[] = [];
    for (const letter of text.slice(0, letters)) {
      await page.keyboard.type(letter);
      typedAt.push(performance.now());
    }
    const happened = performance.now();
    page = await mishap(page, context);
    const safe = typedAt.filter((at) => at < happened - lossy).length;
    await replyBox(page).waitFor();
    await expect
      .poll(async () => (await replyBox(page).inputValue()).length, { message: `${name} after ${letters} letters` })
      .toBeGreaterThanOrEqual(safe);
    const left = await replyBox(page).inputValue();
    expect(text.slice(0, letters), name).toContain(left);
    lost.push(letters - left.length);
  }
  await context.clearCookies();
  await page.reload();
  await signIn(page, 'bob@acme.example');
  await portalOf(page).getByRole('heading', { level: 3 }).first().waitFor();
  expect(await storedIn(page)).not.toContain('lighthouse');
  await context.close();
  return lost;
}

/** All that a page's browser keeps, as far as its storage can be read. */
export const storedIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const read = ({ name = '' }: IDBDatabaseInfo) =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', reject);
        opening.addEventListener('success', () => {
          const database = opening.result;
          const [store = ''] = database.objectStoreNames;
          const asked = database.transaction(store).objectStore(store).getAll();
          asked.addEventListener('success', () => {
            const texts = (asked.result as { data: ArrayBuffer }[]).map(({ data }) => new TextDecoder().decode(data));
            database.close();
            resolve(`${name}: ${texts.join()}`);
          });
        });
      });
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...sessionStorage, ...localStorage }, await Promise.all(databases.map(read))]);
  });

/** Three of ten requests that write meet one of these. */
export const faults: readonly Fault[] = ['refused', 'lost', 'half', 'twice', 'slow'];

/** Replies after which the page is loaded anew: a thread of hundreds is what is looked at elsewhere. */
const perPage = 50;

/**
 * Sends replies over a network that loses, breaks, delays or doubles three of ten of them.
 *
 * @returns how often each of the replies is in the thread, in the order in which they were sent, and what the network did
 */
export async function sendOverBadNetwork(browser: Browser, origin: string, author: Author, times: number) {
  const proxy = await startFaultyProxy(origin);
  const random = randomNumbers(times);
  const met: Partial<Record<Fault, number>> = {};
  let faulty = 0;
  proxy.next = (path, method) => {
    // A stream has no end that a proxy could wait for.
    if (path.includes('/events')) return 'refused';
    if (method !== 'POST' || !path.endsWith('/messages') || random.next().value > 0.3) return 'none';
    const fault = faults[faulty++ % faults.length]!;
    met[fault] = (met[fault] ?? 0) + 1;
    return fault;
  };
  const { page, context } = await visit(browser, proxy.url);
  try {
    await page.goto('/demo/kb.html');
    await signIn(page, author.email);
    await page.getByRole('link', { name: author.subject }).click();
    await replyBox(page).waitFor();
    const ticket = new URL(page.url()).searchParams.get('ticket');
    for (let time = 0; time < times; time++) {
      if (time > 0 && time % perPage === 0) await page.reload();
      await expect.poll(() => replyBox(page).isEditable(), { timeout: 60_000 }).toBe(true);
      await replyBox(page).fill(`Reply ${time} of ${times}.`);
      const send = page.getByRole('button', { name: english.sendReply });
      await send.click();
      // Five tries may fail; whoever sent it tries once more.
      await expect
        .poll(
          async () => {
            const retry = page.locator('ticket-detail').getByRole('button', { name: 'Try again' });
            if (await retry.isVisible()) await retry.click();
            return (await send.isVisible()) && (await replyBox(page).inputValue()) === '';
          },
          { timeout: 120_000 },
        )
        .toBe(true);
    }
    const bodies = await page.evaluate(async (address) => {
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const query = new URLSearchParams({ limit: '100', ...(cursor && { before: cursor }) });
        const response = await fetch(`${address}?${query}`, { headers: { 'x-portal-client': 'portico-elements/1' } });
        const { items, previousCursor } = (await response.json()) as {
          items: { text: string }[];
          previousCursor: string | null;
        };
        found.push(...items.map(({ text }) => text));
        if (!previousCursor) return found;
        cursor = previousCursor;
      }
    }, `/help/api/v1/tickets/${ticket}/messages`);
    const counts = Array.from(
      { length: times },
      (_, time) => bodies.filter((body) => body === `Reply ${time} of ${times}.`).length,
    );
    return { counts, met };
  } finally {
    await context.close();
    await proxy.close();
  }
}
