import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbeddedDatabase } from '../../src/server/node/database/open-database.js';
import { readMigrations } from '../../src/server/node/database/migration-files.js';

const PREFIX = 'data-folder-';
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

/**
 * Makes a data folder as a first start leaves it: the embedded database in it, migrated and empty. For tests of what comes
 * after that; making one takes seconds of computing, and is tested on its own.
 */
export async function makeMigratedFolder(folder: string, kind: 'live' | 'demo'): Promise<void> {
  cpSync(await findTemplate(), folder, { recursive: true });
  if (kind === 'demo') writeFileSync(join(folder, 'demo-folder.txt'), '');
}

/** Kept from run to run, until a migration or a package changes. */
async function findTemplate(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(new URL('../../package-lock.json', import.meta.url)));
  for (const { name, sql } of readMigrations()) hash.update(`${name}\0${sql}\0`);
  const template = join(cache, PREFIX + hash.digest('hex').slice(0, 16));
  if (existsSync(template)) return template;
  mkdirSync(cache, { recursive: true });
  const outdated = readdirSync(cache).filter((name) => name.startsWith(PREFIX) && !name.includes('.'));
  for (const name of outdated) rmSync(join(cache, name), { recursive: true, force: true });
  const draft = `${template}.${randomUUID()}`;
  await (await openEmbeddedDatabase({ folder: draft })).close();
  try {
    renameSync(draft, template);
  } catch (error) {
    // Test files run side by side: another was first.
    if (!existsSync(template)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return template;
}
