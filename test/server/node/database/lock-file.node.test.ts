import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FolderInUseError, lockFolder } from '../../../../src/server/node/database/lock-file.js';
import { temporaryFolder } from '../../../support/folder.js';

const lockOf = (folder: string) => join(folder, 'server.lock');

async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the lock of a data folder', () => {
  test('is held until it is given back, and leaves nothing behind', () => {
    const folder = temporaryFolder();
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(FolderInUseError);
    expect(readdirSync(folder)).toEqual(['server.lock']);
    unlock();
    lockFolder(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is never taken from a process that lives, and says whose it is', async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, ['--eval', 'process.stdin.resume()']);
    writeFileSync(lockOf(folder), JSON.stringify({ pid: child.pid, started: null }));
    expect(() => lockFolder(folder)).toThrow(
      new FolderInUseError(
        `The data folder ${folder} is in use by process ${child.pid}; stop that server or set PORTICO_DATA.`,
      ),
    );
    child.kill();
    await once(child, 'exit');
    lockFolder(folder)();
  });

  test('is taken over from a process that is gone', async () => {
    const folder = temporaryFolder();
    writeFileSync(lockOf(folder), JSON.stringify({ pid: await endedProcess(), started: null }));
    const unlock = lockFolder(folder);
    expect(JSON.parse(readFileSync(lockOf(folder), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(() => lockFolder(folder)).toThrow(FolderInUseError);
    unlock();
  });

  test.runIf(process.platform === 'linux')('is taken over when its pid went to another process', () => {
    const folder = temporaryFolder();
    writeFileSync(lockOf(folder), JSON.stringify({ pid: process.pid, started: 'an earlier boot:1' }));
    lockFolder(folder)();
  });

  test('is taken over when a crash left it unreadable', () => {
    const folder = temporaryFolder();
    writeFileSync(lockOf(folder), '');
    lockFolder(folder)();
  });

  test('goes to one only when many find a dead one at once', async () => {
    const folder = temporaryFolder();
    writeFileSync(lockOf(folder), JSON.stringify({ pid: await endedProcess(), started: null }));
    const script = `import { lockFolder } from ${JSON.stringify(new URL('../../../../src/server/node/database/lock-file.ts', import.meta.url).href)};
      try { lockFolder(process.argv[1]); console.log('held'); process.stdin.resume(); } catch (error) { console.log(error.name); }`;
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script, folder]),
    );
    const answers = await Promise.all(
      children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()),
    );
    for (const child of children) child.kill();
    expect(answers.sort()).toEqual([...Array.from({ length: 5 }, () => 'FolderInUseError'), 'held']);
  });
});
