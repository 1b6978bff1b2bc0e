import { expect, test } from 'vitest';

import { createStillDesk } from './desk/still-desk.js';
import { administrator, askAdmin } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld({ still: createStillDesk });

const still = (settings: object = {}) => ({ kind: 'still', settings, secret: { password: 'a-very-secret-word' } });

/** As if the account had never had a ticket of the built-in desk. */
const emptyOut = () => small.database.asSuperuser('UPDATE tickets SET desk_ref = id::text, deleted_at = now()');

test('a desk is asked before it is kept, and its secret is in no answer, log or table', async () => {
  await emptyOut();
  expect((await askAdmin(small, 'GET', '/desk')).status).toBe(404);
  const put = await askAdmin(small, 'PUT', '/desk', still({ queue: 'Support' }));
  expect(put.status).toBe(200);
  expect(put.body).toMatchObject({
    kind: 'still',
    settings: { queue: 'Support' },
    lag: 5,
    syncedAt: null,
    inboxes: [{ name: 'Support' }],
  });
  expect((await askAdmin(small, 'GET', '/desk')).body).toEqual(put.body);
  const audit = await askAdmin(small, 'GET', '/audit');
  expect(audit.body).toMatchObject({ items: [{ event: 'desk-changed', actor: { kind: 'admin' } }] });
  const kept = await small.database.asSuperuser<{ row: string }>('SELECT d::text AS row FROM desks d');
  for (const text of [JSON.stringify(put.body), JSON.stringify(audit.body), kept[0]!.row]) {
    expect(text).not.toContain('a-very-secret-word');
  }
});

test.each([
  ['a kind that nobody knows', { ...still(), kind: 'other' }, 400, { path: 'kind', code: 'unknown' }],
  ['a kind that every object has', { ...still(), kind: 'constructor' }, 400, { path: 'kind', code: 'unknown' }],
  ['settings that do not fit', still({ fails: 'misconfigured' }), 400, { path: 'settings', code: 'misconfigured' }],
  ['a desk that does not answer', still({ fails: 'unavailable' }), 503, undefined],
])('%s changes nothing', async (_, body, status, field) => {
  await emptyOut();
  const answer = await askAdmin(small, 'PUT', '/desk', body);
  expect(answer.status).toBe(status);
  if (field) expect(answer.body).toMatchObject({ fields: [field] });
  expect((await askAdmin(small, 'GET', '/desk')).status).toBe(404);
});

test('where the built-in desk has tickets, no other takes its place', async () => {
  expect((await askAdmin(small, 'PUT', '/desk', still())).status).toBe(409);
});

test('where another desk is, nobody answers here', async () => {
  const { world } = small;
  await small.database.asSuperuser('UPDATE tickets SET desk_ref = id::text');
  await askAdmin(small, 'PUT', '/desk', still());
  const visitor = small.fixture.visitor();
  const path = `/staff/api/v1/tickets/${world.tickets.ann}`;
  const ask = async (method: string, address: string, body: object) =>
    (await visitor.request(method, address, { body, headers: administrator })).status;
  expect(await ask('POST', `${path}/messages`, { body: 'Hi' })).toBe(403);
  expect(await ask('POST', `${path}/notes`, { body: 'psst' })).toBe(403);
  expect(await ask('PATCH', path, { status: 'closed' })).toBe(403);
});
