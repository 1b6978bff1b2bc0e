import { randomBytes, randomUUID } from 'node:crypto';

import { createDatabaseFiles } from '../../src/server/files/database-files.js';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../src/server/node/database/postgres/open-postgres.js';
import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createHasher } from '../../src/server/node/hashing.js';
import { createSanitise } from '../../src/server/node/sanitise.js';
import { createBrowser } from '../../src/testing/live/browser.js';
import type { PostgresTemplate } from '../support/postgres-database.js';
import { addressOf } from '../support/postgres.js';
import { startServerProcess } from '../support/server-process.js';
import type { Target } from './desk.js';
import { createServerTarget } from './server-target.js';

/** `portico start` as a process of its own over a database of its own on PostgreSQL, asked through its socket. */
export async function openHttpTarget(
  postgres: PostgresTemplate,
): Promise<{ readonly target: Target; close(): Promise<void> }> {
  const address = addressOf(postgres);
  const name = `model_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name, postgres.template);
  const url = address.appUrl(name);
  const database = await openPostgres({ url, migrateUrl: null, migrations: readMigrations() });
  const adminToken = randomBytes(32).toString('base64url');
  const server = await startServerProcess('start', { DATABASE_URL: url, PORTICO_ADMIN_TOKEN: adminToken });

  const { hash, verify } = createHasher();
  // All worlds have one password, and hashing is slow on purpose.
  let hashed: Promise<string> | undefined;
  const deps = {
    database,
    files: createDatabaseFiles(database),
    sanitise: createSanitise(),
    hasher: { verify, hash: (password: string) => (hashed ??= hash(password)) },
    clock: () => new Date(),
    newId: () => randomBytes(16).toString('base64url'),
  };
  return {
    target: createServerTarget({
      name: 'HTTP',
      origin: server.origin,
      adminToken,
      database,
      seed: (world) => seedWorld(deps, world),
      newSend: () => createBrowser(server.origin),
    }),
    async close() {
      await server.end('SIGTERM');
      await database.close();
      await address.dropDatabase(name);
      const errors = server.log().filter((entry) => (entry as { level: string }).level === 'error');
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
    },
  };
}
