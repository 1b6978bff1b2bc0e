import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '../deps.js';
import { checkFileKey } from '../files/file-key.js';

/** Attachments as files in a folder, one of its own for each account. A file is there whole or not at all, also after a crash. */
export function createFileStore(folder: string): FileStore {
  const pathOf = (account: number, key: string): string => {
    checkFileKey(key);
    return join(folder, String(account), key.slice(0, 2), key);
  };

  return {
    async put(account, key, bytes) {
      const path = pathOf(account, key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.${randomUUID()}`;
      try {
        await writeSynced(draft, bytes);
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },

    async get(account, key) {
      try {
        return await readFile(pathOf(account, key));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },

    async remove(account, key) {
      await rm(pathOf(account, key), { force: true });
    },

    async close() {},
  };
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename last. Windows cannot open a folder and does without. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
