import { afterAll, beforeAll, test } from 'vitest';

import { checkReplies } from '../server/desk/faults.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('each of 200 replies is in RT once, over a bad network and a crash of RT', () => checkReplies(database, 200));
