import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolder } from '../../../../src/server/node/database/pglite-folder.js';
import { temporaryFolder } from '../../../support/folder.js';
import { makeMigratedFolder } from '../../../support/migrated-folder.js';
import { runCommand, startServerProcess } from '../../../support/server-process.js';

const secret = 'k'.repeat(43);

/** A folder whose database has run migrations that are not those of this version, with a file and a secret beside it. */
async function folderOfAnotherVersion(): Promise<string> {
  const folder = temporaryFolder();
  await makeMigratedFolder(folder, 'live');
  const { pglite } = await openFolder(join(folder, 'database'));
  await pglite.exec("UPDATE schema_migrations SET checksum = 'another' WHERE name = '001-tables.sql'");
  await pglite.close();
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files', 'old'), 'of the old world');
  writeFileSync(join(folder, 'secret'), secret);
  return folder;
}

test('a demo world of another version is made anew, once and with a word; other data is not', {
  timeout: 300_000,
}, async () => {
  const folder = await folderOfAnotherVersion();
  const data = { PORTICO_DATA: folder };
  const { code, stderr } = await runCommand(['start'], { PORT: '0', ...data });
  expect([code, stderr]).toEqual([1, 'Migration 001-tables.sql was changed after it had run; add a new one instead\n']);
  expect(existsSync(join(folder, 'files', 'old'))).toBe(true);

  writeFileSync(join(folder, 'demo-folder.txt'), '');
  const server = await startServerProcess('demo', data);
  const word = 'The demo world here was made by another version of Portico, so it was made anew.\n';
  expect(server.output).toContain(word);
  const headers = { origin: server.origin, 'x-portal-client': 'portico-test/1' };
  expect((await fetch(`${server.origin}/help/api/v1/portal`, { headers })).status).toBe(200);
  expect(existsSync(join(folder, 'files', 'old'))).toBe(false);
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(secret);
  expect(await server.end('SIGTERM')).toBe(0);

  const again = await startServerProcess('demo', data);
  expect(again.output).not.toContain(word);
  expect(await again.end('SIGTERM')).toBe(0);
});
