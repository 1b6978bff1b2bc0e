import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { createDatabaseFiles } from '../../src/server/files/database-files.js';
import { createMemoryFiles } from '../../src/server/files/memory-files.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { fileCases } from './files.cases.js';

describe('files in the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  beforeEach(() => database.reset());
  afterAll(() => database.close());

  test.each(fileCases)('$name', async ({ run }) => {
    const statement = {
      name: 'files.accounts',
      text: "INSERT INTO accounts (public_id, name) VALUES ('one', 'One'), ('two', 'Two') RETURNING account_id",
    };
    const [rows] = await database.batch({ role: 'staff' }, [{ statement }]);
    const [one, two] = rows as [{ account_id: number }, { account_id: number }];
    await run({ files: createDatabaseFiles(database), account: one.account_id, other: two.account_id });
  });
});

describe('files in memory', () => {
  test.each(fileCases)('$name', ({ run }) => run({ files: createMemoryFiles(), account: 1, other: 2 }));
});
