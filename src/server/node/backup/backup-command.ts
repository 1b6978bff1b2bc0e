import { createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.js';
import { syncFolder } from '../files.js';
import { type AskServer, reachData } from '../reach-data.js';
import { BackupError, type Counts } from './format.js';
import { checkBackup } from './read-backup.js';
import { backupSource } from './source.js';
import { createBackup } from './write-backup.js';

/**
 * `portico backup`: writes everything into one file, which appears when it is whole and was read back.
 *
 * @throws BackupError, ConfigError, FolderInUseError, PostgresError, MigrationError
 */
export async function takeBackup(config: Config, path: string): Promise<Counts & { readonly bytes: number }> {
  const refuseExisting = () => {
    if (existsSync(path)) throw new BackupError(`${path} is there already; a backup never replaces a file.`);
  };
  refuseExisting();
  const part = `${path}.part`;
  try {
    rmSync(part, { force: true });
    const { stream, close } = await openBackup(config);
    try {
      await pipeline(stream, createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }));
    } finally {
      await close();
    }
    const { counts } = await checkBackup(part);
    refuseExisting();
    renameSync(part, path);
    await syncFolder(dirname(path));
    return { ...counts, bytes: statSync(path).size };
  } catch (error) {
    rmSync(part, { force: true });
    // Of a file or a folder; the message names it.
    if (/^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) throw new BackupError((error as Error).message);
    throw error;
  }
}

interface OpenBackup {
  readonly stream: Readable;
  close(): Promise<void>;
}

async function openBackup(config: Config): Promise<OpenBackup> {
  const { database, server } = await reachData(config);
  if (!database) return { stream: await readServer(server), close: async () => {} };
  return { stream: createBackup(backupSource(config, database)), close: () => database.close() };
}

async function readServer(server: AskServer): Promise<Readable> {
  const response = await server('/backup');
  if (!response.ok || !response.body) {
    throw new BackupError(`The server that works on the folder answered ${response.status}.`);
  }
  return Readable.from(readBody(response.body));
}

async function* readBody(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new BackupError('The server ended the backup before it was whole; its log says why.', { cause });
  }
}
