import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database, Param } from '../../../src/server/database.js';
import { type Command, type Config, readConfig } from '../../../src/server/node/config.js';
import { readKept } from '../../../src/server/node/data-folder.js';
import { openEmbeddedDatabase } from '../../../src/server/node/database/open-database.js';
import { seedWorld } from '../../../src/server/node/demo/seed-world.js';
import { createFileStore } from '../../../src/server/node/files.js';
import { createSanitise } from '../../../src/server/node/sanitise.js';
import { demoWorld } from '../../../src/world/demo-world.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';

/** A folder for all tests of a file; `remove` it when they are over. */
export function workFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'portico-backup-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const configOf = (command: Command, env: Record<string, string>): Config => readConfig(command, env, '/nowhere');

let statements = 0;
export async function run<Row>(database: Database, account: number, text: string, params: readonly Param[] = []) {
  const statement = { name: `test.${statements++}`, text };
  const [rows] = await database.batch({ role: 'staff', account }, [{ statement, params }]);
  return rows as Row[];
}

/** Two accounts with people, tickets, files and secrets, and values that are easily lost on the way. */
export async function seedFolder(folder: string): Promise<void> {
  await makeMigratedFolder(folder, 'live');
  const database = await openEmbeddedDatabase({ folder });
  const files = createFileStore(join(folder, 'files'));
  let id = 0;
  const deps = {
    database,
    files,
    sanitise: createSanitise(),
    hasher: { hash: async (text: string) => `plain:${text}`, verify: async () => false },
    clock: () => new Date('2026-11-22T10:00:00.123Z'),
    newId: () => `file-${++id}`,
  };
  await seedWorld(deps, demoWorld);
  // An address is one person of staff on the whole server.
  const staff = demoWorld.staff.map(({ id, name }) => ({ id, name }));
  await seedWorld(deps, { ...demoWorld, staff, account: 'other', portal: { ...demoWorld.portal, slug: 'other' } });
  await run(
    database,
    1,
    `INSERT INTO contacts (account_id, public_id, email, name, locale, properties) VALUES
      (1, 'odd', 'odd@example.com', $1, '', 'null'), (1, 'odder', 'odder@example.com', '', 'en', $2)`,
    [
      '"quoted" \\ back\n\r\t\u0001 zażółć 👩‍👩‍👧 \u2028 \\x00 NULL',
      '{"a": null, "n": 1e400, "deep": [[1.10, "\\u0000x"]]}'.replace('\\u0000', '\\u0001'),
    ],
  );
  await run(database, 1, 'UPDATE accounts SET next_number = 9223372036854775807 WHERE account_id = 1');
  await run(database, 2, 'UPDATE portals SET origins = $1 WHERE account_id = 2', [['a b', 'c"d', 'e\\f', '', 'NULL']]);
  await run(
    database,
    1,
    `INSERT INTO sessions (account_id, token_hash, portal_id, contact_id, method, created_at, last_seen_at, idle_until, absolute_until)
      SELECT 1, '\\x00ff0a5c', p.id, c.id, 'password', '2026-01-01 00:00:00.001+00', 'infinity', '0001-01-01 BC', '-infinity'
      FROM portals p, contacts c WHERE c.public_id = 'odd'`,
  );
  // One file of several pieces, one of none, and one that has gone.
  await files.put(1, 'file-1', Buffer.alloc(600_000, 'portico'));
  await files.put(1, 'file-2', new Uint8Array());
  await files.remove(2, `file-${id}`);
  readKept(configOf('start', { PORTICO_DATA: folder }));
  await database.close();
}

export const readLines = (file: string): string[] =>
  gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');

/** All rows with their tables, in an order of their own: databases sort text differently. */
export function rowsOf(file: string): string[] {
  let table = '';
  return readLines(file)
    .slice(1, -1)
    .flatMap((line) => {
      if (line.startsWith('[')) return `${table} ${JSON.stringify(JSON.parse(line))}`;
      table = line;
      return [];
    })
    .toSorted();
}

/** Writes another backup with these lines changed; its end fits them, unless it is to stay as it was. */
export function forge(file: string, change: (lines: string[]) => string[], end: 'fitting' | 'old' = 'fitting'): string {
  const before = readLines(file);
  const lines = change(before.slice(0, -1));
  const text = `${lines.join('\n')}\n`;
  const rows = lines.filter((line) => line.startsWith('[')).length;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const last = end === 'old' ? before.at(-1) : JSON.stringify({ end: { rows, missing: 0 }, sha256 });
  const forged = `${file}.forged`;
  writeFileSync(forged, gzipSync(`${text}${last}\n`));
  return forged;
}

/** What a restore switches off or takes away for a while. */
export const switches = `SELECT c.relname::text AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
    ARRAY(SELECT t.tgname::text || t.tgenabled::text FROM pg_trigger t
      WHERE t.tgrelid = c.oid AND NOT t.tgisinternal ORDER BY t.tgname) AS triggers,
    ARRAY(SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i WHERE i.indrelid = c.oid ORDER BY 1) AS indexes
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY name`;
