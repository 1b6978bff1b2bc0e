import type { PGlite } from '@electric-sql/pglite';
import { type Migration, migrate, rolesOf } from '../sql/migrate.js';
import { channel } from '../sql/session.js';
import { type PgliteSession, createPgliteSession } from './pglite-session.js';

/**
 * Migrates a PGlite instance as `portico_owner` and leaves its one session serving as `portico_app`.
 *
 * @throws MigrationError when the database does not fit these migrations
 */
export async function servePglite(
  pglite: PGlite,
  migrations: readonly Migration[],
): Promise<{ session: PgliteSession; migrated: string[] }> {
  const session = createPgliteSession(pglite);
  await session.script(rolesOf(migrations));
  // For upkeep.ts; like all its roles, portico_app has to put these on first.
  await session.script('GRANT pg_maintain, pg_checkpoint TO portico_app');
  await session.script('SET SESSION AUTHORIZATION portico_owner');
  const migrated = await migrate(session, migrations);
  await session.script(`SET SESSION AUTHORIZATION portico_app; LISTEN ${channel}`);
  return { session, migrated };
}
