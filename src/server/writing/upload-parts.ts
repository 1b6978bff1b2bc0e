import { ApiError } from '../api-error.js';
import type { AppDeps, UploadParts, UploadState } from '../deps.js';
import { concat } from '../files/database-files.js';
import { createLimits } from '../identity/limits.js';
import { contextOf } from '../identity/session.js';
import { checkFile, checkName } from './check-file.js';
import { scanFile } from './scan-file.js';
import {
  advance,
  complete,
  discard,
  find,
  insert,
  lifetime,
  mostWaiting,
  type UploadRow,
  waiting,
} from './upload-rows.js';
import type { Writes } from './writes.js';

/** Bytes that are collected before they are kept: all that a file in the making has of the server's memory. */
const step = 1024 * 1024;

/** Its answer is that of `POST /attachments`. */
export interface UploadView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly expiresAt: string;
}

export interface Parts extends UploadParts {
  /** Without a size: as large as it gets, and counted only when it is whole. */
  begin(name: string, size: number | null): Promise<UploadState>;
  finish(id: string, uncounted?: boolean): Promise<UploadView>;
}

/** Under the one key a file grows; under the other nobody adds to it, and what was looked into stays what it is. */
export const wholeKey = (key: string): string => `${key}-whole`;

/** What one contact sends, whether by a form or in several goes. */
export function createUploadParts(deps: AppDeps) {
  const { database, files, newId, clock, attachmentBytes } = deps;
  const limits = createLimits(deps);

  return ({ portal, session }: Writes): Parts => {
    const { account, id: contact } = session.viewer;
    const run = async <Row>(statement: typeof find, params: readonly (string | number | Date)[]): Promise<Row[]> => {
      const step = { statement, params: [account, contact, ...params] };
      return (await database.batch(contextOf(portal, contact), [step]))[0] as Row[];
    };
    const since = () => new Date(clock().getTime() - lifetime);

    async function rowOf(id: string): Promise<UploadRow> {
      const [row] = await run<UploadRow>(find, [id, since()]);
      if (!row) throw new ApiError('not-found');
      return row;
    }

    /** The bytes first: without a row nobody would know of them. */
    async function drop({ public_id: id, file_key: key }: UploadRow): Promise<void> {
      await files.remove(account, key);
      await files.remove(account, wholeKey(key));
      await run(discard, [id]);
    }

    /** Another request has added to it, finished it or taken it back: nothing is left under a key that no row knows. */
    async function overtaken(id: string, key: string): Promise<never> {
      const [row] = await run<UploadRow>(find, [id, since()]);
      if (row?.file_key !== key) await files.remove(account, key);
      throw new ApiError('conflict');
    }

    /** Looks into the bytes under a key. Gone is what is of no use to anybody. */
    async function check(row: UploadRow, key: string, uncounted: boolean): Promise<void> {
      const size = row.received ?? 0;
      const open = async () => {
        const stream = await files.open(account, key);
        if (stream) return stream;
        throw new ApiError('conflict');
      };
      try {
        // Two processes that add to it at the same time may each put its own in place of the other's.
        if ((await files.size(account, key)) !== size) throw new ApiError('conflict');
        await checkFile(row.name, size, open);
        // Before it is looked into further: that is what costs.
        if (uncounted) await limits.upload(portal, session.publicId, size);
        await scanFile(deps, open);
      } catch (error) {
        // What could not be looked into now can be in a while.
        if (error instanceof ApiError && error.code !== 'unavailable') await drop(row);
        throw error;
      }
    }

    return {
      async begin(named, size) {
        const [found] = await run<{ number: number }>(waiting, [since()]);
        if ((found?.number ?? 0) >= mostWaiting) throw new ApiError('rate-limited', { retryAfter: 3600 });
        if ((size ?? 0) > attachmentBytes) throw new ApiError('too-large');
        const { name, kind } = checkName(named);
        if (size !== null) await limits.upload(portal, session.publicId, size);
        const [id, key, now] = [newId(), newId(), clock()];
        await run(insert, [id, name, kind.type, size ?? 0, key, now]);
        return { id, size: size ?? 0, received: 0, expiresAt: new Date(now.getTime() + lifetime) };
      },

      async find(id) {
        const { size, received, created_at: created } = await rowOf(id);
        return { id, size, received: received ?? size, expiresAt: new Date(created.getTime() + lifetime) };
      },

      async append(id, offset, pieces) {
        const { file_key: key, received } = await rowOf(id);
        if (received === null) return offset;
        let there = offset;
        let collected: Uint8Array[] = [];
        let size = 0;
        let mine = true;
        const keep = async () => {
          if (!mine || (size === 0 && there > 0)) return;
          // The row by which it is found is there already, whatever happens from here on.
          const bytes = concat(collected);
          [collected, size] = [[], 0];
          await files.append(account, key, there, bytes);
          const [row] = await run(advance, [id, there, there + bytes.length]);
          mine = row !== undefined;
          if (!mine) return overtaken(id, key);
          there += bytes.length;
        };
        try {
          for await (const piece of pieces) {
            collected.push(piece);
            size += piece.length;
            if (size >= step) await keep();
          }
        } finally {
          // Also what came before a line dropped.
          await keep();
        }
        return there;
      },

      async finish(id, uncounted = false) {
        const row = await rowOf(id);
        const { file_key: key, received, name, type, created_at: created } = row;
        const whole = wholeKey(key);
        if (received !== null) {
          await files.move(account, key, whole);
          await check(row, whole, uncounted);
          await run(complete, [id, received, whole]);
          await files.remove(account, key);
        }
        const expiresAt = new Date(created.getTime() + lifetime).toISOString();
        return { id, name, type, size: received ?? row.size, expiresAt };
      },

      async remove(id) {
        const row = await rowOf(id);
        await drop(row);
        // What never came weighs nothing.
        const missing = row.received === null ? 0 : row.size - row.received;
        if (missing > 0) await limits.uploadTakenBack(portal, session.publicId, missing);
      },
    };
  };
}
