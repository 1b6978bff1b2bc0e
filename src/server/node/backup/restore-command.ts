import { existsSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileStore } from '../../deps.js';
import { concat } from '../../files/database-files.js';
import { servePglite } from '../../pglite/serve.js';
import { migrate } from '../../sql/migrate.js';
import { type Config, ConfigError } from '../config.js';
import { prepareDataFolder, replaceKeptFiles } from '../data-folder.js';
import { lockFolder } from '../database/lock-file.js';
import { readMigrations } from '../database/migration-files.js';
import { openFolder } from '../database/pglite-folder.js';
import { asOwner } from '../database/postgres/open-postgres.js';
import { createFileStore } from '../files.js';
import { readVersion } from '../version.js';
import { BackupError, type Counts, type Header, appliedForm } from './format.js';
import { checkBackup, readBackup } from './read-backup.js';
import { type TakeRow, restoreRows } from './restore-rows.js';

/**
 * `portico restore`: writes a backup into an empty database, embedded or PostgreSQL, whichever it was taken from. All of it
 * or nothing.
 *
 * @throws BackupError, ConfigError, FolderInUseError, PostgresError, MigrationError
 */
export async function restoreBackup(config: Config, path: string): Promise<Counts & { readonly header: Header }> {
  if (!existsSync(path)) throw new BackupError(`There is no file ${path}.`);
  const { header } = await checkBackup(path);
  refuseOtherVersion(header);
  const counts = config.postgres
    ? await restorePostgres(config.postgres.migrateUrl, path)
    : await restoreFolder(config.dataFolder, path);
  return { ...counts, header };
}

function refuseOtherVersion({ version, migrations }: Header): void {
  if (JSON.stringify(migrations) === JSON.stringify(appliedForm(readMigrations()))) return;
  throw new BackupError(
    `The backup was made by version ${version}, whose tables are not those of this one, ${readVersion()}; ` +
      `restore it with version ${version} and update then.`,
  );
}

async function restorePostgres(migrateUrl: string | null, path: string): Promise<Counts> {
  if (migrateUrl === null)
    throw new ConfigError('PORTICO_MIGRATE_URL must be set for a restore: it is done by the owner.');
  return asOwner(migrateUrl, async (session) => {
    await migrate(session, readMigrations());
    return restoreRows(session, readBackup(path));
  });
}

async function restoreFolder(dataFolder: string, path: string): Promise<Counts> {
  const isNew = !existsSync(dataFolder);
  prepareDataFolder('restore', dataFolder);
  const unlock = lockFolder(dataFolder);
  const database = join(dataFolder, 'database');
  const hadDatabase = existsSync(database);
  const files = join(dataFolder, 'files');
  const draft = `${files}.restoring`;
  try {
    rmSync(draft, { recursive: true, force: true });
    return await restoreEmbedded(dataFolder, path, draft, async () => {
      // Without an account in the database, whatever files are there belong to nobody.
      rmSync(files, { recursive: true, force: true });
      if (existsSync(draft)) renameSync(draft, files);
    });
  } catch (error) {
    for (const made of [draft, ...(hadDatabase ? [] : [database])]) rmSync(made, { recursive: true, force: true });
    throw error;
  } finally {
    unlock();
    if (isNew && readdirSync(dataFolder).length === 0) rmdirSync(dataFolder);
  }
}

async function restoreEmbedded(
  dataFolder: string,
  path: string,
  draft: string,
  moveFiles: () => Promise<void>,
): Promise<Counts> {
  const { pglite } = await openFolder(join(dataFolder, 'database'));
  try {
    const { session } = await servePglite(pglite, readMigrations());
    await session.script('SET SESSION AUTHORIZATION portico_owner');
    const collector = collectFiles(createFileStore(draft));
    const secrets: Record<string, string> = {};
    return await restoreRows(session, readBackup(path), {
      divert: {
        file_chunks: collector.take,
        server_settings: async ({ name, value }) => {
          secrets[String(name)] = String(value);
        },
      },
      async ready() {
        await collector.finish();
        await moveFiles();
        replaceKeptFiles(dataFolder, secrets);
      },
    });
  } finally {
    await pglite.close();
  }
}

/** Puts files together from their chunks, which come one file after the other. */
function collectFiles(store: FileStore): { take: TakeRow; finish(): Promise<void> } {
  let file: { readonly account: number; readonly key: string; readonly chunks: Uint8Array[] } | null = null;
  const finish = async () => {
    if (file) await store.put(file.account, file.key, concat(file.chunks));
    file = null;
  };
  return {
    finish,
    async take({ account_id: account, file_key: key, bytes }) {
      if (file?.account !== Number(account) || file.key !== key) {
        await finish();
        file = { account: Number(account), key: String(key), chunks: [] };
      }
      // `\x` and two digits a byte.
      file.chunks.push(Buffer.from(String(bytes).slice(2), 'hex'));
    },
  };
}
