import { afterAll, beforeAll, describe, test } from 'vitest';
import { createDatabaseFiles } from '../../src/server/files/database-files.js';
import { createMemoryFiles } from '../../src/server/files/memory-files.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { fileCases } from './files.cases.js';

describe('files in the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  let accounts = 0;
  async function addAccount(): Promise<number> {
    const statement = {
      name: 'files.account',
      text: 'INSERT INTO accounts (public_id, name) VALUES ($1, $1) RETURNING account_id',
    };
    const [rows] = await database.batch({ role: 'staff' }, [{ statement, params: [`account ${++accounts}`] }]);
    return (rows as [{ account_id: number }])[0].account_id;
  }

  test.each(fileCases)('$name', async ({ run }) =>
    run({ files: createDatabaseFiles(database), account: await addAccount(), other: await addAccount() }),
  );
});

describe('files in memory', () => {
  test.each(fileCases)('$name', ({ run }) => run({ files: createMemoryFiles(), account: 1, other: 2 }));
});
