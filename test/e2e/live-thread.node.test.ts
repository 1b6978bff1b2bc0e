import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { publicIdOf } from '../../src/world/public-id.js';
import { english, messageIn, signIn } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();
/** Of Alice; Bob manages her company. */
const ticket = publicIdOf('ticket', 't-1058');

async function openTicket(who: string): Promise<Page> {
  const { page } = await visit(demo.browser, demo.server.origin);
  await page.goto(`/demo/kb.html?ticket=${ticket}`);
  await signIn(page, `${who}@acme.example`);
  await page.getByRole('textbox', { name: english.reply }).waitFor();
  return page;
}

/** What support does in its own tools. */
async function asSupport(path: string, body: object): Promise<void> {
  const { origin } = demo.server;
  const headers = { 'x-portal-client': 'test/1', origin };
  const issued = await fetch(`${origin}/demo/api/v1/staff-token`, { method: 'POST', headers });
  const { token } = (await issued.json()) as { token: string };
  const authorization = `Bearer ${token}`;
  const response = await fetch(`${origin}/staff/api/v1/tickets/${ticket}/${path}`, {
    method: 'POST',
    headers: { ...headers, authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
}

test('what is written appears in a colleague’s open page by itself, and an internal note never', {
  timeout: 180_000,
}, async () => {
  const [alice, bob] = await Promise.all([openTicket('alice'), openTicket('bob')]);
  const milliseconds: number[] = [];
  for (let reply = 1; reply <= 5; reply++) {
    await alice.getByRole('textbox', { name: english.reply }).fill(`Reply ${reply} of Alice.`);
    const arrived = alice.waitForResponse(
      (one) => one.url().endsWith('/messages') && one.request().method() === 'POST',
    );
    await alice.getByRole('button', { name: english.sendReply }).click();
    const sent = await arrived.then(() => performance.now());
    await messageIn(bob, `Reply ${reply} of Alice.`).waitFor();
    milliseconds.push(Math.round(performance.now() - sent));
    await expect.poll(() => alice.getByRole('textbox', { name: english.reply }).inputValue()).toBe('');
  }
  console.log(`a colleague’s page showed a reply after ${milliseconds.join(', ')} ms`);

  await asSupport('notes', { body: 'Between us: the hub is out of warranty.' });
  // What comes after the note is there, so the note would be as well.
  await asSupport('messages', { body: 'We send you a new hub.' });
  for (const page of [alice, bob]) {
    await messageIn(page, 'We send you a new hub.').waitFor();
    expect(await page.content()).not.toContain('warranty');
    expect(await page.locator('ticket-detail').evaluate((detail) => detail.shadowRoot?.textContent)).not.toContain(
      'warranty',
    );
  }
  await Promise.all([alice.context().close(), bob.context().close()]);
});
