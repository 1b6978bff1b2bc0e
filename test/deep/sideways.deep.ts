import { afterAll, beforeAll, expect, test } from 'vitest';

import { openMarkedApp } from '../server/matrix/marked-app.js';
import { checkAltered } from '../server/sideways/altered.js';
import { checkDocumented } from '../server/sideways/documented.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

// In portions, each over a world of its own: what one has written shall not slow the next.

test('100,000 altered cursors, positions, tokens, ids and ETags: none is accepted, none breaks the server', async () => {
  for (let portion = 0; portion < 10; portion++) await checkAltered(await openMarkedApp(database), 10_000, portion);
});

test('50,000 requests made from the OpenAPI document are answered as it says', async () => {
  const statuses = new Map<number, number>();
  for (let portion = 0; portion < 25; portion++) {
    for (const [status, times] of await checkDocumented(await openMarkedApp(database), 2_000, portion)) {
      statuses.set(status, (statuses.get(status) ?? 0) + times);
    }
  }
  console.log(Object.fromEntries(statuses));
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 403, 404, 409, 413, 415, 422]));
});
