import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Migration } from '../../pglite/migrate.js';

/** The migrations that come with the server. */
export function readMigrations(): Migration[] {
  const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }));
}
