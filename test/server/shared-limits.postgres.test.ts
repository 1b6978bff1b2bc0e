import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import type { Database } from '../../src/server/database.js';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../src/server/node/database/postgres/open-postgres.js';
import type { TestDatabase } from '../support/database.js';
import { openTestDatabase } from '../support/database.js';
import { addressOf } from '../support/postgres.js';
import { createAppFixture } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';

let database: TestDatabase;
let another: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  const postgres = inject('postgres');
  const [row] = await database.asSuperuser<{ name: string }>('SELECT current_database() AS name');
  if (!postgres || !row) throw new Error('Runs in mode postgres only.');
  const url = addressOf(postgres).appUrl(row.name);
  another = await openPostgres({ url, migrateUrl: null, migrations: readMigrations() });
}, 60_000);
afterAll(async () => {
  await another.close();
  await database.close();
});

test('two servers on one database count wrong passwords together', async () => {
  const [one, two] = [createAppFixture(database), createAppFixture({ ...database, ...another })];
  await seedSmallWorld(one.deps);
  const guess = (server: typeof one) =>
    server.visitor().request('POST', '/session', {
      body: { method: 'password', email: 'ann@example.com', password: 'wrong' },
    });
  const statuses = await Promise.all(
    [one, two, one, two, one, two, one, two].map(async (at) => (await guess(at)).status),
  );
  expect(statuses.toSorted()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  for (const server of [one, two]) expect((await server.visitor().signIn('ann@example.com')).status).toBe(429);
  two.pass(15 * 60_000);
  expect((await two.visitor().signIn('ann@example.com')).status).toBe(200);
});
