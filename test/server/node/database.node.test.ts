import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Statement } from '../../../src/server/database.js';
import type { LogEntry } from '../../../src/server/deps.js';
import { openEmbeddedDatabase } from '../../../src/server/node/database/open-database.js';
import { openTestDatabase } from '../../support/database.js';
import { databaseCases } from './database.cases.js';

const app = { role: 'app' } as const;
const staff = { role: 'staff', account: 1 } as const;
const one: Statement = { name: 'test.one', text: 'SELECT 1 AS n' };
const sleep: Statement = { name: 'test.sleep', text: 'SELECT pg_sleep($1)::text' };
const addAccount: Statement = { name: 'test.add', text: 'INSERT INTO accounts (public_id, name) VALUES ($1, $1)' };
const listAccounts: Statement = { name: 'test.list', text: 'SELECT name FROM accounts ORDER BY name' };

describe.each([
  ['PGlite in this thread', () => openTestDatabase()],
  ['PGlite in a worker', () => openEmbeddedDatabase({ folder: null })],
])('%s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  test.each(databaseCases.map((one) => [one.name, one] as const))('%s', (_name, { run }) => run(database));
});

describe('one session', () => {
  test('a transaction that takes too long is rolled back and the next one runs', async () => {
    const database = await openTestDatabase({ transactionLimit: 50 });
    let late: Promise<unknown> | undefined;
    const slow = database.tx(staff, async (tx) => {
      await tx.query(addAccount, ['slow']);
      await new Promise(() => {
        setTimeout(() => {
          late = tx.query(addAccount, ['late']).catch((error) => error.code);
        }, 80);
      });
    });
    await expect(slow).rejects.toMatchObject({ code: '25P04' });
    expect(await database.batch(staff, [{ statement: listAccounts }])).toEqual([[]]);
    await expect.poll(() => late).toBe('25P01');
    await database.close();
  });

  test('closing waits for what runs and refuses what comes later', async () => {
    const database = await openTestDatabase();
    const running = database.batch(app, [{ statement: one }]);
    const closing = database.close();
    await expect(database.batch(app, [{ statement: one }])).rejects.toMatchObject({ code: '57P01' });
    expect(await running).toEqual([[{ n: 1 }]]);
    await closing;
  });
});

// Making a database takes seconds of computing, more on a busy machine.
describe('the data folder', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portico-database-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('keeps what was committed, reaches the disk and survives a statement that has to be stopped', async () => {
    const log: LogEntry[] = [];
    const first = await openEmbeddedDatabase({ folder, log: (entry) => log.push(entry) });
    await first.batch(staff, [{ statement: addAccount, params: ['kept'] }]);
    await first.close();
    expect(log.map(({ event }) => event)).toEqual(['database-open']);

    const second = await openEmbeddedDatabase({ folder, statementLimit: 1_000, log: (entry) => log.push(entry) });
    const stuck = second.batch(staff, [
      { statement: addAccount, params: ['lost'] },
      { statement: sleep, params: [60] },
    ]);
    const waiting = second.batch(staff, [{ statement: listAccounts }]);
    await expect(stuck).rejects.toMatchObject({ code: '57P01' });
    expect(await waiting).toEqual([[{ name: 'kept' }]]);
    expect(log.map(({ event }) => event)).toEqual(['database-open', 'database-open', 'database-reopened']);
    await second.close();
  });

  test('is refused while another database has it open, naming folder and process', async () => {
    const holder = await openEmbeddedDatabase({ folder });
    await expect(openEmbeddedDatabase({ folder })).rejects.toThrow(
      `The data folder ${folder} is in use by process ${process.pid}; stop that server or set PORTICO_DATA.`,
    );
    await holder.close();
    const next = await openEmbeddedDatabase({ folder });
    await next.close();
  });
});
