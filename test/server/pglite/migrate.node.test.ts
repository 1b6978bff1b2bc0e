import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import type { PgliteSession } from '../../../src/server/pglite/pglite-session.js';
import { createPgliteSession } from '../../../src/server/pglite/pglite-session.js';
import { type Migration, MigrationError, checkMigrated, migrate, rolesOf } from '../../../src/server/sql/migrate.js';

const one: Migration = {
  name: '001-one.sql',
  sql: 'CREATE TABLE one (id bigint); GRANT SELECT ON one TO portico_app;',
};
const two: Migration = { name: '002-two.sql', sql: 'CREATE TABLE two (id bigint); INSERT INTO two VALUES (1);' };

let session: PgliteSession;
let count = 0;
const read = async (text: string) => (await session.run([{ statement: { name: `test.${count++}`, text } }]))[0];

beforeAll(async () => {
  session = createPgliteSession(await PGlite.create());
  await session.script(rolesOf(readMigrations()));
}, 60_000);
afterAll(() => session.close());

/** Every test finds a database without tables, and roles that an earlier one has made. */
beforeEach(async () => {
  await session.script('SET SESSION AUTHORIZATION postgres');
  await session.script('DROP TABLE IF EXISTS one, two, schema_migrations; SELECT pg_advisory_unlock_all()');
});

const again = async (migrations: readonly Migration[]) => {
  await session.script('SET SESSION AUTHORIZATION portico_owner');
  return migrate(session, migrations);
};

test('runs what is new, in the order of names, and nothing twice', async () => {
  expect(await again([one])).toEqual(['001-one.sql']);
  expect(await again([two, one])).toEqual(['002-two.sql']);
  expect(await again([one, two])).toEqual([]);
});

test('tables belong to the owner, and no role is above row level security', async () => {
  await again([one]);
  expect(await read("SELECT tableowner::text AS owner FROM pg_tables WHERE tablename = 'one'")).toEqual([
    { owner: 'portico_owner' },
  ]);
  expect(
    await read("SELECT bool_or(rolsuper OR rolbypassrls) AS strong FROM pg_roles WHERE rolname LIKE 'portico%'"),
  ).toEqual([{ strong: false }]);
});

test('a migration that fails leaves nothing, is named, and can be mended', async () => {
  const broken = { ...two, sql: 'CREATE TABLE two (id bigint); SELECT 1 / 0;' };
  await expect(again([one, broken])).rejects.toThrow(
    new MigrationError('Migration 002-two.sql failed: division by zero'),
  );
  expect(await again([one, two])).toEqual(['002-two.sql']);
});

test.each([
  [
    'was changed',
    [{ ...one, sql: `${one.sql} ` }, two],
    'Migration 001-one.sql was changed after it had run; add a new one instead',
  ],
  ['is missing', [two], 'Migration 001-one.sql has run on this database but its file is missing'],
  [
    'came before it',
    [{ name: '000-zero.sql', sql: '' }, one, two],
    'Migration 000-zero.sql comes before 001-one.sql, which has run already',
  ],
])('is refused when one that has run %s', async (_, migrations, sentence) => {
  await again([one, two]);
  await expect(again(migrations)).rejects.toThrow(new MigrationError(sentence));
});

test('the app sees whether everything has run, and changes nothing of it', async () => {
  await session.script('SET SESSION AUTHORIZATION portico_app');
  await expect(checkMigrated(session, [one])).rejects.toThrow('001-one.sql has not run');
  await again([one]);
  await session.script('SET SESSION AUTHORIZATION postgres; SET SESSION AUTHORIZATION portico_app');
  await checkMigrated(session, [one]);
  await expect(checkMigrated(session, [one, two])).rejects.toThrow('002-two.sql has not run');
  await expect(read("UPDATE schema_migrations SET checksum = ''")).rejects.toThrow('permission denied');
});
