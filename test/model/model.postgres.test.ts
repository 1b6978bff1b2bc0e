/**
 * The portal against the reference, on PostgreSQL and as a process behind its socket: a sample; `npm run test:deep` asks
 * much more. A failure prints a seed and a path, and this plays it again:
 *
 *     MODEL_SEED=… MODEL_PATH=… npx vitest run --mode postgres test/model/model.postgres.test.ts
 */
import { afterAll, expect, inject, test } from 'vitest';

import { openPostgresTestDatabase } from '../support/postgres-database.js';
import { checkModel } from './check-model.js';
import { openHttpTarget } from './http-target.js';
import { createInProcessTarget } from './server-target.js';

const postgres = inject('postgres');
if (!postgres) throw new Error('These tests run with --mode postgres.');
const database = await openPostgresTestDatabase(postgres);
const http = await openHttpTarget(postgres);
afterAll(async () => {
  await http.close();
  await database.close();
});
/** A failure looks for a smaller one. */
const patience = 120_000;

test(
  'the app on PostgreSQL answers as the reference',
  async () => {
    const tally = await checkModel(createInProcessTarget('PostgreSQL', database), { commands: 100 });
    expect(tally.events).toBeGreaterThan(0);
  },
  patience,
);

test(
  'a server process answers as the reference',
  async () => {
    const tally = await checkModel(http.target, { commands: 40, length: 40 });
    expect(tally.events).toBeGreaterThan(0);
  },
  patience,
);
