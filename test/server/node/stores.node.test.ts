import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAssets } from '../../../src/server/node/assets.js';
import { createFileStore } from '../../../src/server/node/files.js';
import { createHasher } from '../../../src/server/node/hashing.js';
import { temporaryFolder } from '../../support/folder.js';
import { fileCases } from '../files.cases.js';

describe('files in a folder', () => {
  test.each(fileCases)('$name', ({ run }) =>
    run({ files: createFileStore(join(temporaryFolder(), 'files')), account: 1, other: 2 }),
  );

  test('are the only thing that a write leaves behind', async () => {
    const folder = temporaryFolder();
    const files = createFileStore(folder);
    await files.put(7, 'k3y_with-all', new Uint8Array(100_000));
    await files.put(7, 'k3y_with-all', new Uint8Array([1]));
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual([
      '7',
      '7/k3',
      '7/k3/k3y_with-all',
    ]);
  });

  test('are not begun for a key that is refused', async () => {
    const folder = join(temporaryFolder(), 'files');
    await expect(createFileStore(folder).put(1, '../abcd', new Uint8Array())).rejects.toThrow('A file key');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('assets', () => {
  test('have the type of their ending; nothing beside the folder can be read', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'public', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'public', 'embed.js'), 'let a');
    writeFileSync(join(folder, 'public', 'assets', 'a-1.css'), 'p{}');
    writeFileSync(join(folder, 'public', 'assets', 'a-1.js.map'), '{}');
    writeFileSync(join(folder, 'secret.txt'), 'x');
    const assets = createAssets(join(folder, 'public'));
    expect((await assets.read('embed.js'))?.type).toBe('text/javascript; charset=utf-8');
    expect((await assets.read('assets/a-1.css'))?.type).toBe('text/css; charset=utf-8');
    for (const path of ['assets/a-1.js.map', '../secret.txt', 'assets/../../secret.txt', 'assets', '', 'other.js']) {
      expect(await assets.read(path), path).toBeNull();
    }
  });

  test('of a folder that was not built are none', async () => {
    expect(await createAssets(join(temporaryFolder(), 'dist')).read('embed.js')).toBeNull();
  });
});

describe('password hashes', () => {
  test('are argon2id with the cost that OWASP asks for and tell right from wrong', async () => {
    const hasher = createHasher(1);
    // More at once than may run at once.
    const [one, other] = await Promise.all([hasher.hash('zażółć'), hasher.hash('zażółć')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await Promise.all([hasher.verify(one, 'zażółć'), hasher.verify(one, 'zazolc')])).toEqual([true, false]);
    await expect(hasher.verify('no hash', 'x')).rejects.toThrow();
    expect(await hasher.verify(other, 'zażółć')).toBe(true);
  });
});
