import pg from 'pg';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type PostgresCluster, addressOf, startPostgres } from '../support/postgres.js';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.stop());

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('keeps what was committed when all its processes are killed', async () => {
  await cluster.createDatabase('kept');
  await ask(cluster.ownerUrl('kept'), 'CREATE TABLE kept AS SELECT generate_series(1, 3) AS n');
  const { pid } = cluster;

  await cluster.kill();
  await expect(ask(cluster.ownerUrl('kept'), 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  await cluster.restart();

  expect(cluster.pid).not.toBe(pid);
  expect(await ask(cluster.ownerUrl('kept'), 'SELECT n FROM kept')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test('writes to the disk before it says that something is committed', async () => {
  expect(await ask(cluster.superuserUrl('postgres'), 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
});

test('lets nobody in without the right password', async () => {
  const url = new URL(cluster.appUrl('postgres'));
  url.password = 'wrong';
  await expect(ask(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('removes its folder when it ends', async () => {
  const other = await startPostgres();
  expect(existsSync(other.folder)).toBe(true);
  await other.stop();
  expect(existsSync(other.folder)).toBe(false);
});

test('the template of a run is migrated by a role that is under row level security', async () => {
  const { template, ...logins } = inject('postgres')!;
  const address = addressOf(logins);
  await address.createDatabase('migrated', template);
  const sql = "SELECT tableowner FROM pg_tables WHERE schemaname = 'public' GROUP BY 1";
  expect(await ask(address.appUrl('migrated'), sql)).toEqual([{ tableowner: 'portico_owner' }]);
  const roles = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'portico_%' AND (rolsuper OR rolbypassrls)";
  expect(await ask(address.appUrl('migrated'), roles)).toEqual([]);
  await address.dropDatabase('migrated');
});
