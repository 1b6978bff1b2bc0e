import { existsSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeBackup } from '../../../src/server/node/backup/backup-command.js';
import { BackupError } from '../../../src/server/node/backup/format.js';
import { checkBackup } from '../../../src/server/node/backup/read-backup.js';
import { restoreBackup } from '../../../src/server/node/backup/restore-command.js';
import { backupSource } from '../../../src/server/node/backup/source.js';
import { createBackup } from '../../../src/server/node/backup/write-backup.js';
import { lockFolder } from '../../../src/server/node/database/lock-file.js';
import { openEmbeddedDatabase } from '../../../src/server/node/database/open-database.js';
import { createFileStore } from '../../../src/server/node/files.js';
import { startServer } from '../../../src/server/node/server.js';
import { deferred } from '../../support/deferred.js';
import { temporaryFolder } from '../../support/folder.js';
import { configOf, forge, readLines, rowsOf, run, seedFolder, switches, workFolder } from './backup-fixture.js';

const work = workFolder();
const original = join(work.folder, 'original');
const restored = join(work.folder, 'restored');
const file = join(work.folder, 'backup.gz');

const backup = (folder: string, path: string, env: Record<string, string> = {}) =>
  takeBackup(configOf('backup', { PORTICO_DATA: folder, ...env }), path);
const restore = (folder: string, path: string) => restoreBackup(configOf('restore', { PORTICO_DATA: folder }), path);

let taken: Awaited<ReturnType<typeof backup>>;
beforeAll(async () => {
  await seedFolder(original);
  taken = await backup(original, file);
  await restore(restored, file);
}, 240_000);
afterAll(() => work.remove());

describe('a backup', () => {
  test('is one file that only its owner may read, and says what could not be had', () => {
    expect(readdirSync(work.folder).sort()).toEqual(['backup.gz', 'original', 'restored']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(taken).toEqual({ rows: rowsOf(file).length, missing: 1, bytes: statSync(file).size });
  });

  test('never replaces a file', async () => {
    const before = readFileSync(file);
    await expect(backup(original, file)).rejects.toThrow(
      new BackupError(`${file} is there already; a backup never replaces a file.`),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('leaves nothing where it cannot be written, or where there is nothing to save', async () => {
    const folder = temporaryFolder();
    await expect(backup(original, join(folder, 'missing', 'b.gz'))).rejects.toThrow(BackupError);
    await expect(backup(join(folder, 'data'), join(folder, 'b.gz'))).rejects.toThrow(
      `PORTICO_DATA names ${join(folder, 'data')}, where there is no database.`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('ends when nobody reads it or its reader has gone, and the database is free again', async () => {
    const config = configOf('backup', { PORTICO_DATA: restored });
    const database = await openEmbeddedDatabase({ folder: restored });
    const [waited, left] = [deferred<unknown>(), deferred<unknown>()];
    const unread = createBackup(backupSource(config, database), waited.resolve, 50);
    expect(await waited.promise).toEqual(new Error('Nobody reads the backup'));
    expect(unread.destroyed).toBe(true);
    createBackup(backupSource(config, database), left.resolve).once('data', function (this: Readable) {
      this.destroy();
    });
    expect(await left.promise).toEqual(new Error('Nobody reads the backup'));
    expect(await run(database, 1, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });
});

describe('restored into a new folder', () => {
  test('every row and every file is as it was', async () => {
    const again = join(temporaryFolder(), 'again.gz');
    await backup(restored, again);
    expect(rowsOf(again)).toEqual(rowsOf(file));
    const files = createFileStore(join(restored, 'files'));
    expect(Buffer.from((await files.get(1, 'file-1')) ?? []).equals(Buffer.alloc(600_000, 'portico'))).toBe(true);
    expect(await files.get(1, 'file-2')).toHaveLength(0);
  });

  test('the secrets are the same, so sessions and drafts stay valid', () => {
    for (const name of ['secret', 'admin-token']) {
      expect(readFileSync(join(restored, name), 'utf8')).toBe(readFileSync(join(original, name), 'utf8'));
      expect(statSync(join(restored, name)).mode & 0o777).toBe(0o600);
    }
    expect(readdirSync(restored).sort()).toEqual(['admin-token', 'database', 'files', 'secret']);
  });

  test('row level security and triggers are as before, and new rows go on counting', async () => {
    const [before, after] = await Promise.all([original, restored].map((folder) => openEmbeddedDatabase({ folder })));
    if (!before || !after) throw new Error('no database');
    const catalogue = await run<{ enabled: boolean; forced: boolean; triggers: string[] }>(after, 1, switches);
    expect(catalogue).toEqual(await run(before, 1, switches));
    expect(catalogue.every(({ enabled, forced }) => enabled && forced)).toBe(true);
    expect(catalogue.flatMap(({ triggers }) => triggers).filter((trigger) => !trigger.endsWith('O'))).toEqual([]);
    const [last] = await run<{ id: number }>(after, 2, 'SELECT max(id) AS id FROM companies');
    const insert = "INSERT INTO companies (account_id, public_id, name) VALUES (2, 'new', 'New') RETURNING id";
    const [next] = await run<{ id: number }>(after, 2, insert);
    expect(next?.id).toBe((last?.id ?? 0) + 1);
    await Promise.all([before.close(), after.close()]);
  });
});

describe('refused, and nothing is written:', () => {
  const write = (content: Buffer) => {
    const path = join(temporaryFolder(), 'other.gz');
    writeFileSync(path, content);
    return path;
  };
  const whole = () => write(readFileSync(file));
  const truncated = (size: (whole: number) => number) => () => {
    const path = whole();
    truncateSync(path, size(statSync(path).size));
    return path;
  };
  const edited = (change: (lines: string[]) => string[]) => () => forge(whole(), change);
  const flipped = () => {
    const bytes = readFileSync(file);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return write(bytes);
  };
  const withHeader = (change: (header: Record<string, unknown>) => object) =>
    edited(([first = '', ...rest]) => [JSON.stringify(change(JSON.parse(first) as Record<string, unknown>)), ...rest]);
  const renamed = (lines: string[]) => lines.map((line) => line.replace('alice@acme', 'mallory@acme'));

  test.each([
    ['an empty file', () => write(Buffer.alloc(0)), 'is no backup of Portico.'],
    ['another kind of file', () => write(Buffer.from('SQLite format 3')), 'is no backup of Portico.'],
    ['a file cut in the header', truncated(() => 40), 'is no backup of Portico.'],
    ['a file cut in the middle', truncated((size) => Math.floor(size / 2)), 'is damaged or not complete.'],
    ['a file without its last byte', truncated((size) => size - 1), 'is damaged or not complete.'],
    ['a changed byte', flipped, 'is damaged or not complete.'],
    ['a changed row under the old sum', () => forge(whole(), renamed, 'old'), 'is damaged or not complete.'],
    ['rows behind the end', edited((lines) => [...lines, readLines(file).at(-1) ?? '']), 'is damaged or not complete.'],
    ['a line that means nothing', edited((lines) => [...lines, 'DROP TABLE']), 'is damaged or not complete.'],
    [
      'a later format',
      withHeader((header) => ({ ...header, format: 2, version: '9.1.0' })),
      'was made by version 9.1.0 in a format that this version cannot read.',
    ],
    [
      'another set of migrations',
      withHeader((header) => ({ ...header, version: '9.1.0', migrations: [] })),
      'The backup was made by version 9.1.0, whose tables are not those of this one, 0.1.0; restore it with version 9.1.0',
    ],
  ])('%s', async (_, make, message) => {
    const path = make();
    const folder = join(temporaryFolder(), 'data');
    const refusal = await restore(folder, path).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupError);
    expect((refusal as Error).message).toContain(message);
    expect(existsSync(folder)).toBe(false);
  });

  test('a file that is not there', async () => {
    await expect(restore(join(work.folder, 'new'), '/nowhere.gz')).rejects.toThrow('There is no file /nowhere.gz.');
  });

  test('a folder that has an account already', async () => {
    const before = await backupRows(restored);
    await expect(restore(restored, file)).rejects.toThrow(
      new BackupError('The database is not empty; a backup is restored into an empty one only.'),
    );
    expect(await backupRows(restored)).toEqual(before);
  });

  test('a folder that is in use, and one that holds the demo world', async () => {
    const folder = temporaryFolder();
    const unlock = lockFolder(folder);
    await expect(restore(folder, file)).rejects.toThrow(`The data folder ${folder} is in use`);
    unlock();
    writeFileSync(join(folder, 'demo-folder.txt'), '');
    await expect(restore(folder, file)).rejects.toThrow('which holds the demo world; `portico restore` needs another');
    await expect(backup(folder, join(folder, 'b.gz'))).rejects.toThrow('`portico backup` needs another folder.');
    expect(readdirSync(folder)).toEqual(['demo-folder.txt']);
  });

  test('rows that the database refuses', async () => {
    const twice = forge(file, (lines) =>
      lines.flatMap((line) => (line.includes('odd@example.com') ? [line, line] : line)),
    );
    const folder = join(temporaryFolder(), 'data');
    await expect(restore(folder, twice)).rejects.toThrow('contacts_');
    expect(existsSync(folder)).toBe(false);
  });

  async function backupRows(folder: string): Promise<string[]> {
    const path = join(temporaryFolder(), 'b.gz');
    await backup(folder, path);
    return rowsOf(path);
  }
});

describe('while the server runs', () => {
  test('the backup comes from it; a wrong admin token is told, and the server logs both', async () => {
    const folder = temporaryFolder();
    const events: unknown[] = [];
    const config = configOf('start', { PORT: '0', PORTICO_DATA: restored, PORTICO_ADMIN_TOKEN: 'a'.repeat(32) });
    const server = await startServer(config, (entry) => events.push(entry.event));
    const path = join(folder, 'b.gz');
    await expect(backup(restored, path)).rejects.toThrow('has another admin token; set PORTICO_ADMIN_TOKEN to it.');
    await backup(restored, path, { PORTICO_ADMIN_TOKEN: 'a'.repeat(32) });
    expect((await checkBackup(path)).counts.rows).toBe(rowsOf(path).length);
    expect(rowsOf(path)).toContain(rowsOf(file).find((row) => row.includes('odd@example.com')));
    expect(events).toContain('backup');
    await expect(restore(restored, file)).rejects.toThrow('is in use by process');
    await server.stop();
    expect(readdirSync(folder)).toEqual(['b.gz']);
  });
});
