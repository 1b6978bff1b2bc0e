import { afterAll, beforeAll, expect, test } from 'vitest';

import { checkReplies, faults } from '../server/desk/faults.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('each of 200 replies is in RT once, over a bad network and a crash of RT', async () => {
  const met = await checkReplies(database, 200);
  console.log('requests by what happened to them', met);
  expect(Object.keys(met)).toEqual(expect.arrayContaining([...faults]));
});
