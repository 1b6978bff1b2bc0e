import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, type Config, ConfigError } from './config.js';

const MARK = 'demo-folder.txt';
const MARK_TEXT = 'This folder holds the demo world of Portico. It may be deleted when the demo is not running.\n';

/** What the server keeps beside its database, made on first use. */
export interface Kept {
  readonly secret: Uint8Array;
  readonly adminToken: string;
  /** File of a token that was made just now; `null` when it was there or came from a setting. */
  readonly newTokenFile: string | null;
}

/**
 * Makes sure that the demo world and real data never meet in one folder.
 *
 * @throws ConfigError
 */
export function prepareDataFolder(command: Command, folder: string): void {
  const marked = existsSync(join(folder, MARK));
  if (command === 'start' && marked) {
    throw new ConfigError(
      `PORTICO_DATA names ${folder}, which holds the demo world; \`portico start\` needs another folder.`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (command === 'start' || marked) return;
  if (readdirSync(folder).length > 0) {
    throw new ConfigError(
      `PORTICO_DATA names ${folder}, which is not empty and not a demo folder; the demo needs another.`,
    );
  }
  writeFileSync(join(folder, MARK), MARK_TEXT, { mode: 0o600 });
}

/** The caller holds the folder's lock. */
export function readKept({ dataFolder, secret, adminToken }: Config): Kept {
  const tokenFile = join(dataFolder, 'admin-token');
  const isNew = adminToken === null && !existsSync(tokenFile);
  return {
    secret: secret ?? Buffer.from(keepOnce(join(dataFolder, 'secret')), 'base64url'),
    adminToken: adminToken ?? keepOnce(tokenFile),
    newTokenFile: isNew ? tokenFile : null,
  };
}

/** 32 random bytes in base64url, readable by the owner of the process only. */
function keepOnce(file: string): string {
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true });
  const text = readFileSync(file, 'utf8').trim();
  if (text.length < 32) throw new ConfigError(`The file ${file} is damaged; restore it from a backup.`);
  return text;
}
