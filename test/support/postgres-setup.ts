import type { TestProject } from 'vitest/node';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { asOwner } from '../../src/server/node/database/postgres/open-postgres.js';
import { migrate } from '../../src/server/sql/migrate.js';
import { type PostgresLogins, startPostgres } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The cluster of this run, with the name of a migrated database to make others from; only in mode `postgres`. */
    postgres?: PostgresLogins & { readonly template: string };
  }
}

const template = 'portico_template';

/** One cluster for the whole run, ended with it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgres();
  await cluster.createDatabase(template);
  await asOwner(cluster.ownerUrl(template), (session) => migrate(session, readMigrations()));
  project.provide('postgres', { ...cluster.logins, template });
  return () => cluster.stop();
}
