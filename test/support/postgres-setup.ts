import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
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
  await migrateTemplate(cluster.ownerUrl(template));
  project.provide('postgres', { ...cluster.logins, template });
  return () => cluster.stop();
}

async function migrateTemplate(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const migrations = readMigrations().filter(({ name }) => name !== '000-roles.sql');
  for (const { sql } of migrations.sort((a, b) => (a.name < b.name ? -1 : 1))) await client.query(sql);
  await client.end();
}
