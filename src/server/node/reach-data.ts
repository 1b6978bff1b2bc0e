import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../database.js';
import { type Config, ConfigError } from './config.js';
import { prepareDataFolder, readKeptFiles } from './data-folder.js';
import { findAddress } from './database/lock-file.js';
import { readMigrations } from './database/migration-files.js';
import { openEmbeddedDatabase } from './database/open-database.js';
import { openPostgres } from './database/postgres/open-postgres.js';

/** Asks a route of the administrator, with JSON where there is a body: by POST, unless it says otherwise. @throws ConfigError for another admin token */
export type AskServer = (path: string, body?: object, method?: 'POST' | 'PATCH') => Promise<Response>;

/**
 * The way of a command to what a server keeps: the database, which the caller closes, or the server that works on the
 * embedded one and has it to itself.
 *
 * @throws ConfigError, FolderInUseError, PostgresError, MigrationError
 */
export async function reachData(
  config: Config,
): Promise<
  { readonly database: Database; readonly server: null } | { readonly database: null; readonly server: AskServer }
> {
  const { command, postgres, dataFolder } = config;
  if (postgres) {
    const database = await openPostgres({ url: postgres.url, migrateUrl: null, migrations: readMigrations() });
    return { database, server: null };
  }
  prepareDataFolder(command, dataFolder);
  if (!existsSync(join(dataFolder, 'database'))) {
    throw new ConfigError(`PORTICO_DATA names ${dataFolder}, where there is no database.`);
  }
  const address = findAddress(dataFolder);
  if (address !== null) return { database: null, server: asking(address, config) };
  return { database: await openEmbeddedDatabase({ folder: dataFolder }), server: null };
}

function asking(address: string, { command, adminToken, dataFolder }: Config): AskServer {
  const token = adminToken ?? readKeptFiles(dataFolder)['admin-token'] ?? '';
  return async (path, body, method = 'POST') => {
    const response = await fetch(`${address}/admin/api/v1${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'x-portal-client': `portico-${command}/1`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { method, body: JSON.stringify(body) }),
    });
    if (response.status === 401) {
      throw new ConfigError(
        'The server that works on the folder has another admin token; set PORTICO_ADMIN_TOKEN to it.',
      );
    }
    return response;
  };
}
