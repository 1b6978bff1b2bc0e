import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '../deps.js';
import { checkFileKey } from '../files/file-key.js';

/** Bytes that are read at once. */
const piece = 256 * 1024;

/** Attachments as files in a folder, one of its own for each account. What is put is there whole or not at all, also after a crash. */
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

    async append(account, key, offset, bytes) {
      const path = pathOf(account, key);
      if (offset === 0) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // What nobody has begun is not gone on with.
      const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
      try {
        await file.truncate(offset);
        await writeAll(file, bytes, offset);
        await file.sync();
      } finally {
        await file.close();
      }
      if (offset === 0) await syncFolder(dirname(path));
    },

    async move(account, key, to) {
      const [from, path] = [pathOf(account, key), pathOf(account, to)];
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await orNull(rename(from, path));
      await syncFolder(dirname(path));
    },

    size: async (account, key) => (await orNull(stat(pathOf(account, key))))?.size ?? null,

    get: async (account, key) => orNull(readFile(pathOf(account, key))),

    async open(account, key) {
      const file = await orNull(open(pathOf(account, key), 'r'));
      return file && streamOf(file);
    },

    async remove(account, key) {
      await rm(pathOf(account, key), { force: true });
    },

    async close() {},
  };
}

/** `null` for what is not there. */
const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });

async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += (await file.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
}

/** Closes the file at its end, or when nobody wants more of it. */
function streamOf(file: FileHandle): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        const { bytesRead, buffer } = await file.read(new Uint8Array(piece), 0, piece, null);
        if (bytesRead > 0) return stream.enqueue(buffer.subarray(0, bytesRead));
        await file.close();
        return stream.close();
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  );
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
