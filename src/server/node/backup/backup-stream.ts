import { Readable } from 'node:stream';
import type { Database } from '../../database.js';
import type { LogEntry } from '../../deps.js';
import type { Config } from '../config.js';
import { backupSource } from './source.js';
import { createBackup } from './write-backup.js';

/** The backup that a running server gives to whoever may have it. */
export function createBackupStream(
  config: Config,
  database: Database,
  log: (entry: LogEntry) => void,
): ReadableStream<Uint8Array> {
  const begun = Date.now();
  const backup = createBackup(backupSource(config, database), (outcome) => {
    const milliseconds = Date.now() - begun;
    if (outcome instanceof Error) log({ level: 'error', event: 'backup-failed', error: outcome.message, milliseconds });
    else log({ level: 'info', event: 'backup', rows: outcome.rows, missing: outcome.missing, milliseconds });
  });
  return Readable.toWeb(backup) as ReadableStream<Uint8Array>;
}
