import { expect } from 'vitest';
import type { FileStore } from '../../src/server/deps.js';

/** Two accounts and an empty store. */
export interface FileWorld {
  readonly files: FileStore;
  readonly account: number;
  readonly other: number;
}

interface FileCase {
  readonly name: string;
  run(world: FileWorld): Promise<void>;
}

const KIB = 1024;
const bytesOf = (length: number, seed = 7) => Uint8Array.from({ length }, (_, i) => (i * seed + (i >> 8)) % 256);
const read = async (store: FileStore, account: number, key: string) => {
  const bytes = await store.get(account, key);
  return bytes && new Uint8Array(bytes);
};

const sizes = [0, 1, 256 * KIB - 1, 256 * KIB, 256 * KIB + 1, 3 * KIB * KIB];

/** What every store of files promises. */
export const fileCases: readonly FileCase[] = [
  ...sizes.map((size) => ({
    name: `gives back a file of ${size} bytes as it was put`,
    async run({ files, account }: FileWorld) {
      await files.put(account, 'k3y_with-all', bytesOf(size));
      const back = await read(files, account, 'k3y_with-all');
      expect(back?.length).toBe(size);
      expect(Buffer.compare(back ?? new Uint8Array(), bytesOf(size))).toBe(0);
    },
  })),
  {
    name: 'has nothing under a key that was never put',
    async run({ files, account }) {
      expect(await files.get(account, 'missing')).toBeNull();
      await files.remove(account, 'missing');
    },
  },
  {
    name: 'replaces a file whole, by a shorter one too',
    async run({ files, account }) {
      await files.put(account, 'replaced', bytesOf(600 * KIB));
      await files.put(account, 'replaced', bytesOf(300 * KIB, 11));
      expect(await read(files, account, 'replaced')).toEqual(bytesOf(300 * KIB, 11));
      await files.put(account, 'replaced', new Uint8Array());
      expect(await read(files, account, 'replaced')).toEqual(new Uint8Array());
    },
  },
  {
    name: 'removes a file and no other',
    async run({ files, account }) {
      await files.put(account, 'removed', bytesOf(10));
      await files.put(account, 'kept', bytesOf(20));
      await files.remove(account, 'removed');
      expect(await files.get(account, 'removed')).toBeNull();
      expect(await read(files, account, 'kept')).toEqual(bytesOf(20));
    },
  },
  {
    name: 'keeps the files of accounts apart under one key',
    async run({ files, account, other }) {
      await files.put(account, 'same-key', bytesOf(10));
      expect(await files.get(other, 'same-key')).toBeNull();
      await files.put(other, 'same-key', bytesOf(20));
      await files.remove(other, 'same-key');
      expect(await read(files, account, 'same-key')).toEqual(bytesOf(10));
    },
  },
  {
    name: 'does not change with the bytes that it was given',
    async run({ files, account }) {
      const bytes = bytesOf(10);
      await files.put(account, 'own-copy', bytes);
      bytes.fill(0);
      expect(await read(files, account, 'own-copy')).toEqual(bytesOf(10));
    },
  },
  ...['', 'abc', '../../etc/passwd', 'abcd/../efgh', 'abcd.txt', 'a'.repeat(129)].map((key) => ({
    name: `refuses the key ${JSON.stringify(key.slice(0, 20))}`,
    async run({ files, account }: FileWorld) {
      const refused = async (call: () => Promise<unknown>) => expect(async () => call()).rejects.toThrow('A file key');
      await refused(() => files.put(account, key, new Uint8Array()));
      await refused(() => files.get(account, key));
      await refused(() => files.remove(account, key));
    },
  })),
];
