import { PGlite } from '@electric-sql/pglite';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { servePglite } from '../../src/server/pglite/serve.js';
import type { Migration } from '../../src/server/sql/migrate.js';
import { createSessionDatabase } from '../../src/server/sql/session-database.js';
import { emptyTables } from './empty-tables.js';
import type { TestDatabase, TestDatabaseOptions } from './database.js';

/** The first use after a changed migration takes some seconds; then it loads a kept copy. */
export async function openPgliteTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const migrations = readMigrations();
  const template = await readTemplate(migrations);
  const pglite = await PGlite.create({ loadDataDir: new Blob([template]) });
  const { session } = await servePglite(pglite, migrations);
  const database = createSessionDatabase(session, options);
  let statements = 0;

  async function asSuperuser<Row>(sql: string): Promise<Row[]> {
    await session.script('SET SESSION AUTHORIZATION postgres');
    try {
      const [rows] = await session.run([{ statement: { name: `superuser.${statements++}`, text: sql } }]);
      return rows as Row[];
    } finally {
      await session.script('SET SESSION AUTHORIZATION portico_app');
    }
  }

  return { ...database, asSuperuser, reset: () => emptyTables(asSuperuser) };
}

const PREFIX = 'test-database-';
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

async function readTemplate(migrations: readonly Migration[]): Promise<Uint8Array<ArrayBuffer>> {
  const hash = createHash('sha256');
  for (const { name, sql } of migrations) hash.update(`${name}\0${sql}\0`);
  const file = `${cache}${PREFIX}${hash.digest('hex').slice(0, 16)}.tar`;
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const template = await makeTemplate(migrations);
    await mkdir(cache, { recursive: true });
    const outdated = (await readdir(cache)).filter((name) => name.startsWith(PREFIX) && name.endsWith('.tar'));
    await Promise.all(outdated.map((name) => rm(`${cache}${name}`, { force: true })));
    // Test files run side by side: whoever is last leaves a whole file all the same.
    const draft = `${file}.${randomUUID()}`;
    await writeFile(draft, template);
    await rename(draft, file);
    return template;
  }
}

async function makeTemplate(migrations: readonly Migration[]): Promise<Uint8Array<ArrayBuffer>> {
  const pglite = await PGlite.create();
  const { session } = await servePglite(pglite, migrations);
  await session.script('SET SESSION AUTHORIZATION postgres');
  await session.script('CHECKPOINT');
  const dump = await pglite.dumpDataDir('none');
  await session.close();
  return new Uint8Array(await dump.arrayBuffer());
}
