import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../src/server/node/database/postgres/open-postgres.js';
import { createPgSession } from '../../src/server/node/database/postgres/pg-session.js';
import type { TestDatabase, TestDatabaseOptions } from './database.js';
import { emptyTables } from './empty-tables.js';
import { type PostgresLogins, addressOf } from './postgres.js';

export interface PostgresTemplate extends PostgresLogins {
  /** Name of a migrated database. */
  readonly template: string;
}

/** A database of its own, gone when it is closed. */
export async function openPostgresTestDatabase(
  postgres: PostgresTemplate,
  options: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const address = addressOf(postgres);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name, postgres.template);
  const url = address.appUrl(name);
  const database = await openPostgres({ ...options, url, migrateUrl: null, migrations: readMigrations() });
  const superuser = new Client({ connectionString: address.superuserUrl(name), options: '-c TimeZone=UTC' });
  await superuser.connect();
  const session = createPgSession(superuser);
  let statements = 0;

  async function asSuperuser<Row>(sql: string): Promise<Row[]> {
    const [rows] = await session.run([{ statement: { name: `superuser.${statements++}`, text: sql } }]);
    return rows as Row[];
  }

  return {
    ...database,
    asSuperuser,
    reset: () => emptyTables(asSuperuser),
    async close() {
      await database.close();
      await session.close();
      await address.dropDatabase(name);
    },
  };
}
