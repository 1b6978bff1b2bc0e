import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import type { DatabaseContext, Statement } from '../../../src/server/database.js';
import type { LogEntry } from '../../../src/server/deps.js';
import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import {
  type PostgresOptions,
  PostgresError,
  openPostgres,
} from '../../../src/server/node/database/postgres/open-postgres.js';
import { MigrationError } from '../../../src/server/sql/migrate.js';
import { deferred } from '../../support/deferred.js';
import { openTestDatabase } from '../../support/database.js';
import { type PostgresCluster, addressOf, startPostgres } from '../../support/postgres.js';
import { runCommand } from '../../support/server-process.js';

const shared = inject('postgres');
if (!shared) throw new Error('These tests run with --mode postgres.');
const address = addressOf(shared);
const migrations = readMigrations();

const staff: DatabaseContext = { role: 'staff' };
const sleep: Statement = { name: 'test.sleep', text: 'SELECT pg_sleep($1)' };
const one: Statement = { name: 'test.one', text: 'SELECT 1 AS n' };
const ownPid: Statement = { name: 'test.pid', text: 'SELECT pg_backend_pid() AS pid' };
const addAccount: Statement = {
  name: 'test.add_account',
  text: 'INSERT INTO accounts (public_id, name) VALUES ($1, $1)',
};
const countAccounts: Statement = { name: 'test.count', text: 'SELECT count(*) AS n FROM accounts' };

/** A database that is gone after the test. */
async function newDatabase(template?: string): Promise<string> {
  const name = `postgres_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name, template);
  onTestFinished(() => address.dropDatabase(name));
  return name;
}

async function open(options: Partial<PostgresOptions> & { readonly url: string }) {
  const database = await openPostgres({ migrateUrl: null, migrations, ...options });
  onTestFinished(() => database.close());
  return database;
}

async function asSuperuser(database: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: address.superuserUrl(database) });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

describe('opening', () => {
  test('migrates as an owner that is no superuser, once, and then needs no owner', async () => {
    const name = await newDatabase();
    const log: LogEntry[] = [];
    const urls = { url: address.appUrl(name), migrateUrl: address.ownerUrl(name) };
    await open({ ...urls, log: (entry) => log.push(entry) });
    await open({ ...urls, log: (entry) => log.push(entry) });
    await open({ url: urls.url, log: (entry) => log.push(entry) });
    const count = migrations.length - 1;
    expect(log.map(({ event, migrated }) => [event, migrated])).toEqual([
      ['database-migrated', count],
      ['database-migrated', 0],
    ]);
  });

  test('two servers that start at once migrate once', async () => {
    const name = await newDatabase();
    const urls = { url: address.appUrl(name), migrateUrl: address.ownerUrl(name) };
    const migrated: unknown[] = [];
    const log = (entry: LogEntry) => void migrated.push(entry['migrated']);
    await Promise.all([open({ ...urls, log }), open({ ...urls, log })]);
    expect(migrated.sort()).toEqual([0, migrations.length - 1]);
  });

  test.each([
    ['is not migrated', 'appUrl', MigrationError, 'has not run on this database; set PORTICO_MIGRATE_URL'],
    ['is opened as a superuser', 'superuserUrl', PostgresError, 'DATABASE_URL must sign in as portico_app'],
    ['is opened as the owner', 'ownerUrl', PostgresError, 'DATABASE_URL must sign in as portico_app'],
  ] as const)('is refused when the database %s', async (_, login, kind, sentence) => {
    const name = await newDatabase();
    const opening = openPostgres({ url: address[login](name), migrateUrl: null, migrations });
    await expect(opening).rejects.toThrow(kind);
    await expect(opening).rejects.toThrow(sentence);
  });

  test('is refused when the migrations would run as a superuser', async () => {
    const name = await newDatabase();
    const urls = { url: address.appUrl(name), migrateUrl: address.superuserUrl(name) };
    await expect(openPostgres({ ...urls, migrations })).rejects.toThrow(
      'PORTICO_MIGRATE_URL must sign in as portico_owner',
    );
  });

  test('tells in one sentence, without the password, that a database cannot be reached', async () => {
    const url = `postgres://portico_app:very-secret@127.0.0.1:1/portico`;
    const { code, stdout, stderr } = await runCommand(['start'], { PORT: '0', DATABASE_URL: url });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/^DATABASE_URL: no connection to the database/)]);
    expect(stdout + stderr).not.toContain('very-secret');
  });
});

describe('limits', () => {
  test('a statement that takes too long is stopped, and the connection serves on', async () => {
    const name = await newDatabase(shared.template);
    const database = await open({ url: address.appUrl(name), connections: 1, statementLimit: 100 });
    await expect(database.batch(staff, [{ statement: sleep, params: [30] }])).rejects.toMatchObject({ code: '57014' });
    expect(await database.batch(staff, [{ statement: one }])).toEqual([[{ n: 1 }]]);
  });

  test('a transaction that holds its connection too long is rolled back', async () => {
    const database = await openTestDatabase({ transactionLimit: 100 });
    onTestFinished(() => database.close());
    const idle = database.tx(staff, async (tx) => {
      await tx.query(addAccount, ['idle']);
      await new Promise(() => {});
    });
    await expect(idle).rejects.toMatchObject({ code: '25P04' });
    expect(await database.batch(staff, [{ statement: countAccounts }])).toEqual([[{ n: 0 }]]);
  });

  test('who finds no free connection waits no longer than a statement may take', async () => {
    const name = await newDatabase(shared.template);
    const database = await open({ url: address.appUrl(name), connections: 1, statementLimit: 200 });
    const [entered, leave] = [deferred<void>(), deferred<void>()];
    const holding = database.tx(staff, async () => {
      entered.resolve();
      await leave.promise;
    });
    await entered.promise;
    await expect(database.batch(staff, [{ statement: one }])).rejects.toMatchObject({ code: '08001' });
    leave.resolve();
    await holding;
    expect(await database.batch(staff, [{ statement: one }])).toEqual([[{ n: 1 }]]);
  });
});

test('a statement whose table has been changed works again after one failure', async () => {
  const name = await newDatabase(shared.template);
  const database = await open({ url: address.appUrl(name), connections: 1 });
  const everything = [{ statement: { name: 'test.everything', text: 'SELECT * FROM accounts' } }];
  await database.batch(staff, everything);
  await asSuperuser(name, 'ALTER TABLE accounts ADD note text');
  await expect(database.batch(staff, everything)).rejects.toMatchObject({ code: '0A000' });
  expect(await database.batch(staff, everything)).toEqual([[]]);
});

describe('a lost connection', () => {
  test('fails what ran on it and nothing else', async () => {
    const name = await newDatabase(shared.template);
    const database = await open({ url: address.appUrl(name), connections: 1 });
    const cut = database.tx(staff, async (tx) => {
      await tx.query(addAccount, ['cut']);
      const [{ pid }] = (await tx.query<{ pid: number }>(ownPid)) as [{ pid: number }];
      await asSuperuser(name, `SELECT pg_terminate_backend(${pid})`);
      await tx.query(one);
    });
    await expect(cut).rejects.toMatchObject({ code: expect.stringMatching(/^(57P01|08...)$/) });
    expect(await database.batch(staff, [{ statement: countAccounts }])).toEqual([[{ n: 0 }]]);
  });

  test('while idle is replaced without anybody noticing', async () => {
    const name = await newDatabase(shared.template);
    const lost = deferred<LogEntry>();
    const database = await open({ url: address.appUrl(name), connections: 1, log: (entry) => lost.resolve(entry) });
    const [[{ pid }]] = (await database.batch(staff, [{ statement: ownPid }])) as [[{ pid: number }]];
    await asSuperuser(name, `SELECT pg_terminate_backend(${pid})`);
    expect((await lost.promise).event).toBe('database-connection-lost');
    expect(await database.batch(staff, [{ statement: one }])).toEqual([[{ n: 1 }]]);
  });

  test('of the listener is made anew, and tells that something may have been missed', async () => {
    const name = await newDatabase(shared.template);
    const database = await open({ url: address.appUrl(name) });
    const heard: (string | null)[] = [];
    onTestFinished(database.listen((payload) => heard.push(payload)));
    await expect.poll(() => heard).toEqual([null]);
    await asSuperuser(name, "NOTIFY portico, 'first'");
    await expect.poll(() => heard).toEqual([null, 'first']);
    await asSuperuser(
      name,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND query = 'LISTEN portico'`,
    );
    await expect.poll(() => heard).toEqual([null, 'first', null]);
    await asSuperuser(name, "NOTIFY portico, 'second'");
    await expect.poll(() => heard).toEqual([null, 'first', null, 'second']);
  });

  test('is survived when the whole of PostgreSQL starts again', async () => {
    const cluster: PostgresCluster = await startPostgres();
    onTestFinished(() => cluster.stop());
    await cluster.createDatabase('again');
    const database = await open({ url: cluster.appUrl('again'), migrateUrl: cluster.ownerUrl('again') });
    await database.batch(staff, [{ statement: addAccount, params: ['kept'] }]);
    await cluster.kill();
    await expect(database.batch(staff, [{ statement: one }])).rejects.toMatchObject({
      code: expect.stringMatching(/^(57P0.|08...)$/),
    });
    await cluster.restart();
    expect(await database.batch(staff, [{ statement: countAccounts }])).toEqual([[{ n: 1 }]]);
  });
});
