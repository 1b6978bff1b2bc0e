import { afterAll, beforeAll, inject, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { openMarkedApp } from './matrix/marked-app.js';
import { checkAltered } from './sideways/altered.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

// As many as fit: most are refused before a database is asked. `npm run test:deep` sends 100,000, and 2,000 on PostgreSQL.
const count = inject('postgres') ? 300 : 1000;

test(`${count} altered cursors, positions, tokens, ids and ETags: none is accepted, none breaks the server`, async () => {
  await checkAltered(await openMarkedApp(database), count);
}, 240_000);
