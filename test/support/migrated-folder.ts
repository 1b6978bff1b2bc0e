import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedDatabase } from '../../src/server/node/database/open-database.js';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { keptFolder } from './kept-folder.js';

/**
 * Makes a data folder as a first start leaves it: the embedded database in it, migrated and empty. For tests of what comes
 * after that; making one takes seconds of computing, and is tested on its own.
 */
export async function makeMigratedFolder(folder: string, kind: 'live' | 'demo'): Promise<void> {
  cpSync(await findTemplate(), folder, { recursive: true });
  if (kind === 'demo') writeFileSync(join(folder, 'demo-folder.txt'), '');
}

const findTemplate = (): Promise<string> =>
  keptFolder(
    'data-folder-',
    (hash) => {
      hash.update(readFileSync(new URL('../../package-lock.json', import.meta.url)));
      for (const { name, sql } of readMigrations()) hash.update(`${name}\0${sql}\0`);
    },
    async (draft) => (await openEmbeddedDatabase({ folder: draft })).close(),
  );
