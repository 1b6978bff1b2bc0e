import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type ForeignPage, pageWith, startForeignPage } from './foreign-page.js';
import { english } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;
let own: ForeignPage;

beforeAll(async () => {
  [server, browser, own] = await Promise.all([startDemo(), launchBrowser(), startForeignPage()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await own?.stop();
});

test('what is pasted into a page elsewhere is refused there, asks here, and works once it is allowed', async () => {
  const { page: owner, context, watch } = await visit(browser, server.origin);
  await owner.goto('/');
  await owner.getByRole('link', { name: 'a page of yours' }).click();
  own.show(pageWith(await owner.getByText('<customer-portal>').innerText()));
  await owner.getByText('None is waiting').waitFor();

  const { page: foreign, context: elsewhere } = await visit(browser, own.origin);
  await foreign.goto('/');
  await foreign.getByText('The support portal is not set up on this page yet.').waitFor();

  await owner.getByText(`${own.origin} asked`).waitFor();
  await owner.getByRole('button', { name: 'Allow' }).click();
  await owner.getByText(`${own.origin} is allowed now. Reload it.`).waitFor();
  await owner.getByText('None is waiting').waitFor();
  await foreign.reload();
  await foreign.getByRole('textbox', { name: english.email }).waitFor();
  expect(watch.complaints).toEqual([]);
  await Promise.all([context.close(), elsewhere.close()]);
});
