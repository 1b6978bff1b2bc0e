import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { seedOf } from '../../src/testing/conformance/index.js';
import type { World } from '../../src/world/world.js';
import { type Rt, startRt } from '../support/rt.js';
import { type HelpSite, startHelpSite } from './help-desk.js';
import { english, messageIn, portalOf, signIn, subjectsIn } from './steps.js';
import { launchBrowser, visit } from './support.js';

// A help desk that nobody here wrote, a knowledge base, and a customer with a browser.

let rt: Rt;
let site: HelpSite;
let browser: Browser;
let printer: string;

const secret = 'periwinkle';
const alice = { name: 'Alice Archer', email: 'alice@acme.example' };

const world = peopleOnly();

function peopleOnly(): World {
  const seed = seedOf('kb');
  const [someone] = seed.contacts;
  const contact = { ...someone!, ...alice, companies: [], primaryCompany: null, properties: {} };
  return {
    ...seed,
    portal: { ...seed.portal, slug: 'help', name: 'Tarnfield Support' },
    companies: [],
    contacts: [contact],
    tickets: [],
    accessGroup: { ...seed.accessGroup, members: [contact.id] },
  };
}

beforeAll(async () => {
  [rt, browser, site] = await Promise.all([startRt(), launchBrowser(), startHelpSite(world)]);
  await rt.desk.createUser({ name: 'alice', realName: alice.name, email: alice.email, organization: 'Acme' });
  printer = await rt.desk.createTicket({ subject: 'Printer on fire', text: 'It burns.', requestors: ['alice'] });
  const { user, password } = rt.account;
  const settings = { url: rt.url, user, queues: ['Support'], replyAs: 'mail-gateway' };
  const put = await site.admin('PUT', '/desk', { kind: 'rt', settings, secret: { password } });
  expect(put.status).toBe(200);
  const { inboxes } = (await put.json()) as { inboxes: { id: string }[] };
  expect((await site.admin('PATCH', '/portals/help', { inboxes: inboxes.map(({ id }) => id) })).status).toBe(200);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await rt?.stop();
});

const reply = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: english.reply }).fill(text);
  await page.getByRole('button', { name: english.sendReply }).click();
};

test('a customer reads and answers on a help page, and support in Request Tracker, while RT comes and goes', {
  timeout: 120_000,
}, async () => {
  const { page, context } = await visit(browser, site.origin);
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    if (/\/api\/v1\/(?!events)/.test(response.url())) bodies.push(response.text().catch(() => ''));
  });
  await page.goto('/demo/kb.html');
  await signIn(page, alice.email, english, world.password);
  expect(await subjectsIn(page)).toEqual(['Printer on fire']);
  await page.getByRole('link', { name: 'Printer on fire' }).click();
  await messageIn(page, 'It burns.').waitFor();

  // Support answers in RT; what they say among themselves stays there.
  await rt.desk.comment(printer, {
    text: `INTERNAL: ${secret}`,
    files: [{ name: `${secret}.txt`, type: 'text/plain', content: secret }],
  });
  await rt.desk.correspond(printer, { html: '<p>Which <b>model</b> is it?</p>' });
  const began = performance.now();
  await messageIn(page, 'Which model is it?').waitFor();
  console.log(`An answer in RT is on the page after ${Math.round(performance.now() - began)} ms.`);

  // The customer answers, and is who they are in RT.
  await reply(page, 'The red one. Zażółć gęślą 🔥');
  await messageIn(page, 'The red one.').waitFor();
  expect((await rt.desk.readTicket(printer)).messages.map(({ type, creator }) => [type, creator])).toEqual([
    ['Create', 'alice'],
    ['Comment', 'agent'],
    ['Correspond', 'agent'],
    ['Correspond', 'alice'],
  ]);

  // RT is gone: what is known is shown, and said to be of then; what is typed stays.
  await rt.kill();
  await page.reload();
  await messageIn(page, 'The red one.').waitFor();
  await portalOf(page)
    .getByText(/^As of .*does not answer right now/)
    .first()
    .waitFor();
  await reply(page, 'Are you there?');
  await portalOf(page).getByRole('alert').waitFor({ timeout: 30_000 });
  expect(await page.getByRole('textbox', { name: english.reply }).inputValue()).toBe('Are you there?');

  // RT is back: sent again, it is there once.
  await rt.restart();
  await expect
    .poll(
      async () => {
        if ((await messageIn(page, 'Are you there?').count()) > 0) return true;
        // While one is on its way the button says so.
        const send = portalOf(page).getByRole('button', { name: 'Try again' });
        if ((await send.count()) > 0) await send.click();
        return false;
      },
      { timeout: 40_000, interval: 1_000 },
    )
    .toBe(true);
  const said = (await rt.desk.readTicket(printer)).messages.flatMap(({ bodies: parts }) =>
    parts.map(({ content }) => content.trim()),
  );
  expect(said.filter((text) => text === 'Are you there?')).toHaveLength(1);

  // A ticket of their own, from the form to RT.
  await page.goto('/demo/kb.html?ticket=new');
  await page.getByRole('textbox', { name: 'Subject' }).fill('Second printer');
  await page.getByRole('textbox', { name: 'How can we help?' }).fill('It smokes.');
  await portalOf(page).getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('link', { name: 'Open the ticket' }).click();
  await messageIn(page, 'It smokes.').waitFor();
  await page.goto('/demo/kb.html');
  expect(await subjectsIn(page)).toEqual(['Second printer', 'Printer on fire']);

  const everything = (await Promise.all(bodies)).join('\n');
  expect(everything).toContain('Which model is it?');
  expect(everything).not.toContain(secret);
  expect(await page.content()).not.toContain(secret);
  await context.close();
});
