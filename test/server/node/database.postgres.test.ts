import { afterAll, describe, test } from 'vitest';
import { openTestDatabase } from '../../support/database.js';
import { databaseCases } from './database.cases.js';

const database = await openTestDatabase();
afterAll(() => database.close());

describe('PostgreSQL', () => {
  for (const { name, run } of databaseCases) test(name, () => run(database));
});
