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
  ...[0, 1, 256 * KIB, 256 * KIB + 1, 3 * KIB * KIB].map((size) => ({
    name: `gives a file of ${size} bytes out piece by piece`,
    async run({ files, account }: FileWorld) {
      await files.put(account, 'opened', bytesOf(size));
      const stream = await files.open(account, 'opened');
      expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(bytesOf(size));
      expect(await files.open(account, 'missing')).toBeNull();
      expect(await files.size(account, 'opened')).toBe(size);
      expect(await files.size(account, 'missing')).toBeNull();
    },
  })),
  {
    name: 'reads no more of a file than is wanted',
    async run({ files, account }) {
      await files.put(account, 'left-early', bytesOf(3 * KIB * KIB));
      const reader = (await files.open(account, 'left-early'))?.getReader();
      const { value } = (await reader?.read()) ?? {};
      await reader?.cancel();
      expect(value?.length).toBeLessThan(KIB * KIB);
      expect(value).toEqual(bytesOf(value?.length ?? 0));
    },
  },
  {
    name: 'adds to a file, whatever the sizes',
    async run({ files, account }) {
      const whole = bytesOf(700 * KIB + 5);
      for (const [from, to] of [
        [0, 1],
        [1, 300 * KIB],
        [300 * KIB, 300 * KIB + 3],
        [300 * KIB + 3, whole.length],
      ] as const)
        await files.append(account, 'growing', from, whole.subarray(from, to));
      expect(await read(files, account, 'growing')).toEqual(whole);
      const stream = await files.open(account, 'growing');
      expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(whole);
    },
  },
  {
    name: 'begins with nothing, which is a file',
    async run({ files, account }) {
      await files.append(account, 'nothing', 0, new Uint8Array());
      expect(await read(files, account, 'nothing')).toEqual(new Uint8Array());
    },
  },
  {
    name: 'puts what is added in place of what came after, and of what was there before',
    async run({ files, account }) {
      await files.append(account, 'again', 0, bytesOf(600 * KIB));
      await files.append(account, 'again', 100, bytesOf(300 * KIB, 11));
      const expected = Buffer.concat([bytesOf(600 * KIB).subarray(0, 100), bytesOf(300 * KIB, 11)]);
      expect(Buffer.compare((await read(files, account, 'again')) ?? new Uint8Array(), expected)).toBe(0);
      await files.append(account, 'again', 0, bytesOf(5));
      expect(await read(files, account, 'again')).toEqual(bytesOf(5));
    },
  },
  {
    name: 'moves a file, once',
    async run({ files, account, other }) {
      await files.append(account, 'moved', 0, bytesOf(300 * KIB));
      await files.move(other, 'moved', 'elsewhere');
      await files.move(account, 'moved', 'elsewhere');
      await files.move(account, 'moved', 'elsewhere');
      expect(await files.get(account, 'moved')).toBeNull();
      expect(await files.get(other, 'elsewhere')).toBeNull();
      expect(await read(files, account, 'elsewhere')).toEqual(bytesOf(300 * KIB));
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
      await refused(() => files.open(account, key));
      await refused(() => files.size(account, key));
      await refused(() => files.append(account, key, 0, new Uint8Array()));
      await refused(() => files.move(account, 'allowed', key));
    },
  })),
];
