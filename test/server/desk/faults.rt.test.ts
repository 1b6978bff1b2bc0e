import { afterAll, beforeAll, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import { checkReplies } from './faults.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('each of 8 replies is in RT once, over a bad network and a crash of RT', { timeout: 180_000 }, async () => {
  await checkReplies(database, 8);
});
