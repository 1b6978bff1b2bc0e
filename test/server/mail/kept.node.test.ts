import { afterAll, beforeAll, expect, test } from 'vitest';

import { createApp } from '../../../src/server/app.js';
import { createKeepingTransport } from '../../../src/server/mail/kept.js';
import { createDemoPages } from '../../../src/server/node/demo/pages.js';
import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import { base, createAppFixture } from '../app-fixture.js';
import { type MailWorld, createMailWorld, link, minute, seedPortal } from './mail-world.js';

let database: TestDatabase;
let portal: MailWorld['portal'];
beforeAll(async () => {
  database = await openTestDatabase();
  portal = await seedPortal(database);
});
afterAll(() => database.close());

const own = { 'x-test-site': 'same-origin', 'x-portal-client': 'portico-demo/1' };

/** The demo over the outbox, with the job that would send. */
async function startDemo(keeps = true) {
  const world = await createMailWorld(database, portal);
  const mail = world.start(keeps ? createKeepingTransport() : undefined);
  const app = createApp({ ...createAppFixture(database).deps, ...world.deps, mail });
  const ask = (headers: Record<string, string> = own) => app.request(`${base}/demo/api/v1/outbox`, { headers });
  const list = async () => (await (await ask()).json()) as { keeps: boolean; items: Record<string, string>[] };
  return { ...world, mail, ask, list };
}

test('the demo keeps what it would send, to be read on its page, the newest first', async () => {
  const { put, list, mail, pass, server, deps, rows } = await startDemo();
  expect(await list()).toEqual({ keeps: true, items: [] });
  await put();
  await put({ to: { email: 'nobody@example.com', name: null } }, false);
  pass(minute);
  await put({ to: { email: 'ola@example.com', name: null }, locale: 'pl' });
  mail.wake();
  await expect
    .poll(async () => (await rows()).map(({ outcome }) => outcome), { timeout: 10_000 })
    .toEqual(['sent', 'sent']);
  const { items } = await list();
  expect(items).toMatchObject([
    {
      to: 'ola@example.com',
      subject: 'Logowanie do portalu „Small Support”',
      language: 'pl',
      at: deps.clock().toISOString(),
      link,
    },
    { to: 'Ann <ann@example.com>', subject: 'Sign in to Small Support', language: 'en', link },
  ]);
  expect(items[0]!['text']).toContain('K7QM-3XN4');
  expect(items[0]!['html']).toContain('>K7QM-3XN4</p>');
  expect(server.begun).toBe(0);
  const table = await database.asSuperuser<{ row: string }>('SELECT mails::text AS row FROM mails');
  expect(JSON.stringify(table)).not.toMatch(/example|K7QM/);
});

test('where mail is really sent, the demo keeps nothing of it', async () => {
  const { put, list, mail, server } = await startDemo(false);
  await put();
  mail.wake();
  await expect.poll(() => server.received.length, { timeout: 30_000 }).toBe(1);
  expect(await list()).toEqual({ keeps: false, items: [] });
});

test('no other page reads it', async () => {
  const { ask } = await startDemo();
  expect((await ask()).status).toBe(200);
  for (const stranger of [
    { ...own, 'x-test-site': 'cross-site' },
    { ...own, 'x-test-site': 'same-site' },
    { 'x-portal-client': 'portico-demo/1' },
    { 'x-test-site': 'same-origin' },
    { ...own, 'x-test-origin': 'https://evil.example' },
    { ...own, 'x-test-origin': 'null' },
  ]) {
    expect((await ask(stranger as typeof own)).status, JSON.stringify(stranger)).toBe(403);
  }
  expect((await ask({ ...own, 'x-test-origin': base } as typeof own)).status).toBe(200);
});

test('the page that shows mails lets them have their styles, and nothing run', async () => {
  const pages = createDemoPages({ read: async () => ({ bytes: new Uint8Array(), type: 'text/html' }) });
  const policyOf = async (page: string) =>
    (await pages(new Request(`${base}/demo/${page}`)))!.headers.get('content-security-policy')!.split('; ');
  const [strict, outbox] = [await policyOf('index.html'), await policyOf('outbox.html')];
  expect(strict.filter((rule) => !outbox.includes(rule))).toEqual(['trusted-types lit-html dompurify']);
  expect(outbox.filter((rule) => !strict.includes(rule))).toEqual([
    'trusted-types outbox',
    "style-src 'self' 'unsafe-inline'",
  ]);
});
