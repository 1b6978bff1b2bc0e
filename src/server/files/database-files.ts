import type { Database, Statement, Step } from '../database.js';
import type { FileStore } from '../deps.js';
import { checkFileKey } from './file-key.js';

/** Bytes a row. */
export const CHUNK = 256 * 1024;

const readChunks: Statement = {
  name: 'files.read',
  text: 'SELECT bytes FROM file_chunks WHERE account_id = $1 AND file_key = $2 ORDER BY position',
};
const insertChunk: Statement = {
  name: 'files.insert',
  text: 'INSERT INTO file_chunks (account_id, file_key, position, bytes) VALUES ($1, $2, $3, $4)',
};
const deleteChunks: Statement = {
  name: 'files.delete',
  text: 'DELETE FROM file_chunks WHERE account_id = $1 AND file_key = $2',
};

/** Attachments in the database, for servers that share one. A file is there whole or not at all. */
export function createDatabaseFiles(database: Database): FileStore {
  const run = (account: number, key: string, steps: readonly Step[]): Promise<unknown[][]> => {
    checkFileKey(key);
    return database.batch({ role: 'staff', account }, steps);
  };

  return {
    async put(account, key, bytes) {
      await run(account, key, [
        { statement: deleteChunks, params: [account, key] },
        ...chunksOf(bytes).map((chunk, at) => ({ statement: insertChunk, params: [account, key, at, chunk] })),
      ]);
    },

    async get(account, key) {
      const [rows] = await run(account, key, [{ statement: readChunks, params: [account, key] }]);
      return rows?.length ? concat((rows as { bytes: Uint8Array }[]).map(({ bytes }) => bytes)) : null;
    },

    async remove(account, key) {
      await run(account, key, [{ statement: deleteChunks, params: [account, key] }]);
    },

    async close() {},
  };
}

/** At least one: an empty file is a file. */
export function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / CHUNK));
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * CHUNK, (at + 1) * CHUNK));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
