import { afterAll, beforeAll, describe, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import { type MailWorld, createMailWorld, seedPortal } from './mail-world.js';
import { mailCases } from './outbox.cases.js';

let database: TestDatabase;
let portal: MailWorld['portal'];
beforeAll(async () => {
  database = await openTestDatabase();
  portal = await seedPortal(database);
});
afterAll(() => database.close());

describe('mail', () => {
  for (const { name, run } of mailCases) test(name, async () => run(await createMailWorld(database, portal)));
});
