import type { Statement } from '../database.js';
import type { ScriptSession } from './session.js';

export interface Migration {
  /** File name, `001-tables.sql`: the order of names is the order of running. */
  readonly name: string;
  readonly sql: string;
}

/** The folder and the database disagree about what has been run. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** The file that makes the roles: run by a superuser, before every migration and on its own. */
const rolesFile = '000-roles.sql';

/** What makes the four roles, for a session of a superuser. @throws MigrationError */
export function rolesOf(migrations: readonly Migration[]): string {
  const roles = migrations.find(({ name }) => name === rolesFile);
  if (!roles) throw new MigrationError(`${rolesFile} is missing`);
  return roles.sql;
}

/**
 * Brings a fresh or older database up to the given migrations, each in one transaction. The session is that of
 * `portico_owner`, and the roles are there already.
 *
 * @returns names of the migrations that ran
 * @throws MigrationError when an applied migration was changed or removed
 */
export async function migrate(session: ScriptSession, migrations: readonly Migration[]): Promise<string[]> {
  await session.script(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await session.script(schemaTable);
    const pending = await findPending(session, migrations);
    for (const migration of pending) await apply(session, migration);
    return pending.map(({ name }) => name);
  } finally {
    await session.script(`SELECT pg_advisory_unlock(${LOCK})`);
  }
}

/**
 * Makes sure that a database which somebody else migrates fits these migrations.
 *
 * @throws MigrationError
 */
export async function checkMigrated(session: ScriptSession, migrations: readonly Migration[]): Promise<void> {
  const [table] = await session.run([{ statement: findTable }]);
  const [missing] = table?.length === 0 ? migrations : await findPending(session, migrations);
  if (missing) {
    throw new MigrationError(
      `Migration ${missing.name} has not run on this database; set PORTICO_MIGRATE_URL to run it.`,
    );
  }
}

/** Everybody may see what has run; only the owner may say so. */
const schemaTable = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz(3) NOT NULL DEFAULT now()
  );
  ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY;
  ALTER TABLE schema_migrations FORCE ROW LEVEL SECURITY;
  DROP POLICY IF EXISTS owner ON schema_migrations;
  CREATE POLICY owner ON schema_migrations TO portico_owner USING (true) WITH CHECK (true);
  DROP POLICY IF EXISTS visible ON schema_migrations;
  CREATE POLICY visible ON schema_migrations FOR SELECT TO portico_app, portico_staff USING (true);
  GRANT SELECT ON schema_migrations TO portico_app, portico_staff`;

async function findPending(session: ScriptSession, all: readonly Migration[]): Promise<Migration[]> {
  const migrations = all.filter(({ name }) => name !== rolesFile).toSorted((a, b) => (a.name < b.name ? -1 : 1));
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

async function apply(session: ScriptSession, { name, sql }: Migration): Promise<void> {
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

const findTable: Statement = {
  name: 'migrate.table',
  text: `SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'schema_migrations'`,
};
const listApplied: Statement = { name: 'migrate.applied', text: 'SELECT name, checksum FROM schema_migrations' };
const recordApplied: Statement = {
  name: 'migrate.record',
  text: 'INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)',
};
