import type { FileStore } from '../deps.js';
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
    get: async (account, key) => files.get(nameOf(account, key)) ?? null,
    remove: async (account, key) => void files.delete(nameOf(account, key)),
    close: async () => {},
  };
}
