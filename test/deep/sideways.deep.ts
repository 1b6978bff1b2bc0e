import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { asOwner } from '../../src/server/node/database/postgres/open-postgres.js';
import { migrate } from '../../src/server/sql/migrate.js';
import { openMarkedApp } from '../server/matrix/marked-app.js';
import { checkAltered } from '../server/sideways/altered.js';
import { checkDocumented } from '../server/sideways/documented.js';
import type { TestDatabase } from '../support/database.js';
import { openPgliteTestDatabase } from '../support/pglite.js';
import { openPostgresTestDatabase } from '../support/postgres-database.js';
import { type PostgresCluster, startPostgres } from '../support/postgres.js';

let database: TestDatabase;

// In portions, each over a world of its own: what one has written shall not slow the next.

async function sendAltered(portions: number, count: number): Promise<void> {
  for (let portion = 0; portion < portions; portion++)
    await checkAltered(await openMarkedApp(database), count, portion);
}

async function sendDocumented(portions: number, count: number): Promise<void> {
  const statuses = new Map<number, number>();
  for (let portion = 0; portion < portions; portion++) {
    for (const [status, times] of await checkDocumented(await openMarkedApp(database), count, portion)) {
      statuses.set(status, (statuses.get(status) ?? 0) + times);
    }
  }
  console.log(Object.fromEntries(statuses));
  const some = [200, 201, 204, 400, 401, 403, 404];
  const all = [...some, 415, 422];
  expect([...statuses.keys()]).toEqual(expect.arrayContaining(portions > 1 ? all : some));
}

describe('on PGlite', () => {
  beforeAll(async () => {
    database = await openPgliteTestDatabase();
  });
  afterAll(() => database.close());

  test('100,000 altered cursors, positions, tokens, ids and ETags: none is accepted, none breaks the server', () =>
    sendAltered(10, 10_000));

  test('50,000 requests made from the OpenAPI document are answered as it says', () => sendDocumented(25, 2_000));
});

describe('on PostgreSQL', () => {
  const template = 'portico_template';
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
    await cluster.createDatabase(template);
    await asOwner(cluster.ownerUrl(template), (session) => migrate(session, readMigrations()));
    database = await openPostgresTestDatabase({ ...cluster.logins, template });
  });
  afterAll(async () => {
    await database.close();
    await cluster.stop();
  });

  test('2,000 altered cursors, positions, tokens, ids and ETags: none is accepted, none breaks the server', () =>
    sendAltered(1, 2_000));

  test('1,000 requests made from the OpenAPI document are answered as it says', () => sendDocumented(1, 1_000));
});
