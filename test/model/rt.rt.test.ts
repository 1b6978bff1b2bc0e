/**
 * The portal before a Request Tracker against the reference. A failure prints a seed and a path, and this plays it again:
 *
 *     MODEL_SEED=… MODEL_PATH=… npx vitest run --mode rt test/model
 */
import { afterAll, expect, test } from 'vitest';

import { openTestDatabase } from '../support/database.js';
import { startRt } from '../support/rt.js';
import { checkModel } from './check-model.js';
import { createRtModelTarget, fillRt } from './rt-target.js';

// Of its own: people and companies are called the same in every world, and so are numbers of tickets.
const rt = await startRt();
const database = await openTestDatabase();
afterAll(async () => {
  await rt.stop();
  await database.close();
});
const groups = await fillRt(rt);

test('the app before a Request Tracker answers as the reference', async () => {
  const tally = await checkModel(createRtModelTarget(database, rt, groups), { commands: 300 });
  expect(tally.answers).toBeGreaterThan(300);
}, 900_000);
