import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { startCuttingProxy } from '../support/cutting-proxy.js';
import { english, messageIn, signIn } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const held = useDemo();
const hub = 'Hub on the 3rd floor drops offline every night';
const log = {
  name: 'zażółć „hub”.log',
  mimeType: 'text/plain',
  buffer: Buffer.from('02:10 link down (eth0)\n'.repeat(30_000)),
};
const point = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = { name: 'Amber ring.png', mimeType: 'image/png', buffer: Buffer.from(point, 'base64') };
const fake = { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') };

type Chosen = typeof log;

/** Chooses files as a person does: by the button, in the browser's own dialog. */
async function choose(page: Page, ...files: readonly Chosen[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add files' }).click(),
  ]);
  await chooser.setFiles([...files]);
}

const files = (page: Page) => page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

test('a customer adds files to a reply, finds them in the thread, and gets them back as they were', {
  timeout: 90_000,
}, async () => {
  const { page, context, watch } = await visit(held.browser, held.server.origin);
  await page.goto('/demo/kb.html');
  await signIn(page, 'alice@acme.example');
  await page.getByRole('link', { name: hub }).click();

  // On a slow line one sees how far it is.
  const cdp = await context.newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 150_000 };
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', slow);
  await choose(page, log, picture);
  const progress = page.getByRole('progressbar', { name: `${log.name} is on its way` });
  await expect
    .poll(() => progress.evaluate(({ value, max }: HTMLProgressElement) => value > 0 && value < max), {
      timeout: 30_000,
    })
    .toBe(true);
  await cdp.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });

  // What is written goes when the files are there, with both of them.
  await page.getByRole('textbox', { name: english.reply }).fill('The log of last night, and a picture of the ring.');
  await page.getByRole('button', { name: /^(Send reply|Waiting for files …)$/ }).click();
  const message = messageIn(page, 'The log of last night');
  await message.waitFor();
  expect(await files(page).count()).toBe(0);
  const sent = await message.getByRole('list', { name: 'Files' }).getByRole('button').allInnerTexts();
  expect(sent.map((text) => text.replace(/\s+/g, ' '))).toEqual([`${log.name} (690 kB)`, `${picture.name} (70 bytes)`]);

  // They are there after a reload, for her colleagues, and as they were.
  await page.reload();
  for (const file of [log, picture]) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      message.getByRole('button', { name: file.name }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(file.name);
    expect((await bytesOf(download)).equals(file.buffer)).toBe(true);
  }
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('a customer hears what is wrong with a file, sends the ticket with another one, and keeps every word', {
  timeout: 90_000,
}, async () => {
  const { page, context } = await visit(held.browser, held.server.origin);
  await page.goto('/help/?ticket=new');
  await signIn(page, 'dave@example.com');
  await page.getByRole('textbox', { name: 'Subject' }).fill('A photo of the display');
  await page.getByRole('textbox', { name: 'How can we help?' }).fill('It stays dark.');
  await choose(page, fake, { ...log, name: 'page.html' });
  await files(page).filter({ hasText: 'Its content is not what its name says.' }).waitFor();
  await files(page).filter({ hasText: 'This kind of file is not accepted. Pack it into a ZIP file.' }).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: 'Remove photo.png' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove page.html' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await choose(page, picture);
  await page.getByRole('button', { name: 'Remove Amber ring.png' }).waitFor();

  // What is there is there after a reload, with the words.
  await page.reload();
  await page.getByRole('button', { name: 'Remove Amber ring.png' }).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('link', { name: 'Open the ticket' }).click();
  await page.getByText('It stays dark.').waitFor();
  await page.getByRole('button', { name: 'Amber ring.png (70 bytes)' }).waitFor();
  await context.close();
});

test('a file goes on from where it was when the line drops in the middle of it, and arrives whole', {
  timeout: 90_000,
}, async () => {
  const line = await startCuttingProxy(held.server.origin);
  onTestFinished(() => line.close());
  const large = {
    ...log,
    name: 'all of last week.log',
    buffer: Buffer.from('02:10 link down (eth0)\n'.repeat(350_000)),
  };
  const size = large.buffer.length;
  const { page, context } = await visit(held.browser, line.origin);
  await page.goto('/demo/kb.html');
  await signIn(page, 'alice@acme.example');
  await page.getByRole('link', { name: hub }).click();
  await page.getByRole('button', { name: 'Add files' }).waitFor();

  const before = line.sent;
  line.cutAfter(size * 0.7);
  await choose(page, large);
  await page.getByRole('button', { name: `Remove ${large.name}` }).waitFor();
  expect(line.cuts).toBe(1);
  expect(line.sent - before).toBeGreaterThan(size);
  // Of what was there already nothing came again, but for a piece or two.
  expect(line.sent - before).toBeLessThan(size * 1.5);

  await page.getByRole('textbox', { name: english.reply }).fill('All of last week, from a train.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  const message = messageIn(page, 'All of last week');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    message.getByRole('button', { name: large.name }).click(),
  ]);
  expect((await bytesOf(download)).equals(large.buffer)).toBe(true);
  await context.close();
});
