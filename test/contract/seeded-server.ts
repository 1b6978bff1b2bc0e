import { randomBytes, randomUUID } from 'node:crypto';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../src/server/node/database/postgres/open-postgres.js';
import type { World } from '../../src/world/world.js';
import type { PostgresTemplate } from '../support/postgres-database.js';
import { addressOf } from '../support/postgres.js';
import { seedWorlds } from '../support/seeded.js';
import { startServerProcess } from '../support/server-process.js';

export interface SeededServer {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly adminToken: string;
  /** Rejects when the server has logged an error. */
  stop(): Promise<void>;
}

/** `portico start` as a process of its own, on a free port, over these worlds in a database of its own on PostgreSQL. */
export async function startSeededServer(worlds: readonly World[], postgres: PostgresTemplate): Promise<SeededServer> {
  const address = addressOf(postgres);
  const name = `contract_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name, postgres.template);
  const url = address.appUrl(name);
  const database = await openPostgres({ url, migrateUrl: null, migrations: readMigrations() });
  await seedWorlds(database, worlds);
  await database.close();

  const adminToken = randomBytes(32).toString('base64url');
  const server = await startServerProcess('start', { DATABASE_URL: url, PORTICO_ADMIN_TOKEN: adminToken });
  return {
    origin: server.origin,
    adminToken,
    async stop() {
      await server.end('SIGTERM');
      await address.dropDatabase(name);
      const errors = server.log().filter((entry) => (entry as { level: string }).level === 'error');
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
    },
  };
}

export { createBrowser } from '../../src/testing/live/browser.js';
