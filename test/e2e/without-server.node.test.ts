import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { english, messageIn, ownSubjects, portalOf, signIn, subjectsIn } from './steps.js';
import { launchBrowser, startFileServer, visit } from './support.js';

let files: Awaited<ReturnType<typeof startFileServer>>;
let browser: Browser;

beforeAll(async () => {
  [files, browser] = await Promise.all([startFileServer(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await files?.stop();
});

test('the same help page works with no server at all', { timeout: 60_000 }, async () => {
  const { page, context, watch } = await visit(browser, files.origin);
  await page.goto('/?backend=demo');
  await page.getByRole('link', { name: 'See it in a knowledge base' }).click();
  await signIn(page, 'alice@acme.example');
  expect((await subjectsIn(page)).toSorted()).toEqual(ownSubjects('alice').toSorted());
  await page.getByRole('link', { name: 'Hub on the 3rd floor' }).click();
  await page.getByRole('textbox', { name: english.reply }).fill('We will wait for the weekend.');
  await page.getByRole('button', { name: english.sendReply }).click();
  const sent = messageIn(page, 'We will wait for the weekend.');
  await sent.waitFor();
  await page.reload();
  await sent.waitFor();

  await page.getByRole('link', { name: 'No', exact: true }).click();
  await page.getByRole('textbox', { name: 'Subject' }).fill('Without a server, too');
  await page.getByRole('textbox', { name: 'How can we help?' }).fill('It works.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('link', { name: 'Open the ticket' }).waitFor();
  expect(watch.requests.filter((request) => request.includes('/api/'))).toEqual([]);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the portal can be tried on, and its snippet seen, from a page that no server answers', async () => {
  const { page, context, watch } = await visit(browser, files.origin);
  await page.goto('/embed.html?backend=demo&signed-in=yes');
  await page.frameLocator('iframe').getByRole('link', { name: 'Hub on the 3rd floor' }).waitFor();
  await page.getByText('there is no server that another page could ask').waitFor();
  await page.evaluate(await page.locator('#console-line').innerText());
  await page.locator('main > customer-portal').getByRole('textbox', { name: english.email }).waitFor();
  expect(watch.requests.filter((request) => request.includes('/api/'))).toEqual([]);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('one click signs in without a server, and the front door says how to go on where none answers', async () => {
  const { page, context } = await visit(browser, files.origin);
  await page.goto('/');
  await page.getByRole('button', { name: 'Dave Turner' }).click();
  await page.getByRole('link', { name: 'Go on without one' }).click();
  await page.getByText('Needs the server.').first().waitFor();
  for (const name of ['Answer as support', 'Set up a portal'])
    expect(await page.getByRole('link', { name }).count()).toBe(0);
  await page.getByRole('button', { name: 'Dave Turner' }).click();
  await portalOf(page).getByText('Dave Turner').first().waitFor();
  expect((await subjectsIn(page)).toSorted()).toEqual(ownSubjects('dave').toSorted());
  await context.close();
});
