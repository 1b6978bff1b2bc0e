import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPostgres } from '../../.ci/postgres.mjs';
import { temporaryFolder } from '../support/folder.js';

test('a folder named in POSTGRES_BIN without PostgreSQL is said, and nothing else is taken', () => {
  const folder = temporaryFolder();
  expect(findPostgres({ POSTGRES_BIN: folder })).toEqual({
    why: `POSTGRES_BIN names ${folder}, and there is no PostgreSQL`,
  });
});

test('the folder named in POSTGRES_BIN goes before all others', () => {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const name of ['initdb', 'postgres']) writeFileSync(join(folder, name), '');
  const found = findPostgres({ POSTGRES_BIN: folder, PATH: '/usr/bin' });
  // On a machine without the user that it would need, that is what is said.
  expect('folder' in found ? found.folder : found.why).toMatch(/bin$|as root/);
});
