import { expect, test } from 'vitest';

import { useSignIn } from './sign-in/sign-in-fixture.js';

const fixture = useSignIn();
const docs = 'https://docs.acme.example';

const ask = (origin: string, method = 'GET', path = '/session') =>
  fixture.visitor().request(method, path, { headers: { 'x-test-origin': origin } });
const waiting = async () =>
  (await (await fixture.admin('GET', '/portals/help/origins')).json()) as { items: unknown[] };
const decide = (origin: string, decision: string) =>
  fixture.admin('POST', '/portals/help/origins', { origin, decision });

test('the owner hears which pages ask in vain, how often, and lets one in by a word', async () => {
  for (let at = 0; at < 3; at++) expect((await ask(docs)).status).toBe(403);
  await ask('https://other.example', 'OPTIONS');
  expect(await waiting()).toEqual({
    items: [
      { origin: docs, asked: 3, lastAt: '2026-11-01T09:00:00.000Z' },
      { origin: 'https://other.example', asked: 1, lastAt: '2026-11-01T09:00:00.000Z' },
    ],
  });
  expect((await decide(docs, 'allow')).status).toBe(204);
  expect((await ask(docs)).status).toBe(200);
  expect((await decide('https://other.example', 'ignore')).status).toBe(204);
  await ask('https://other.example');
  expect(await waiting()).toEqual({ items: [] });
  expect((await ask('https://other.example')).status).toBe(403);
});

test('what asks besides, and what is no page, is not counted', async () => {
  await ask(docs, 'GET', '/portal');
  for (const origin of ['null', 'file://', 'https://DOCS.acme.example', `https://${'a'.repeat(300)}.example`, 'x'])
    await ask(origin);
  expect(await waiting()).toEqual({ items: [] });
});

test('a page that has not asked is not decided on', async () => {
  expect((await decide(docs, 'allow')).status).toBe(404);
  expect((await ask(docs)).status).toBe(403);
});

test('whoever asks without end neither fills the list nor makes the database write', async () => {
  for (let page = 0; page < 130; page++) {
    if (page % 20 === 0) fixture.pass(60_000);
    await ask(`https://page${page}.example`);
  }
  expect((await waiting()).items).toHaveLength(100);
  for (let at = 0; at < 30; at++) await ask('https://page0.example');
  const [page0] = (await waiting()).items.filter(
    (item) => (item as { origin: string }).origin === 'https://page0.example',
  );
  expect(page0).toMatchObject({ asked: 11 });
});
