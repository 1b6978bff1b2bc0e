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
const deleteFrom: Statement = {
  name: 'files.delete_from',
  text: 'DELETE FROM file_chunks WHERE account_id = $1 AND file_key = $2 AND position >= $3',
};
const sumChunks: Statement = {
  name: 'files.size',
  text: 'SELECT sum(octet_length(bytes))::bigint AS size FROM file_chunks WHERE account_id = $1 AND file_key = $2',
};
const cutChunk: Statement = {
  name: 'files.cut',
  text: `UPDATE file_chunks SET bytes = substring(bytes FROM 1 FOR $3 - position)
    WHERE account_id = $1 AND file_key = $2 AND position < $3 AND position + octet_length(bytes) > $3`,
};
const moveChunks: Statement = {
  name: 'files.move',
  text: 'UPDATE file_chunks SET file_key = $3 WHERE account_id = $1 AND file_key = $2',
};
/** One: a page of rows costs an exchange, and would be held whole. */
const readNext: Statement = {
  name: 'files.next',
  text: `SELECT position, bytes FROM file_chunks WHERE account_id = $1 AND file_key = $2 AND position > $3
    ORDER BY position LIMIT 1`,
};
const deleteChunks: Statement = {
  name: 'files.delete',
  text: 'DELETE FROM file_chunks WHERE account_id = $1 AND file_key = $2',
};

interface ChunkRow {
  readonly position: number;
  readonly bytes: Uint8Array;
}

/**
 * Attachments in the database, for servers that share one. What is put is there whole or not at all. The position of a
 * chunk says no more than what comes before what: of a file that is put its number, of one that is added to its first byte.
 */
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

    async append(account, key, offset, bytes) {
      const chunks = bytes.length ? chunksOf(bytes) : [];
      const insert = (chunk: Uint8Array, at: number): Step => {
        return { statement: insertChunk, params: [account, key, offset + at * CHUNK, chunk] };
      };
      const first = offset === 0 && chunks.length === 0 ? [insert(bytes, 0)] : chunks.map(insert);
      const params = [account, key, offset];
      await run(account, key, [{ statement: deleteFrom, params }, { statement: cutChunk, params }, ...first]);
    },

    async move(account, key, to) {
      checkFileKey(to);
      await run(account, key, [{ statement: moveChunks, params: [account, key, to] }]);
    },

    async size(account, key) {
      const [rows] = await run(account, key, [{ statement: sumChunks, params: [account, key] }]);
      return (rows as [{ size: number | null }])[0].size;
    },

    async get(account, key) {
      const [rows] = await run(account, key, [{ statement: readChunks, params: [account, key] }]);
      return rows?.length ? concat((rows as { bytes: Uint8Array }[]).map(({ bytes }) => bytes)) : null;
    },

    async open(account, key) {
      const next = async (after: number): Promise<ChunkRow | undefined> => {
        const [rows] = await run(account, key, [{ statement: readNext, params: [account, key, after] }]);
        return (rows as ChunkRow[])[0];
      };
      let chunk = await next(-1);
      if (!chunk) return null;
      return new ReadableStream<Uint8Array>(
        {
          async pull(stream) {
            if (!chunk) return stream.close();
            const { position, bytes } = chunk;
            chunk = await next(position);
            // An empty file is one chunk of nothing, which no reader needs to hear of.
            if (bytes.length > 0) stream.enqueue(bytes);
            else stream.close();
          },
        },
        { highWaterMark: 0 },
      );
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
