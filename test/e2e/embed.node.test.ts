import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { english } from './steps.js';
import { type DemoServer, launchBrowser, startDemo, visit } from './support.js';

let server: DemoServer;
let browser: Browser;
let own: Server;
let pasted = '';

beforeAll(async () => {
  own = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><html lang="en"><title>Our page</title><main>${pasted}</main></html>`);
  });
  own.listen(0, '127.0.0.1');
  [server, browser] = await Promise.all([startDemo(), launchBrowser(), once(own, 'listening')]);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
  own?.closeAllConnections();
  own?.close();
});

test('what is pasted into a page elsewhere is refused there, asks here, and works once it is allowed', async () => {
  const { page: owner, context, watch } = await visit(browser, server.origin);
  await owner.goto('/');
  await owner.getByRole('link', { name: 'a page of yours' }).click();
  pasted = await owner.getByText('<customer-portal>').innerText();
  await owner.getByText('None is waiting').waitFor();

  const address = `http://localhost:${(own.address() as AddressInfo).port}`;
  const { page: foreign, context: elsewhere } = await visit(browser, address);
  await foreign.goto('/');
  await foreign.getByText('The support portal is not set up on this page yet.').waitFor();

  await owner.getByText(`${address} asked`).waitFor();
  await owner.getByRole('button', { name: 'Allow' }).click();
  await owner.getByText(`${address} is allowed now. Reload it.`).waitFor();
  await owner.getByText('None is waiting').waitFor();
  await foreign.reload();
  await foreign.getByRole('textbox', { name: english.email }).waitFor();
  expect(watch.complaints).toEqual([]);
  await Promise.all([context.close(), elsewhere.close()]);
});
