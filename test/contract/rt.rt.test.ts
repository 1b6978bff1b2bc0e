import { afterAll } from 'vitest';

import { seedOf } from '../../src/testing/conformance/index.js';
import { openTestDatabase } from '../support/database.js';
import { startRt } from '../support/rt.js';
import { testConformance } from './conformance.js';
import { createRtTarget, fillRt } from './rt-target.js';

// Of its own: people and companies are called the same in every world, and numbers of tickets count from 1.
const rt = await startRt();
const database = await openTestDatabase();
afterAll(async () => {
  await rt.stop();
  await database.close();
});

await fillRt(rt, seedOf('conformance'));
testConformance(createRtTarget(database, rt), () => 'conformance');
