import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';

import { readConfig } from '../../../../src/server/node/config.js';
import { readMigrations } from '../../../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../../../src/server/node/database/postgres/open-postgres.js';
import { readFacts } from '../../../../src/server/node/doctor/facts.js';
import { addressOf } from '../../../support/postgres.js';

const shared = inject('postgres');
if (!shared) throw new Error('These tests run with --mode postgres.');
const address = addressOf(shared);

async function newDatabase(): Promise<string> {
  const name = `doctor_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name);
  onTestFinished(() => address.dropDatabase(name));
  return name;
}

const look = (url: string) => readFacts(readConfig('doctor', { DATABASE_URL: url }, '/'), {});

test('a database that was not migrated, a login above row level security and no database at all are told apart', async () => {
  const name = await newDatabase();
  const adviceOf = async (url: string) => {
    const { finding, inspection } = await look(url);
    expect([finding.level, inspection]).toEqual(['missing', null]);
    return finding.advice;
  };
  expect(await adviceOf(address.appUrl(name))).toContain('has not run on this database; set PORTICO_MIGRATE_URL');
  expect(await adviceOf(address.superuserUrl(name))).toContain('must sign in as portico_app');
  expect(await adviceOf(address.appUrl('nowhere'))).toContain('no connection to the database');
});

test('a database that is ready is read, and nothing is made in it', async () => {
  const name = await newDatabase();
  const urls = { url: address.appUrl(name), migrateUrl: address.ownerUrl(name) };
  await (await openPostgres({ ...urls, migrations: readMigrations() })).close();
  const { finding, inspection, adminToken } = await look(urls.url);
  expect([finding.level, inspection?.hasAdmin, inspection?.portals, adminToken]).toEqual(['ok', false, [], null]);
  const client = new Client({ connectionString: address.superuserUrl(name) });
  await client.connect();
  const { rows } = await client.query('SELECT name FROM server_settings').finally(() => client.end());
  expect(rows).toEqual([]);
});
