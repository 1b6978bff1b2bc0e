import { expect, test } from 'vitest';

import { openInPage } from '../../demo/scripts/eyes/in-page.js';
import { type Asked, prove } from '../../demo/scripts/eyes/proof.js';
import { permissions, readPermission, type Scene, type Viewpoint } from '../../demo/scripts/eyes/scene.js';
import { BackendError } from '../../src/index.js';
import { publicIdOf } from '../../src/world/public-id.js';

const open = (): Promise<Scene> => openInPage(null, () => 'en');

const badOf = (asked: readonly Asked[]) =>
  asked
    .filter(({ verdict }) => verdict !== 'right')
    .map(({ who, kind, about, verdict }) => [who, kind, about, verdict]);

test('under every permission the backend answers as the rule of the page says', async () => {
  const { views, desk, setPermission } = await open();
  for (const permission of permissions) {
    await setPermission(permission);
    expect(await readPermission(views)).toBe(permission);
    const asked = await prove(views, desk, permission);
    expect(badOf(asked), permission).toEqual([]);
    // Three people, 67 tickets in three ways, 15 files, three lists and three things that never were.
    expect(asked.length).toBe(3 * (67 * 3 + 15 + 3 + 3));
  }
});

test('a rule that does not hold shows: each permission breaks the answers of the others', async () => {
  const { views, desk, setPermission } = await open();
  await setPermission('company');
  const asked = await prove(views, desk, 'company-if');
  expect(new Set(badOf(asked).map(([who, , , verdict]) => `${who} ${verdict}`))).toEqual(new Set(['alice leak']));
  await setPermission('own');
  const less = await prove(views, desk, 'company-if');
  expect(new Set(badOf(less).map(([who, , , verdict]) => `${who} ${verdict}`))).toEqual(
    new Set(['bob wrong', 'carol wrong']),
  );
});

/** Alice's view over a backend that gets one thing wrong. */
async function badWith(
  change: (alice: Viewpoint['backend'], bob: Viewpoint['backend']) => Partial<Viewpoint['backend']>,
) {
  const { views, desk } = await open();
  const [alice, bob] = views;
  if (!alice || !bob) throw new Error('nobody is there');
  const broken = { ...alice, backend: { ...alice.backend, ...change(alice.backend, bob.backend) } };
  return badOf(await prove([broken], desk, 'company-if'));
}

const priyas = publicIdOf('ticket', 't-1061');
const own = publicIdOf('ticket', 't-1058');

test('a ticket, a thread, a file or a list that says too much is a leak', async () => {
  expect(await badWith((_, bob) => ({ getTicket: (id) => bob.getTicket(id) }))).toContainEqual([
    'alice',
    'ticket',
    '#1061',
    'leak',
  ]);
  expect(await badWith((_, bob) => ({ listMessages: (id, query) => bob.listMessages(id, query) }))).toContainEqual([
    'alice',
    'messages',
    '#1061',
    'leak',
  ]);
  expect(await badWith((_, bob) => ({ listTickets: (query) => bob.listTickets(query) }))).toEqual(
    expect.arrayContaining([
      ['alice', 'list', 'all', 'leak'],
      ['alice', 'search', '#1061', 'leak'],
    ]),
  );
  const files = await badWith(() => ({ download: async () => new Blob(['x']) }));
  expect(files.filter(([, kind, , verdict]) => kind === 'file' && verdict === 'leak').length).toBe(10);
});

test('an internal note in a thread is a leak', async () => {
  const bad = await badWith((alice) => ({
    async listMessages(id, query) {
      const page = await alice.listMessages(id, query);
      const [first] = page.items;
      return id === own && first ? { ...page, items: [...page.items, { ...first, id: 'a-note' }] } : page;
    },
  }));
  expect(bad).toEqual([['alice', 'messages', '#1058', 'leak']]);
});

test('a refusal that differs from that of a ticket which never was is a leak', async () => {
  const bad = await badWith((alice) => ({
    async getTicket(id) {
      if (id === priyas) throw new BackendError('forbidden');
      return alice.getTicket(id);
    },
  }));
  expect(bad).toEqual([['alice', 'ticket', '#1061', 'leak']]);
});

test('an answer that says too little is wrong, and no leak', async () => {
  const bad = await badWith((alice) => ({
    listTickets: async (query) => ({ ...(await alice.listTickets({ ...query, limit: 2 })), nextCursor: null }),
  }));
  expect(bad.length).toBeGreaterThan(0);
  expect(new Set(bad.map(([, , , verdict]) => verdict))).toEqual(new Set(['wrong']));
});
