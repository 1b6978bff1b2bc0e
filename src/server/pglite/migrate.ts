import type { Statement } from '../database.js';
import type { PgliteSession } from './pglite-session.js';

export interface Migration {
  /** File name, `001-tables.sql`: the order of names is the order of running. */
  readonly name: string;
  readonly sql: string;
}

/** The folder and the database disagree about what has been run. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings a fresh or older database up to the given migrations and leaves the session as `portico_app`. The session must
 * be a superuser's. Each migration runs in one transaction as `portico_owner`; the first file makes the roles and runs
 * each time.
 *
 * @returns names of the migrations that ran
 * @throws MigrationError when an applied migration was changed or removed
 */
export async function migrate(session: PgliteSession, migrations: readonly Migration[]): Promise<string[]> {
  const [roles, ...rest] = [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (roles?.name !== '000-roles.sql') throw new MigrationError('000-roles.sql is missing');
  await session.script(roles.sql);
  await session.script(`SET SESSION AUTHORIZATION portico_owner; SELECT pg_advisory_lock(${LOCK})`);
  await session.script(`CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz(3) NOT NULL DEFAULT now()
  )`);
  const pending = await findPending(session, rest);
  for (const migration of pending) await apply(session, migration);
  await session.script(`SELECT pg_advisory_unlock(${LOCK}); SET SESSION AUTHORIZATION portico_app`);
  return pending.map(({ name }) => name);
}

async function findPending(session: PgliteSession, migrations: readonly Migration[]): Promise<Migration[]> {
  const [rows] = await session.run([{ statement: listApplied }]);
  const applied = new Map((rows as { name: string; checksum: string }[]).map((row) => [row.name, row.checksum]));
  const pending: Migration[] = [];
  for (const migration of migrations) {
    const known = applied.get(migration.name);
    applied.delete(migration.name);
    if (known === undefined) pending.push(migration);
    else if (known !== (await checksum(migration.sql))) {
      throw new MigrationError(`Migration ${migration.name} was changed after it had run; add a new one instead`);
    } else if (pending[0]) {
      throw new MigrationError(`Migration ${pending[0].name} comes before ${migration.name}, which has run already`);
    }
  }
  const [missing] = applied.keys();
  if (missing) throw new MigrationError(`Migration ${missing} has run on this database but its file is missing`);
  return pending;
}

async function apply(session: PgliteSession, { name, sql }: Migration): Promise<void> {
  try {
    await session.script('BEGIN');
    await session.script(sql);
    await session.run([{ statement: recordApplied, params: [name, await checksum(sql)] }]);
    await session.script('COMMIT');
  } catch (error) {
    await session.script('ROLLBACK');
    throw new MigrationError(`Migration ${name} failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

async function checksum(sql: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sql));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Any fixed number: it keeps two servers from migrating one database at a time. */
const LOCK = 7_062_026;

const listApplied: Statement = { name: 'migrate.applied', text: 'SELECT name, checksum FROM schema_migrations' };
const recordApplied: Statement = {
  name: 'migrate.record',
  text: 'INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)',
};
