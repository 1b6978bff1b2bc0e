import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { demoWorld } from '../../src/world/demo-world.js';
import { ownSubjects, tabTo } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, startFileServer, visit, type Watch } from './support.js';

let server: DemoServer;
let files: Awaited<ReturnType<typeof startFileServer>>;
let browser: Browser;

beforeAll(async () => {
  [server, files, browser] = await Promise.all([startDemo(), startFileServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await files?.stop();
  await server?.remove();
});

const wide = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' } as const;
const names = { alice: 'Alice Moreau', bob: 'Bob Fraser', carol: 'Carol Zielińska', support: 'Support' } as const;
type Who = keyof typeof names;

const paneOf = (page: Page, who: Who, name = names[who]): Locator => page.getByRole('region', { name, exact: true });
const rowsIn = (pane: Locator): Locator => pane.getByRole('heading', { level: 4 });
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).click();

/** Everything of a company that the portal shows. */
const companySubjects = (company: string): string[] =>
  demoWorld.tickets
    .filter(({ deleted, inbox }) => !deleted && demoWorld.portal.inboxes.includes(inbox))
    .filter(({ companies }) => companies.includes(company))
    .map(({ subject }) => subject);

const both = (one: string[], other: string[]): string[] => [...new Set([...one, ...other])];
const sights = {
  Own: { alice: ownSubjects('alice'), bob: ownSubjects('bob'), carol: ownSubjects('carol') },
  Company: {
    alice: both(ownSubjects('alice'), companySubjects('acme')),
    bob: both(ownSubjects('bob'), companySubjects('acme')),
    carol: both(ownSubjects('carol'), companySubjects('globex')),
  },
  'Company if role is manager': {
    alice: ownSubjects('alice'),
    bob: both(ownSubjects('bob'), companySubjects('acme')),
    carol: both(ownSubjects('carol'), companySubjects('globex')),
  },
} as const;

/** Waits until each pane has exactly the tickets that the switch allows, and looks at the words on every row. */
async function expectSights(page: Page, permission: keyof typeof sights): Promise<void> {
  for (const [key, subjects] of Object.entries(sights[permission])) {
    const pane = paneOf(page, key as Who);
    await pane.getByText(`${subjects.length} tickets`, { exact: true }).waitFor();
    await rowsIn(pane)
      .nth(Math.min(subjects.length, 25) - 1)
      .waitFor();
    if ((await rowsIn(pane).count()) < subjects.length) {
      await pane.getByRole('button', { name: 'Show more' }).click();
      await rowsIn(pane)
        .nth(subjects.length - 1)
        .waitFor();
    }
    expect((await rowsIn(pane).allInnerTexts()).toSorted(), `${key}, ${permission}`).toEqual(subjects.toSorted());
    const company = key === 'carol' ? 'Globex' : 'Acme';
    const reason =
      permission === 'Company' ? `your company: ${company}` : `your company: ${company}, because role = manager`;
    const own = demoWorld.tickets.filter(
      ({ subject, requester, contacts, participants }) =>
        subjects.includes(subject) && [requester, ...contacts, ...participants].includes(key),
    );
    const reasons = (await pane.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    const widened = reasons.filter((text) => text.includes('your company:'));
    expect(widened.length, `${key}, ${permission}`).toBe(subjects.length - own.length);
    expect(
      widened.every((text) => text.includes(reason) && text.includes('because') === reason.includes('because')),
    ).toBe(true);
    expect(reasons.filter((text) => /you (asked|take part|were added)/.test(text)).length).toBe(own.length);
  }
}

const subject = 'Hub on the 3rd floor drops offline every night';

/** Support writes to a ticket that Alice has open. */
async function answerAsSupport(page: Page): Promise<void> {
  const [alice, bob, support] = [paneOf(page, 'alice'), paneOf(page, 'bob'), paneOf(page, 'support')];
  await alice.getByRole('link', { name: subject }).click();
  await alice.getByText('IT set a nightly restart').waitFor();
  await support.getByRole('button', { name: subject }).click();
  await support.getByRole('radio', { name: 'Internal note' }).check();
  await support.getByRole('textbox', { name: 'Message' }).fill('Refund agreed, between us: zebra.');
  await support.getByRole('button', { name: 'Add note' }).click();
  const note = support.getByRole('listitem').filter({ hasText: 'zebra' });
  await note.getByText('Internal note').waitFor();
  await support.getByRole('textbox', { name: 'Message' }).fill('Please move the hub to another socket.');
  await support.getByRole('button', { name: 'Send reply' }).click();
  await alice.getByRole('article').filter({ hasText: 'Please move the hub to another socket.' }).waitFor();
  // The answer came later than the note: had the note been sent, it would be there.
  for (const pane of [alice, bob, paneOf(page, 'carol')]) expect(await pane.getByText('zebra').count()).toBe(0);
  await alice.getByRole('link', { name: 'All tickets' }).click();
}

const proof = (page: Page): Locator => page.getByRole('status').filter({ hasText: 'questions' });

async function proveIt(page: Page, timeout = 90_000): Promise<string> {
  await page.getByRole('button', { name: 'Prove it' }).click();
  const line = proof(page).filter({ hasText: 'leak' });
  await line.waitFor({ timeout });
  return line.innerText();
}

/** What the page did that it must not do. It asks under names of its own, and asks for what it must not get. */
const complaintsOf = ({ complaints }: Watch): string[] =>
  complaints.filter((one) => !/^request to elsewhere: http:\/\/([a-z]+\.)?eyes\.localhost:|status of 404/.test(one));

test('with a server each pane has a session of its own; the switch, an answer and the proof', {
  timeout: 180_000,
}, async () => {
  const { page, context, watch } = await visit(browser, server.origin, wide);
  await page.goto('/');
  await page.getByRole('link', { name: 'Same page, four pairs of eyes' }).click();
  await expectSights(page, 'Company if role is manager');
  for (const permission of ['Own', 'Company'] as const) {
    await choose(page, permission);
    await expectSights(page, permission);
  }
  await answerAsSupport(page);
  expect(await proveIt(page)).toBe('666 questions, 0 leaks');
  // Who comes back finds the switch where it was, and the same people.
  await page.reload();
  await expectSights(page, 'Company');
  expect(await page.getByRole('radio', { name: 'Company', exact: true }).isChecked()).toBe(true);
  // Three sessions in one browser, none of which the help page knows.
  const cookies = (await context.cookies()).map(({ domain }) => domain).toSorted();
  expect(cookies).toEqual(['alice.eyes.localhost', 'bob.eyes.localhost', 'carol.eyes.localhost']);
  expect(complaintsOf(watch)).toEqual([]);
  await context.close();
});

test('a change made elsewhere shows without a touch', { timeout: 90_000 }, async () => {
  const { page, context } = await visit(browser, server.origin, wide);
  await page.goto('/demo/eyes.html');
  await paneOf(page, 'bob').getByText('24 tickets').waitFor();
  const other = await context.newPage();
  await other.goto('/demo/eyes.html');
  await paneOf(other, 'alice')
    .getByText(/^\d+ tickets$/)
    .waitFor();
  await choose(other, 'Own');
  await paneOf(page, 'alice').getByText('9 tickets', { exact: true }).waitFor();
  await paneOf(page, 'bob').getByText(`${sights.Own.bob.length} tickets`, { exact: true }).waitFor();
  await choose(other, 'Company if role is manager');
  await paneOf(page, 'bob').getByText('24 tickets', { exact: true }).waitFor();
  await context.close();
});

test('without a server the panes share one help desk in the page', { timeout: 60_000 }, async () => {
  const { page, context, watch } = await visit(browser, files.origin, wide);
  await page.goto('/eyes.html?backend=demo');
  await expectSights(page, 'Company if role is manager');
  for (const permission of ['Own', 'Company'] as const) {
    await choose(page, permission);
    await expectSights(page, permission);
  }
  await answerAsSupport(page);
  expect(await proveIt(page)).toBe('666 questions, 0 leaks');
  await page.getByText('What was asked').click();
  await page.getByRole('row', { name: /Alice Moreau 24 given, 43 refused/ }).waitFor();
  await page.getByText(/(9\d|1\d\d) promises kept/).waitFor();
  await page.reload();
  await expectSights(page, 'Company');
  expect(watch.requests.filter((request) => /\/(api|healthz)/.test(request))).toEqual([]);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('a wrong answer shows as a leak', async () => {
  const { page, context } = await visit(browser, files.origin, wide);
  await page.goto('/eyes.html?backend=demo');
  await paneOf(page, 'bob').getByText('24 tickets').waitFor();
  await page.evaluate(() => {
    const [alice, bob] = [
      ...document.querySelectorAll<HTMLElement & { backend: { getTicket: unknown } }>('customer-portal'),
    ];
    if (alice && bob) alice.backend.getTicket = bob.backend.getTicket;
  });
  // Fifteen tickets of colleagues, and nine of her own with another reason.
  expect(await proveIt(page)).toBe('666 questions, 15 leaks, 9 wrong answers');
  await page.getByText('What was asked').click();
  await page.getByRole('listitem').filter({ hasText: 'Leak Alice Moreau: Ticket #1061' }).waitFor();
  await context.close();
});

test('everything works by keyboard alone', { timeout: 60_000 }, async () => {
  const { page, context } = await visit(browser, files.origin, wide);
  await page.goto('/eyes.html?backend=demo');
  await tabTo(page, page.getByRole('radio', { name: 'Company if role is manager' }));
  await page.keyboard.press('ArrowLeft');
  await paneOf(page, 'alice').getByText('24 tickets').waitFor();
  await page.getByRole('status').filter({ hasText: 'Alice Moreau: 24 tickets, Bob Fraser: 24 tickets' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Prove it' }));
  await page.keyboard.press('Enter');
  await page.getByText('666 questions, 0 leaks').waitFor();
  await tabTo(page, paneOf(page, 'alice').getByRole('link', { name: subject }));
  await page.keyboard.press('Enter');
  await paneOf(page, 'alice').getByText('IT set a nightly restart').waitFor();
  const support = paneOf(page, 'support');
  await support.getByRole('button', { name: subject }).focus();
  await page.keyboard.press('Enter');
  await support.getByRole('heading', { name: subject }).waitFor();
  await tabTo(page, support.getByRole('textbox', { name: 'Message' }));
  await page.keyboard.type('Is it better today?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await paneOf(page, 'alice').getByRole('article').filter({ hasText: 'Is it better today?' }).waitFor();
  await support.getByRole('button', { name: 'All tickets' }).focus();
  await page.keyboard.press('Enter');
  expect(await support.getByRole('button', { name: subject }).evaluate((row) => row.matches(':focus'))).toBe(true);
  await context.close();
});

test('a phone shows one pane at a time, by tabs', { timeout: 60_000 }, async () => {
  const phone = { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' } as const;
  const { page, context } = await visit(browser, files.origin, phone);
  await page.goto('/eyes.html?backend=demo');
  const panel = (name: string) => page.getByRole('tabpanel', { name });
  await panel('Alice').getByText('9 tickets').waitFor();
  expect(await page.getByRole('tabpanel').count()).toBe(1);
  await tabTo(page, page.getByRole('tab', { name: 'Alice' }));
  await page.keyboard.press('ArrowRight');
  await panel('Bob').getByText('24 tickets').waitFor();
  await page.keyboard.press('End');
  await panel('Support').getByRole('button', { name: subject }).click();
  await panel('Support').getByRole('textbox', { name: 'Message' }).fill('Any news from the third floor?');
  await panel('Support').getByRole('button', { name: 'Send reply' }).click();
  // What happens out of sight is marked where it happened.
  const alice = page.getByRole('tab', { name: /^Alice/ });
  await page.getByRole('tab', { name: /Alice ?, new/ }).waitFor();
  expect(await page.getByRole('tab', { name: /Carol ?, new/ }).count()).toBe(0);
  await alice.click();
  await page.getByRole('tab', { name: 'Alice', exact: true, selected: true }).waitFor();
  await panel('Alice').getByRole('link', { name: subject }).click();
  await panel('Alice').getByText('Any news from the third floor?').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await context.close();
});

test('the page speaks Polish, at once and by its switch', async () => {
  const { page, context } = await visit(browser, files.origin, wide);
  await page.goto('/eyes.html?backend=demo&lang=pl');
  await page.getByRole('heading', { name: 'Ta sama strona, cztery pary oczu' }).waitFor();
  await paneOf(page, 'bob').getByText('24 zgłoszenia', { exact: true }).waitFor();
  await paneOf(page, 'bob').getByText('Twoja firma: Acme (role = manager)').first().waitFor();
  await choose(page, 'Własne');
  await page.getByRole('button', { name: 'Udowodnij' }).click();
  await page.getByText('666 pytań, 0 wycieków').waitFor();
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByText('666 questions, 0 leaks').waitFor();
  await paneOf(page, 'alice').getByText('9 tickets').waitFor();
  await paneOf(page, 'alice').getByText('you asked').first().waitFor();
  await context.close();
});

test.each([
  ['slide', 'no-preference'],
  ['stand still for whoever asks for less motion', 'reduce'],
] as const)('tickets that come and go %s', async (_, reducedMotion) => {
  const { page, context } = await visit(browser, files.origin, { viewport: wide.viewport, reducedMotion });
  await page.addInitScript(() => {
    const { animate } = Element.prototype;
    const moved: string[] = [];
    Object.assign(globalThis, { moved });
    Element.prototype.animate = function (keyframes, options) {
      moved.push(this.querySelector('a')?.textContent ?? '');
      return animate.call(this, keyframes, options);
    };
  });
  await page.goto('/eyes.html?backend=demo');
  await rowsIn(paneOf(page, 'bob')).first().waitFor();
  await choose(page, 'Own');
  await expectSights(page, 'Own');
  await choose(page, 'Company');
  await expectSights(page, 'Company');
  const moved = await page.evaluate(() => (globalThis as typeof globalThis & { moved: string[] }).moved);
  // One that leaves Bob and comes back.
  expect(moved.includes('CSV export stops at 10,000 rows')).toBe(reducedMotion === 'no-preference');
  await context.close();
});

/** What axe finds in the page as it is, one line each. */
async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as typeof globalThis & { axe: typeof axe }).axe.run({ reporter: 'v1' }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const looks = [
  ['wide and light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
] as const;

test.each(looks)('axe finds nothing, and nothing scrolls sideways: %s', { timeout: 60_000 }, async (_, look) => {
  const { page, context } = await visit(browser, files.origin, { ...look, reducedMotion: 'reduce' });
  const check = async (step: string) => {
    expect.soft(await problemsOf(page), step).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), step).toBe(look.viewport.width);
  };
  await page.goto('/eyes.html?backend=demo');
  await page.getByText('9 tickets').waitFor();
  await check('lists');
  await proveIt(page);
  await page.getByText('What was asked').click();
  await check('proof');
  await page.getByRole('link', { name: subject }).first().click();
  await page.getByText('IT set a nightly restart').waitFor();
  const tab = page.getByRole('tab', { name: 'Support' });
  if (await tab.isVisible()) await tab.click();
  await page.getByRole('button', { name: subject }).click();
  await page.getByRole('radio', { name: 'Internal note' }).check();
  await check('ticket');
  await context.close();
});

test('where the names of this machine lead nowhere, the page says how to go on', async () => {
  const { page, context } = await visit(browser, server.origin, wide);
  await context.route(/eyes\.localhost/, (route) => route.abort());
  await page.goto('/demo/eyes.html');
  await page.getByRole('link', { name: 'Go on without one' }).click();
  await paneOf(page, 'bob').getByText('24 tickets').waitFor();
  await context.close();
});
