import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Statement } from '../database.js';
import { type Command, type Config, ConfigError } from './config.js';

const MARK = 'demo-folder.txt';
const MARK_TEXT = 'This folder holds the demo world of Portico. It may be deleted when the demo is not running.\n';

/** Names under which secrets are kept: as files of the data folder, or in the database that servers share. */
const SECRET = 'secret';
const TOKEN = 'admin-token';

/** What nobody has set and the server makes for itself on first use. */
export interface Kept {
  readonly secret: Uint8Array;
  readonly adminToken: string;
  /** Where to find a token that was made just now, in words; `null` when it was there or came from a setting. */
  readonly newToken: string | null;
}

/**
 * Makes sure that the demo world and real data never meet in one folder.
 *
 * @throws ConfigError
 */
export function prepareDataFolder(command: Command, folder: string): void {
  const marked = existsSync(join(folder, MARK));
  if (command !== 'demo' && marked) {
    throw new ConfigError(
      `PORTICO_DATA names ${folder}, which holds the demo world; \`portico ${command}\` needs another folder.`,
    );
  }
  if (command === 'backup' || command === 'config') return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (command !== 'demo' || marked) return;
  if (readdirSync(folder).length > 0) {
    throw new ConfigError(
      `PORTICO_DATA names ${folder}, which is not empty and not a demo folder; the demo needs another.`,
    );
  }
  writeFileSync(join(folder, MARK), MARK_TEXT, { mode: 0o600 });
}

/** Secrets of a server with a data folder to itself. The caller holds the folder's lock. */
export function readKept({ dataFolder, secret, adminToken }: Config): Kept {
  const tokenFile = join(dataFolder, TOKEN);
  const isNew = adminToken === null && !existsSync(tokenFile);
  return {
    secret: secret ?? Buffer.from(keepOnce(join(dataFolder, SECRET)), 'base64url'),
    adminToken: adminToken ?? keepOnce(tokenFile),
    newToken: isNew ? `made, in ${tokenFile}` : null,
  };
}

/** Secrets of servers that share a database: whoever comes first makes them for all. */
export async function readSharedKept(
  { secret, adminToken }: Pick<Config, 'secret' | 'adminToken'>,
  database: Database,
): Promise<Kept> {
  const share = async (name: string): Promise<{ value: string; isNew: boolean }> => {
    const [made, [kept]] = (await database.batch({ role: 'staff' }, [
      { statement: makeSetting, params: [name, newSecret()] },
      { statement: readSetting, params: [name] },
    ])) as [unknown[], [{ value: string }]];
    return { value: kept.value, isNew: made.length > 0 };
  };
  const token = adminToken === null ? await share(TOKEN) : { value: adminToken, isNew: false };
  return {
    secret: secret ?? Buffer.from((await share(SECRET)).value, 'base64url'),
    adminToken: token.value,
    newToken: token.isNew ? `${token.value} (made just now, and shown this once)` : null,
  };
}

/** The admin token that servers of a database have made; `null` when none has. */
export async function readSharedToken(database: Database): Promise<string | null> {
  const [[kept]] = (await database.batch({ role: 'staff' }, [{ statement: readSetting, params: [TOKEN] }])) as [
    { value: string }[],
  ];
  return kept?.value ?? null;
}

const makeSetting: Statement = {
  name: 'settings.make',
  text: 'INSERT INTO server_settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING name',
};
const readSetting: Statement = { name: 'settings.read', text: 'SELECT value FROM server_settings WHERE name = $1' };

/** The secrets that a data folder holds, by name: what of them was set is not there. */
export function readKeptFiles(folder: string): Record<string, string> {
  const there = [SECRET, TOKEN].filter((name) => existsSync(join(folder, name)));
  return Object.fromEntries(there.map((name) => [name, readFileSync(join(folder, name), 'utf8').trim()]));
}

/** Puts secrets in the place of those that the folder holds. */
export function replaceKeptFiles(folder: string, secrets: Readonly<Record<string, string>>): void {
  for (const name of [SECRET, TOKEN]) {
    const file = join(folder, name);
    rmSync(file, { force: true });
    if (secrets[name] !== undefined) keepOnce(file, secrets[name]);
  }
}

/** 32 random bytes in base64url. */
const newSecret = () => randomBytes(32).toString('base64url');

/** Readable by the owner of the process only. */
function keepOnce(file: string, value = newSecret()): string {
  if (!existsSync(file)) writeFileSync(file, value, { mode: 0o600, flag: 'wx', flush: true });
  const text = readFileSync(file, 'utf8').trim();
  if (text.length < 32) throw new ConfigError(`The file ${file} is damaged; restore it from a backup.`);
  return text;
}
