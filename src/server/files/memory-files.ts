import type { FileStore } from '../deps.js';
import { chunksOf, concat } from './database-files.js';
import { checkFileKey } from './file-key.js';

/** Attachments in memory: for a server that lives as long as its page or its test. */
export function createMemoryFiles(): FileStore {
  const files = new Map<string, Uint8Array>();
  const nameOf = (account: number, key: string): string => {
    checkFileKey(key);
    return `${account}/${key}`;
  };
  return {
    put: async (account, key, bytes) => void files.set(nameOf(account, key), bytes.slice()),
    async append(account, key, offset, bytes) {
      const name = nameOf(account, key);
      files.set(name, concat([(files.get(name) ?? new Uint8Array()).subarray(0, offset), bytes]));
    },
    async move(account, key, to) {
      const [name, next] = [nameOf(account, key), nameOf(account, to)];
      const bytes = files.get(name);
      if (bytes) files.set(next, bytes);
      files.delete(name);
    },
    size: async (account, key) => files.get(nameOf(account, key))?.length ?? null,
    get: async (account, key) => files.get(nameOf(account, key)) ?? null,
    async open(account, key) {
      const bytes = files.get(nameOf(account, key));
      return bytes ? streamOf(bytes) : null;
    },
    remove: async (account, key) => void files.delete(nameOf(account, key)),
    close: async () => {},
  };
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  const chunks = bytes.length ? chunksOf(bytes) : [];
  return new ReadableStream({
    pull(stream) {
      const chunk = chunks.shift();
      if (chunk) stream.enqueue(chunk);
      else stream.close();
    },
  });
}
