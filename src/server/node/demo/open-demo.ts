import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../database.js';
import type { LogEntry } from '../../deps.js';
import { MigrationError } from '../../sql/migrate.js';
import { openEmbeddedDatabase } from '../database/open-database.js';

/** Milliseconds: its world is written in one transaction, which takes half a second, and many where a machine is busy. */
const transactionLimit = 120_000;

/**
 * The demo's database in a folder that is marked as the demo's. What another version has made there is example data: its
 * database and files are removed and made anew.
 *
 * @throws FolderInUseError
 */
export async function openDemoDatabase(
  folder: string,
  log: (entry: LogEntry) => void,
): Promise<{ readonly database: Database; readonly isRemade: boolean }> {
  try {
    return { database: await openEmbeddedDatabase({ folder, log, transactionLimit }), isRemade: false };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    for (const name of ['database', 'files']) rmSync(join(folder, name), { recursive: true, force: true });
    return { database: await openEmbeddedDatabase({ folder, log, transactionLimit }), isRemade: true };
  }
}
