/**
 * The portal against the reference, in memory and on PGlite: a sample; `npm run test:deep` asks much more. A failure prints
 * a seed and a path, and this plays it again:
 *
 *     MODEL_SEED=… MODEL_PATH=… npx vitest run test/model/model.node.test.ts
 */
import { afterAll, expect, test } from 'vitest';

import { openPgliteTestDatabase } from '../support/pglite.js';
import { checkModel } from './check-model.js';
import { memoryTarget } from './memory-target.js';
import { createInProcessTarget } from './server-target.js';

const database = await openPgliteTestDatabase();
afterAll(() => database.close());
/** A failure looks for a smaller one. */
const patience = 120_000;

test(
  'the store in memory answers as the reference',
  async () => {
    const tally = await checkModel(memoryTarget, { commands: 1500 });
    expect(tally.answers).toBeGreaterThan(1500);
  },
  patience,
);

test(
  'the app on PGlite answers as the reference',
  async () => {
    const tally = await checkModel(createInProcessTarget('PGlite', database), { commands: 150 });
    expect(tally.events).toBeGreaterThan(0);
  },
  patience,
);
