import { randomBytes } from 'node:crypto';
import type { Database } from '../../src/server/database.js';
import { createDatabaseFiles } from '../../src/server/files/database-files.js';
import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createHasher } from '../../src/server/node/hashing.js';
import type { FileStore } from '../../src/server/deps.js';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../src/server/node/database/postgres/open-postgres.js';
import { createSanitise } from '../../src/server/node/sanitise.js';
import { demoWorld } from '../../src/world/demo-world.js';
import type { World } from '../../src/world/world.js';
import type { PostgresAddress } from './postgres.js';

/** Puts worlds into a database, as one account each. */
export async function seedWorlds(
  database: Database,
  worlds: readonly World[],
  files: FileStore = createDatabaseFiles(database),
): Promise<void> {
  const { hash, verify } = createHasher();
  // All worlds have one password, and hashing is slow on purpose.
  const hashed = hash(worlds[0]?.password ?? '');
  const deps = {
    database,
    files,
    sanitise: createSanitise(),
    hasher: { verify, hash: () => hashed },
    clock: () => new Date(),
    newId: () => randomBytes(16).toString('base64url'),
  };
  for (const world of worlds) await seedWorld(deps, world);
}

/** Migrates a database on PostgreSQL, puts the demo world into it, and tells the settings of a server on it. */
export async function seedDemo(address: PostgresAddress, name: string): Promise<{ DATABASE_URL: string }> {
  const url = address.appUrl(name);
  const database = await openPostgres({ url, migrateUrl: address.ownerUrl(name), migrations: readMigrations() });
  await seedWorlds(database, [demoWorld]);
  await database.close();
  return { DATABASE_URL: url };
}
