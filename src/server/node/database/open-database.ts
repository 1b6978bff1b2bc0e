import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../database.js';
import type { LogEntry } from '../../deps.js';
import { createSessionDatabase } from '../../sql/session-database.js';
import { lockFolder } from './lock-file.js';
import { openWorkerSession } from './worker-session.js';

export interface EmbeddedDatabaseOptions {
  /** The data folder, made when missing; `null` keeps everything in memory. */
  readonly folder: string | null;
  readonly log?: (entry: LogEntry) => void;
  /** Milliseconds; see `SessionDatabaseOptions` and `WorkerSessionOptions`. */
  readonly transactionLimit?: number;
  readonly statementLimit?: number;
}

/**
 * The embedded database: PGlite in a thread of its own, migrated and serving as `portico_app`.
 *
 * @throws FolderInUseError when another server works on the folder
 * @throws MigrationError when the folder does not fit this version
 */
export async function openEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<Database> {
  const { folder, log = () => {}, ...limits } = options;
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = folder === null ? () => {} : lockFolder(folder);
  let opened = 0;
  try {
    const session = await openWorkerSession({
      ...limits,
      folder: folder === null ? null : join(folder, 'database'),
      onOpen({ migrated, durable }) {
        // A second time means that the thread had to be ended, or that it ended by itself.
        log(
          opened++ === 0
            ? { level: 'info', event: 'database-open', migrated: migrated.length }
            : { level: 'error', event: 'database-reopened' },
        );
        if (folder !== null && !durable) {
          log({
            level: 'error',
            event: 'database-not-durable',
            hint: 'Commits may be lost on power failure, not on a crash.',
          });
        }
      },
    });
    const database = createSessionDatabase(session, limits);
    return { ...database, close: () => database.close().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}
