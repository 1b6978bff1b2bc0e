import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { FileStore } from '../../../../src/server/deps.js';
import { createMemoryFiles } from '../../../../src/server/files/memory-files.js';
import { resetTables, resetWorld } from '../../../../src/server/node/demo/reset-world.js';
import { seedWorld } from '../../../../src/server/node/demo/seed-world.js';
import { createSanitise } from '../../../../src/server/node/sanitise.js';
import { demoWorld } from '../../../../src/world/demo-world.js';
import { type TestDatabase, openTestDatabase } from '../../../support/database.js';

const now = new Date('2026-11-22T10:00:00.000Z');
const world = { ...demoWorld, tickets: demoWorld.tickets.slice(0, 12) };
const other = {
  ...world,
  account: 'another',
  portal: { ...world.portal, slug: 'another' },
  // An address is one person of staff on the whole server.
  staff: world.staff.map(({ id, name }) => ({ id, name })),
};

let database: TestDatabase;
let ids: number;
/** Keys of stored files. */
let stored: Set<string>;
let files: FileStore;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  ids = 0;
  stored = new Set();
  const memory = createMemoryFiles();
  files = {
    ...memory,
    put: (account, key, bytes) => (stored.add(key), memory.put(account, key, bytes)),
    remove: (account, key) => (stored.delete(key), memory.remove(account, key)),
  };
});

const deps = () => ({
  database,
  files,
  sanitise: createSanitise(),
  hasher: { hash: async (text: string) => text, verify: async () => false },
  clock: () => now,
  newId: () => `key-${++ids}`,
});

const tables = async (): Promise<string[]> =>
  (
    await database.asSuperuser<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'account_id' ORDER BY 1`,
    )
  ).map(({ name }) => name);

/** Every row of an account, but for ids that are given anew. */
async function rowsOf(account: string): Promise<Record<string, string[]>> {
  const [found] = await database.asSuperuser<{ id: number }>(
    `SELECT account_id AS id FROM accounts WHERE public_id = '${account}'`,
  );
  const all: Record<string, string[]> = {};
  for (const table of await tables()) {
    const rows = await database.asSuperuser<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE account_id = ${found?.id}`,
    );
    all[table] = rows
      .map(({ row }) =>
        Object.entries(row).filter(([name]) => !/^id$|_id$|^file_key$|^parties$|^companies$/.test(name)),
      )
      .map((row) => JSON.stringify(row))
      .toSorted();
  }
  return all;
}

const visit = `
  UPDATE tickets SET subject = 'Changed', status = 'closed';
  UPDATE portals SET permission = '{"kind":"company"}', origins = '{https://docs.acme.example}';
  UPDATE domains SET locale = 'pl';
  INSERT INTO domains (account_id, kind, host, locale)
    SELECT account_id, 'connected', 'help.' || account_id || '.example', 'en' FROM accounts;
  UPDATE portals SET is_open = false, host = 'help.' || account_id || '.example';
  INSERT INTO seen_pages (account_id, portal_id, url, seen_at)
    SELECT account_id, id, 'https://docs.acme.example/', now() FROM portals;
  UPDATE accounts SET next_number = next_number + 7;
  UPDATE contacts SET enabled = false WHERE email = 'alice@acme.example';
  DELETE FROM read_marks;
  INSERT INTO sessions (account_id, token_hash, portal_id, contact_id, method, created_at, last_seen_at, idle_until, absolute_until)
    SELECT c.account_id, decode(md5(c.public_id), 'hex'), p.id, c.id, 'password', now(), now(), now(), now()
    FROM contacts c JOIN portals p ON p.account_id = c.account_id;
  INSERT INTO staff_sessions (account_id, token_hash, staff_id, created_at, last_seen_at, idle_until, absolute_until)
    SELECT account_id, decode(md5(public_id), 'hex'), id, now(), now(), now(), now() FROM staff;
  INSERT INTO staff_links (token_hash, account_id, staff_id, created_at, expires_at)
    SELECT decode(md5(account_id || public_id), 'hex'), account_id, id, now(), now() FROM staff;
  UPDATE staff SET role = 'agent', enabled = false;
  DELETE FROM staff_credentials;
  INSERT INTO uploads (account_id, public_id, contact_id, name, type, size, file_key, created_at)
    SELECT account_id, 'upload-' || id, id, 'a.txt', 'text/plain', 1, 'uploaded-' || id, now() FROM contacts;
`;

test('takes back whatever was done, and leaves other worlds alone', async () => {
  await seedWorld(deps(), world);
  await seedWorld(deps(), other);
  const before = await rowsOf(world.account);
  const files = stored.size;
  await database.asSuperuser(`DO $$ BEGIN ${visit} END $$`);
  const changed = await rowsOf(other.account);
  expect(await rowsOf(world.account)).not.toEqual(before);

  await resetWorld(deps(), world);
  expect(await rowsOf(world.account)).toEqual(before);
  expect(await rowsOf(other.account)).toEqual(changed);
  // The files of the world that was are gone, and those of the new one are there.
  expect(stored.size).toBe(files);
  const missing = await database.asSuperuser<{ file_key: string }>('SELECT file_key FROM attachments');
  expect(missing.filter(({ file_key }) => !stored.has(file_key))).toEqual([]);
});

test('empties every table that belongs to an account but its own row and its audit log', async () => {
  expect([...resetTables].toSorted()).toEqual((await tables()).filter((name) => !/^(accounts|audit_log)$/.test(name)));
});

test('changes nothing when it fails half-way, and leaves no file behind', async () => {
  await seedWorld(deps(), world);
  const [before, files] = [await rowsOf(world.account), [...stored]];
  const broken = { ...world, tickets: world.tickets.map((ticket) => ({ ...ticket, number: 1 })) };
  await expect(resetWorld(deps(), broken)).rejects.toThrow();
  expect(await rowsOf(world.account)).toEqual(before);
  expect([...stored]).toEqual(files);
});

test('refuses a world that was never written', async () => {
  await expect(resetWorld(deps(), world)).rejects.toThrow('There is no world "tarnfield"');
});
