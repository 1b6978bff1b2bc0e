import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createMemoryFiles } from '../../../src/server/files/memory-files.js';
import { takeBackup } from '../../../src/server/node/backup/backup-command.js';
import { BackupError } from '../../../src/server/node/backup/format.js';
import { restoreBackup } from '../../../src/server/node/backup/restore-command.js';
import { backupSource } from '../../../src/server/node/backup/source.js';
import { createBackup } from '../../../src/server/node/backup/write-backup.js';
import { ConfigError } from '../../../src/server/node/config.js';
import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { asOwner, openPostgres } from '../../../src/server/node/database/postgres/open-postgres.js';
import { migrate } from '../../../src/server/sql/migrate.js';
import { deferred } from '../../support/deferred.js';
import { type PostgresLogins, addressOf } from '../../support/postgres.js';
import { configOf, forge, rowsOf, run, seedFolder, switches, workFolder } from './backup-fixture.js';

const address = addressOf(inject('postgres') as PostgresLogins);
const work = workFolder();
const file = join(work.folder, 'embedded.gz');
const names: string[] = [];

/** A database with the roles and nothing else, as an owner would make it. */
async function emptyDatabase(): Promise<string> {
  const name = `backup_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name);
  names.push(name);
  return name;
}

const settingsOf = (name: string) => ({
  DATABASE_URL: address.appUrl(name),
  PORTICO_MIGRATE_URL: address.ownerUrl(name),
});
const restore = (name: string, path: string) => restoreBackup(configOf('restore', settingsOf(name)), path);

async function ask<Row>(name: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: address.superuserUrl(name) });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  const folder = join(work.folder, 'data');
  await seedFolder(folder);
  await takeBackup(configOf('backup', { PORTICO_DATA: folder }), file);
}, 240_000);
afterAll(async () => {
  for (const name of names) await address.dropDatabase(name);
  work.remove();
});

test('from the embedded database to PostgreSQL and back, every row, file and secret is the same', async () => {
  const name = await emptyDatabase();
  await restore(name, file);
  const there = join(work.folder, 'postgres.gz');
  // A backup needs the server's login alone.
  await takeBackup(configOf('backup', { DATABASE_URL: address.appUrl(name) }), there);
  expect(rowsOf(there)).toEqual(rowsOf(file));

  const folder = join(work.folder, 'back');
  await restoreBackup(configOf('restore', { PORTICO_DATA: folder }), there);
  const back = join(work.folder, 'back.gz');
  await takeBackup(configOf('backup', { PORTICO_DATA: folder }), back);
  expect(rowsOf(back)).toEqual(rowsOf(file));
}, 120_000);

test('afterwards row level security is forced everywhere, triggers fire, and new rows go on counting', async () => {
  const name = await emptyDatabase();
  await asOwner(address.ownerUrl(name), (session) => migrate(session, readMigrations()));
  const before = await ask(name, switches);
  await restore(name, file);
  const catalogue = await ask<{ enabled: boolean; forced: boolean }>(name, switches);
  expect(catalogue).toEqual(before);
  expect(catalogue.every(({ enabled, forced }) => enabled && forced)).toBe(true);
  const [next] = await ask<{ last: string; next: string }>(
    name,
    "SELECT max(id) AS last, nextval(pg_get_serial_sequence('messages', 'id')) AS next FROM messages",
  );
  expect(Number(next?.next)).toBe(Number(next?.last) + 1);
});

test('a backup is of one moment, whatever is written meanwhile', async () => {
  const name = await emptyDatabase();
  await restore(name, file);
  const database = await openPostgres({ url: address.appUrl(name), migrateUrl: null, migrations: readMigrations() });
  const outcome = deferred<unknown>();
  const companies = () => run(database, 2, 'SELECT id FROM companies WHERE account_id = 2');
  const before = (await companies()).length;
  let added = false;
  const source = {
    ...backupSource(configOf('backup', settingsOf(name)), database),
    // Files of the first account are asked for when its rows are through and those of the second are still to come.
    files: {
      ...createMemoryFiles(),
      async get() {
        if (!added)
          await run(database, 2, "INSERT INTO companies (account_id, public_id, name) VALUES (2, 'late', 'Late')");
        added = true;
        return null;
      },
    },
  };
  const path = join(work.folder, 'moment.gz');
  await pipeline(createBackup(source, outcome.resolve), createWriteStream(path));
  await outcome.promise;
  expect(await companies()).toHaveLength(before + 1);
  await database.close();
  const rows = rowsOf(path).filter((row) => row.startsWith('{"table":"companies"'));
  expect(rows.filter((row) => row.includes('["2"'))).toHaveLength(before);
});

test('a database with an account is left as it is', async () => {
  const name = await emptyDatabase();
  await restore(name, file);
  const before = await ask(name, 'SELECT * FROM accounts');
  await expect(restore(name, file)).rejects.toThrow(
    new BackupError('The database is not empty; a backup is restored into an empty one only.'),
  );
  expect(await ask(name, 'SELECT * FROM accounts')).toEqual(before);
  const forced = 'SELECT count(*)::integer AS n FROM pg_class WHERE relname = $$accounts$$ AND relforcerowsecurity';
  expect(await ask(name, forced)).toEqual([{ n: 1 }]);
});

test('secrets of a server that has started on an empty database give way to those of the backup', async () => {
  const name = await emptyDatabase();
  await restore(
    name,
    forge(file, ([header = '']) => [header]),
  );
  await ask(name, "INSERT INTO server_settings VALUES ('secret', 'made on the first start')");
  await restore(name, file);
  const secrets = await ask<{ name: string; value: string }>(name, 'SELECT name, value FROM server_settings');
  expect(secrets.map((secret) => secret.name).sort()).toEqual(['admin-token', 'secret']);
  expect(secrets.some(({ value }) => value.startsWith('made'))).toBe(false);
});

test('rows that the database refuses leave no row behind', async () => {
  const name = await emptyDatabase();
  const twice = forge(file, (lines) =>
    lines.flatMap((line) => (line.includes('odd@example.com') ? [line, line] : line)),
  );
  await expect(restore(name, twice)).rejects.toThrow('contacts_');
  expect(await ask(name, 'SELECT account_id FROM accounts')).toEqual([]);
  await restore(name, file);
});

test('only the owner restores, and only while nobody holds the tables', async () => {
  const name = await emptyDatabase();
  const onlyApp = configOf('restore', { DATABASE_URL: address.appUrl(name) });
  await expect(restoreBackup(onlyApp, file)).rejects.toThrow(ConfigError);
  await restore(
    name,
    forge(file, ([header = '']) => [header]),
  );
  const client = new Client({ connectionString: address.appUrl(name) });
  await client.connect();
  await client.query('BEGIN; SET LOCAL ROLE portico_staff; SELECT FROM accounts');
  await expect(restore(name, file)).rejects.toThrow('The database is in use; stop every server before a restore.');
  await client.end();
});
