import { afterAll, beforeAll, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { openMarkedApp } from './matrix/marked-app.js';
import { checkAltered } from './sideways/altered.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

// As many as fit; `npm run test:deep` sends 100,000.
test('2,000 altered cursors, positions, tokens, ids and ETags: none is accepted, none breaks the server', async () => {
  await checkAltered(await openMarkedApp(database), 2000);
}, 240_000);
