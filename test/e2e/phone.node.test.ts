import { devices, type Locator, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { passwordField, polish } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();

const { defaultBrowserType: _, ...phone } = devices['Pixel 7']!;
/** What Chromium's developer tools call Slow 3G; bytes and milliseconds. */
const slow3G = { latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
/** Milliseconds from one tunnel to the next, and in each. */
const open = 10_000;
const tunnel = 1500;

/** From now on the page is on a train: on Slow 3G, and every ten seconds without any. */
async function boardTrain(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const emulate = (offline: boolean) => devtools.send('Network.emulateNetworkConditions', { offline, ...slow3G });
  await devtools.send('Network.enable');
  await emulate(false);
  let inTunnel = false;
  let timer: NodeJS.Timeout;
  const ride = () => {
    timer = setTimeout(
      async () => {
        inTunnel = !inTunnel;
        await emulate(inTunnel).catch(() => {});
        ride();
      },
      inTunnel ? tunnel : open,
    );
  };
  ride();
  onTestFinished(() => clearTimeout(timer));
}

/** Looks every ten seconds whether it has come, as anybody would, and taps `again` where the page says that something failed. */
async function patiently(page: Page, target: Locator, again = page.getByRole('button', { name: 'Spróbuj ponownie' })) {
  const trouble = page.getByRole('alert').filter({ hasText: /\S/ }).first();
  for (let looks = 0; looks < 12; looks++) {
    // What it was for may come before the finger does.
    if ((await trouble.isVisible()) && (await again.first().isVisible()))
      await again
        .first()
        .tap({ timeout: 2000 })
        .catch(() => {});
    const hasCome = await target
      .first()
      .waitFor({ timeout: 10_000 })
      .then(
        () => true,
        () => false,
      );
    if (hasCome) return;
  }
  throw new Error('It did not come in two minutes.');
}

test('a customer on a train signs in, reads, answers, asks and signs out, in Polish', {
  timeout: 300_000,
}, async () => {
  const { page, context } = await visit(demo.browser, demo.server.origin, { ...phone, locale: 'pl-PL' });
  await page.goto('/demo/kb.html?lang=pl');
  await boardTrain(page);

  const signIn = page.getByRole('button', { name: polish.signIn, exact: true });
  await patiently(page, signIn);
  await page.getByRole('textbox', { name: polish.email }).fill('carol@globex.example');
  await passwordField(page, polish).fill('portico-demo-2026');
  await signIn.tap();
  const invoice = page.getByRole('link', { name: 'Ostatnia faktura bez numeru zamówienia' });
  await patiently(page, invoice, signIn);

  await invoice.tap();
  const reply = page.getByRole('textbox', { name: polish.reply });
  await patiently(page, reply);
  await reply.tap();
  await page.keyboard.type('Tak, proszę dodawać go zawsze. Piszę z pociągu.');
  await page.getByRole('button', { name: polish.sendReply }).tap();
  const sent = page.getByRole('article').filter({ hasText: 'Piszę z pociągu.' });
  await patiently(page, sent);
  expect(await sent.count()).toBe(1);
  expect(await reply.inputValue()).toBe('');

  await page.getByRole('link', { name: 'Zgłoszenia', exact: true }).tap();
  const write = page.getByRole('link', { name: 'Napisz do nas' });
  await patiently(page, write);
  await write.tap();
  const subject = page.getByRole('textbox', { name: 'Temat' });
  await patiently(page, subject);
  await subject.fill('Nowy adres biura');
  await page.getByRole('textbox', { name: 'W czym możemy pomóc?' }).fill('Od stycznia pracujemy przy ulicy Długiej.');
  await page.getByRole('button', { name: 'Wyślij', exact: true }).tap();
  const openIt = page.getByRole('link', { name: 'Otwórz' });
  await patiently(page, openIt);
  await openIt.tap();
  const asked = page.getByRole('article').filter({ hasText: 'przy ulicy Długiej' });
  await patiently(page, asked);
  expect(await asked.count()).toBe(1);

  const signOut = page.getByRole('button', { name: polish.signOut });
  await signOut.tap();
  await patiently(page, signIn, signOut);
  await context.close();
});

test('what is written, and its button, stay above the keyboard', async () => {
  const { page, context } = await visit(demo.browser, demo.server.origin, { ...phone, locale: 'pl-PL' });
  await page.goto('/demo/kb.html?lang=pl');
  await page.getByRole('textbox', { name: polish.email }).fill('carol@globex.example');
  await passwordField(page, polish).fill('portico-demo-2026');
  await page.getByRole('button', { name: polish.signIn, exact: true }).tap();
  await page.getByRole('link', { name: 'Ostatnia faktura bez numeru zamówienia' }).tap();
  const reply = page.getByRole('textbox', { name: polish.reply });
  await reply.tap();
  await page.keyboard.type('Piszę i piszę.\n'.repeat(30));
  // The keyboard takes the lower part of the screen.
  await page.setViewportSize({ width: phone.viewport.width, height: 460 });
  const send = page.getByRole('button', { name: polish.sendReply });
  for (const seen of [reply, send]) {
    await expect
      .poll(async () => {
        const { y = -1, height = 0 } = (await seen.boundingBox()) ?? {};
        return y >= 0 && y + height <= 460;
      })
      .toBe(true);
  }
  await context.close();
});
