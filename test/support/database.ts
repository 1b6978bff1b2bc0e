import { inject } from 'vitest';
import type { Database } from '../../src/server/database.js';
import { openPgliteTestDatabase } from './pglite.js';
import { openPostgresTestDatabase } from './postgres-database.js';

export interface TestDatabase extends Database {
  /** Empties all tables: for `beforeEach`, as opening takes longer. */
  reset(): Promise<void>;
  /** Runs SQL as the superuser, past row level security: to look at what is really there, or to break it. */
  asSuperuser<Row>(sql: string): Promise<Row[]>;
}

export interface TestDatabaseOptions {
  /** Milliseconds after which a transaction is rolled back. */
  readonly transactionLimit?: number;
}

/**
 * A migrated, empty database: PGlite in memory and in this thread, or a database of its own on the PostgreSQL that the run
 * has started in mode `postgres`. Open one for each test file and `close()` it.
 */
export function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const postgres = inject('postgres');
  return postgres ? openPostgresTestDatabase(postgres, options) : openPgliteTestDatabase(options);
}
