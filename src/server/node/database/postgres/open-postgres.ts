import { type PoolClient, Client, Pool } from 'pg';
import { type Database, type Statement, DatabaseError } from '../../../database.js';
import type { LogEntry } from '../../../deps.js';
import { type Migration, checkMigrated, migrate } from '../../../sql/migrate.js';
import type { ScriptSession } from '../../../sql/session.js';
import { runBatch, runTransaction, snapshot, underContext } from '../../../sql/transaction.js';
import { connectionTo } from './connection.js';
import { createListener } from './listener.js';
import { createPgSession, toDatabaseError } from './pg-session.js';

export interface PostgresOptions {
  /** Signs in as `portico_app`. */
  readonly url: string;
  /** Signs in as `portico_owner`; `null` when somebody else migrates. */
  readonly migrateUrl: string | null;
  readonly migrations: readonly Migration[];
  readonly log?: (entry: LogEntry) => void;
  /** Connections for requests; one more listens. */
  readonly connections?: number;
  /** Milliseconds that one statement may take; a request waits no longer than this for a connection either. */
  readonly statementLimit?: number;
  /** Milliseconds after which a transaction is rolled back. */
  readonly transactionLimit?: number;
}

/** A database cannot be used as it is. The message is one sentence for the person who started the server. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
}

/**
 * PostgreSQL behind a pool of connections: migrated, and serving as `portico_app`. Lost connections are replaced; what ran
 * on one fails with SQLSTATE 08006 or 57P01.
 *
 * @throws PostgresError when a connection cannot be had or signs in as somebody who is above row level security
 * @throws MigrationError when the database does not fit this version
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { url, migrateUrl, migrations, log = () => {} } = options;
  const { connections = 10, statementLimit = 5_000, transactionLimit = 10_000 } = options;
  if (migrateUrl !== null) {
    const migrated = await asOwner(migrateUrl, (session) => migrate(session, migrations));
    log({ level: 'info', event: 'database-migrated', migrated: migrated.length });
  }
  await withSession('DATABASE_URL', url, 'portico_app', (session) => checkMigrated(session, migrations));

  const pool = new Pool({
    ...connectionTo(url),
    max: connections,
    connectionTimeoutMillis: statementLimit,
    statement_timeout: statementLimit,
    idle_in_transaction_session_timeout: transactionLimit,
  });
  // An idle connection that breaks is replaced at its next use; without this line it would end the process.
  pool.on('error', () => log({ level: 'error', event: 'database-connection-lost' }));
  // The same for one that breaks between two statements of a transaction: its next statement tells.
  pool.on('connect', (client) => client.on('error', () => {}));
  const listener = createListener(url);
  const sessions = new WeakMap<PoolClient, ScriptSession>();

  async function withClient<T>(run: (session: ScriptSession) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw new DatabaseError('08001', 'No connection to the database', { cause: error });
    });
    let session = sessions.get(client);
    if (!session) sessions.set(client, (session = createPgSession(client)));
    let broken = false;
    try {
      return await run(session);
    } catch (error) {
      broken = error instanceof DatabaseError && unusable.test(error.code);
      throw error;
    } finally {
      // A transaction that could not be brought to an end ends with its connection.
      client.release(broken || client.getTransactionStatus() !== 'I');
    }
  }

  return {
    tx: (context, run) =>
      withClient((session) => runTransaction(session, underContext(context, transactionLimit), run)),
    batch: (context, steps) => withClient((session) => runBatch(session, context, steps)),
    snapshot: (run) => withClient((session) => runTransaction(session, snapshot, run)),
    listen: (hear) => listener.listen(hear),
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

/** Runs set-up as `portico_owner`. @throws PostgresError */
export const asOwner = <T>(migrateUrl: string, run: (session: ScriptSession) => Promise<T>): Promise<T> =>
  withSession('PORTICO_MIGRATE_URL', migrateUrl, 'portico_owner', run);

/**
 * SQLSTATEs after which a connection is not used again: it was lost (08, 57P0), or a prepared statement is missing (26000) or
 * no longer fits its tables (0A000).
 */
const unusable = /^(08...|57P0.|26000|0A000)$/;

const whoAmI: Statement = {
  name: 'open.who',
  text: `SELECT rolname::text AS name, rolsuper OR rolbypassrls AS strong FROM pg_roles WHERE rolname = current_user`,
};

async function withSession<T>(
  setting: string,
  url: string,
  role: string,
  run: (session: ScriptSession) => Promise<T>,
): Promise<T> {
  const client = new Client(connectionTo(url));
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new PostgresError(`${setting}: no connection to the database (${toDatabaseError(error).message}).`);
  }
  const session = createPgSession(client);
  try {
    const [[who]] = (await session.run([{ statement: whoAmI }])) as [{ name: string; strong: boolean }[]];
    if (who?.name !== role || who.strong) {
      throw new PostgresError(
        `${setting} must sign in as ${role}, which is under row level security; it is ${who?.name}.`,
      );
    }
    return await run(session);
  } finally {
    await session.close();
  }
}
