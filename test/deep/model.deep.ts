/**
 * 10,000 commands for each target against the reference of test/model. `-t HTTP` asks one target alone. A failure prints a
 * seed and a path, and this plays it again:
 *
 *     MODEL_SEED=… MODEL_PATH=… npm run test:deep -- model -t <target>
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { asOwner } from '../../src/server/node/database/postgres/open-postgres.js';
import { migrate } from '../../src/server/sql/migrate.js';
import { checkModel } from '../model/check-model.js';
import type { Target } from '../model/desk.js';
import { openHttpTarget } from '../model/http-target.js';
import { memoryTarget } from '../model/memory-target.js';
import { createInProcessTarget } from '../model/server-target.js';
import { openPgliteTestDatabase } from '../support/pglite.js';
import type { PostgresTemplate } from '../support/postgres-database.js';
import { openPostgresTestDatabase } from '../support/postgres-database.js';
import type { PostgresCluster } from '../support/postgres.js';
import { startPostgres } from '../support/postgres.js';

const commands = 10_000;

async function ask(target: Target): Promise<void> {
  const tally = await checkModel(target, { commands });
  console.log(`${target.name}: 0 differences`, tally);
  // A single path, played again, has fewer.
  if (process.env['MODEL_SEED'] === undefined) expect(tally.commands).toBeGreaterThanOrEqual(commands);
}

test('memory', () => ask(memoryTarget));

test('PGlite', async () => {
  const database = await openPgliteTestDatabase();
  await ask(createInProcessTarget('PGlite', database)).finally(() => database.close());
});

describe('over a cluster of its own', () => {
  let cluster: PostgresCluster;
  let postgres: PostgresTemplate;
  beforeAll(async () => {
    cluster = await startPostgres();
    postgres = { ...cluster.logins, template: 'portico_template' };
    await cluster.createDatabase(postgres.template);
    await asOwner(cluster.ownerUrl(postgres.template), (session) => migrate(session, readMigrations()));
  });
  afterAll(() => cluster.stop());

  test('PostgreSQL', async () => {
    const database = await openPostgresTestDatabase(postgres);
    await ask(createInProcessTarget('PostgreSQL', database)).finally(() => database.close());
  });

  test('HTTP', async () => {
    const http = await openHttpTarget(postgres);
    await ask(http.target).finally(() => http.close());
  });
});
