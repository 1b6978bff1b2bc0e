import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { connectionTo } from '../../src/server/node/database/postgres/connection.js';
import { createPgSession } from '../../src/server/node/database/postgres/pg-session.js';
import { createSessionDatabase } from '../../src/server/sql/session-database.js';
import type { AuditEntryWire } from '../../src/wire/index.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type Ways, beginTelling } from '../support/plans.js';
import { addressOf } from '../support/postgres.js';
import { askAdmin } from './admin-client.js';
import { type AppFixture, createAppFixture } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';

/** How PostgreSQL searches a long audit log: mostly sign-ins, and here and there something rare. */

let database: TestDatabase;
let client: Client;
let telling: Awaited<ReturnType<typeof beginTelling>>;
let fixture: AppFixture;

const entries = 100_000;
const rare = 'r'.repeat(22);

beforeAll(async () => {
  database = await openTestDatabase();
  const { account } = await seedSmallWorld(createAppFixture(database).deps);
  // The rare ones come first: who looks for them from the newest on would read everything.
  await database.asSuperuser(`INSERT INTO audit_log (account_id, at, actor, actor_id, event, outcome)
    SELECT ${account}, '2020-01-01'::timestamptz + n * interval '1 minute',
      CASE WHEN n <= 30 THEN 'admin' WHEN n <= 60 THEN 'staff' ELSE 'contact' END,
      CASE WHEN n <= 30 THEN NULL WHEN n <= 90 THEN '${rare}' ELSE lpad((n % 500)::text, 22, 'c') END,
      CASE WHEN n <= 20 THEN 'explain' WHEN n <= 40 THEN 'preview' WHEN n % 2 = 0 THEN 'sign-in' ELSE 'sign-out' END, 'done'
    FROM generate_series(1, ${entries}) n`);
  await database.asSuperuser('ANALYZE');
  const [{ name }] = (await database.asSuperuser('SELECT current_database()::text AS name')) as [{ name: string }];
  client = new Client(connectionTo(addressOf(inject('postgres')!).superuserUrl(name)));
  await client.connect();
  const session = { ...createPgSession(client), listen: () => () => {} };
  fixture = createAppFixture({ ...database, ...createSessionDatabase(session) });
  telling = await beginTelling(client);
}, 180_000);

afterAll(async () => {
  await client.end();
  await database.close();
});

interface Page {
  readonly items: readonly AuditEntryWire[];
  readonly nextCursor: string | null;
}

async function ask(query: string): Promise<Page> {
  const { status, body } = await askAdmin<Page>({ fixture }, 'GET', `/audit?${query}`);
  expect(status).toBe(200);
  return body;
}

/** How the log is read at the first time, and when its statement has settled on a plan. */
async function waysOf(query: string): Promise<{ readonly found: number; readonly ways: readonly Ways[] }> {
  const ways: Ways[] = [];
  let found = 0;
  for (let time = 0; time < 8; time++) {
    telling.take();
    found = (await ask(query)).items.length;
    ways.push(telling.take());
  }
  return { found, ways: [ways[0]!, ways.at(-1)!] };
}

const event = 'Index Scan using audit_log_event';
const person = 'Index Scan using audit_log_person';
const kind = 'Index Scan using audit_log_kind';
const pkey = 'Index Scan using audit_log_pkey';

test.each([
  ['', 25, pkey],
  ['event=explain', 20, event],
  ['event=explain,sign-in,inbox-created,explain', 25, event],
  ['event=explain,preview', 25, event],
  [`actor=${rare}`, 25, person],
  [`actor=${rare}&event=sign-in,explain`, 25, person],
  ['actor=admin', 25, kind],
  ['actor=staff&event=sign-in', 10, kind],
  ['actor=visitor', 0, kind],
  ['actor=contact', 25, pkey],
  ['actor=contact&event=explain', 0, event],
])('%s: reads little more than what it shows, by the index that was made for it', async (query, shown, index) => {
  const { found, ways } = await waysOf(query);
  expect(found).toBe(shown);
  for (const { scans, rows } of ways) {
    expect(scans.filter((scan) => scan.includes('audit_log'))).toEqual([index]);
    expect(rows).toBeLessThan(entries / 100);
  }
});

test('pages of several events are one list, each entry once', async () => {
  const query = 'event=explain,preview,explain&limit=15';
  const first = await ask(query);
  const second = await ask(`${query}&cursor=${first.nextCursor}`);
  const third = await ask(`${query}&cursor=${second.nextCursor}`);
  const times = [first, second, third].flatMap(({ items }) => items.map(({ at }) => at));
  expect(times).toHaveLength(40);
  expect(times).toEqual([...new Set(times)].toSorted().toReversed());
  expect(third.nextCursor).toBeNull();
});
