import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Migration } from '../../sql/migrate.js';
import { migrationsFolder } from '../paths.js';

/** The migrations that come with the server. */
export function readMigrations(): Migration[] {
  return readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name, sql: readFileSync(join(migrationsFolder, name), 'utf8') }));
}
