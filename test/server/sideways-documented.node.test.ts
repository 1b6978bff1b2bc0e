import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { openMarkedApp } from './matrix/marked-app.js';
import { checkDocumented } from './sideways/documented.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

// As many as fit; `npm run test:deep` sends 50,000.
test('1,000 requests made from the OpenAPI document are answered as it says', async () => {
  const statuses = await checkDocumented(await openMarkedApp(database), 1000);
  // Some of everything: were all refused, nothing would have been asked.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 403, 404]));
});
