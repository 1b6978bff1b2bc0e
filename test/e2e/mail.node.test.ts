import { expect, test } from 'vitest';

import { publicIdOf } from '../../src/world/public-id.js';
import { messageIn, signIn } from './steps.js';
import { visit } from './support.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();

const chart = publicIdOf('ticket', 't-1046');

test('a mail is read as it was written, with its picture, and asks for nothing from elsewhere', async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto(`/demo/kb.html?ticket=${chart}`);
  await signIn(page, 'alice@acme.example');
  const mail = messageIn(page, 'Are those readings lost?');
  await mail.getByText('Thursday from 14:00 to 20:00', { exact: true }).waitFor();
  const picture = mail.getByRole('img', { name: 'A chart of temperatures with a hole in it' });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(120);
  await mail.getByRole('button', { name: 'Show pictures' }).waitFor();
  expect(await mail.getByRole('button', { name: 'chart-2nd-floor.png' }).count()).toBe(0);
  expect(await mail.getByRole('link', { name: 'Facilities (acme.example)' }).getAttribute('href')).toBe(
    'https://acme.example/facilities',
  );
  // Nothing complained of: no request to elsewhere, and nothing that the policy of the page forbids.
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('history below an answer is folded, and unfolds by key', async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin);
  await page.goto(`/demo/kb.html?ticket=${chart}`);
  await signIn(page, 'alice@acme.example');
  const answer = messageIn(page, 'Confirmed, the chart is whole again.');
  await answer.waitFor();
  const history = answer.getByText('what became of them');
  expect(await history.isVisible()).toBe(false);
  await answer.getByText('Earlier messages below this one').focus();
  await page.keyboard.press('Enter');
  await history.waitFor();
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('the address of a message leads to it, also through the sign-in', async () => {
  const { page, context, watch } = await visit(demo.browser, demo.server.origin, {
    viewport: { width: 900, height: 800 },
  });
  await page.goto(`/demo/kb.html?ticket=${chart}`);
  await signIn(page, 'alice@acme.example');
  const answer = messageIn(page, 'Our side had a fault on Thursday');
  const address = await answer.getByRole('link').first().getAttribute('href');
  await context.clearCookies();
  await page.goto(address ?? '');
  await signIn(page, 'alice@acme.example');
  await answer.waitFor();
  await expect
    .poll(() => answer.evaluate((article) => article.closest('[data-message]')?.matches(':focus')))
    .toBe(true);
  // Another ticket has none of its messages.
  await page.getByRole('link', { name: 'All tickets' }).click();
  await page.getByRole('link', { name: 'Hub on the 3rd floor' }).click();
  await page.getByText('IT set a nightly restart last week').waitFor();
  expect(new URL(page.url()).search).not.toContain('message');
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test('a page whose policy lets us read no HTML shows the text of the mail', async () => {
  const { page, context } = await visit(demo.browser, demo.server.origin);
  await page.goto(`/demo/hostile/strict-policy.html?ticket=${chart}`);
  await signIn(page, 'alice@acme.example');
  await page.getByRole('article').filter({ hasText: '(see the picture). Are those readings lost?' }).waitFor();
  await page.getByRole('button', { name: 'chart-2nd-floor.png' }).waitFor();
  await context.close();
});
