import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readSharedKept } from '../../src/server/node/data-folder.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.reset());
afterAll(() => database.close());

const nothingSet = { secret: null, adminToken: null };
const stored = () => database.asSuperuser<{ name: string }>('SELECT name FROM server_settings ORDER BY name');

test('servers that start at the same moment agree on secrets, and one of them shows the new token', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => readSharedKept(nothingSet, database)));
  const [first] = all;
  expect(first?.secret).toHaveLength(32);
  expect(first?.adminToken).toMatch(/^[\w-]{43}$/);
  for (const kept of all) {
    expect([kept.adminToken, [...kept.secret]]).toEqual([first?.adminToken, [...(first?.secret ?? [])]]);
  }
  const shown = all.flatMap(({ newToken }) => newToken ?? []);
  expect(shown).toEqual([`${first?.adminToken} (made just now, and shown this once)`]);
  expect((await readSharedKept(nothingSet, database)).newToken).toBeNull();
});

test('what is set is neither made nor kept', async () => {
  const secret = new Uint8Array(32).fill(1);
  expect(await readSharedKept({ secret, adminToken: 'given' }, database)).toEqual({
    secret,
    adminToken: 'given',
    newToken: null,
  });
  expect(await stored()).toEqual([]);
  await readSharedKept({ secret, adminToken: null }, database);
  expect(await stored()).toEqual([{ name: 'admin-token' }]);
});

test("a visitor's transaction cannot read the secrets, and nobody can change them", async () => {
  await readSharedKept(nothingSet, database);
  const ask = (role: 'app' | 'staff', name: string, text: string) =>
    database.batch({ role, account: 1 }, [{ statement: { name, text } }]);
  await expect(ask('app', 'settings.test_read', 'SELECT value FROM server_settings')).rejects.toMatchObject({
    code: '42501',
  });
  await expect(ask('staff', 'settings.test_change', "UPDATE server_settings SET value = ''")).rejects.toMatchObject({
    code: '42501',
  });
});
