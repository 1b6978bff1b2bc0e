import { ApiError } from '../api-error.js';
import type { Database, Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { createUploadParts, wholeKey } from './upload-parts.js';
import { lifetime, lock, outdated, removeOutdated, type UploadRow } from './upload-rows.js';
import type { Writes } from './writes.js';

/**
 * Keeps the file of a form for a message that is still to be written.
 *
 * @throws ApiError `rate-limited` when the writer has too many waiting or has sent too much today, `unsupported-type`,
 *   `rejected` for what the scanner finds infected, `unavailable` while it does not answer
 */
export function createKeepUpload(deps: AppDeps) {
  const partsOf = createUploadParts(deps);

  return async (who: Writes, request: Request) => {
    const { name, pieces } = await deps.readForm(request, deps.attachmentBytes);
    const parts = partsOf(who);
    const { id } = await parts.begin(name, null);
    try {
      await parts.append(id, 0, pieces);
      return await parts.finish(id, true);
    } catch (error) {
      // Nobody comes back for it. What is gone already is gone.
      await parts.remove(id).catch(() => {});
      throw error;
    }
  };
}

/**
 * The writer's own files, nobody else's to write until the transaction ends; in the order in which they are named.
 *
 * @throws ApiError `invalid` for one that is not there, somebody else's, written or too old, all alike
 */
export async function lockUploads(
  tx: Transaction,
  { session }: Writes,
  ids: readonly string[],
  now: Date,
): Promise<readonly UploadRow[]> {
  if (ids.length === 0) return [];
  const { account, id: contact } = session.viewer;
  const params = [account, contact, ids, new Date(now.getTime() - lifetime)];
  const rows = await tx.query<UploadRow>(lock, params);
  const places = ids.map((id, place) => ({
    row: ids.indexOf(id) === place ? rows.find((one) => one.public_id === id) : undefined,
    place,
  }));
  const fields = places
    .filter(({ row }) => !row)
    .map(({ place }) => ({ path: `attachments.${place}`, code: 'unknown' }));
  if (fields.length > 0) throw new ApiError('invalid', { fields });
  return places.flatMap(({ row }) => row ?? []);
}

/** Removes what nobody has written in so long that nothing waits for it, bytes and all. */
export async function removeUploads(
  { database, files }: { readonly database: Database; readonly files: AppDeps['files'] },
  account: number,
  before: Date,
): Promise<void> {
  const context = { role: 'staff', account } as const;
  const params = [account, new Date(before.getTime() - lifetime)];
  const [rows] = (await database.batch(context, [{ statement: outdated, params }])) as [{ file_key: string }[]];
  // The bytes first: without a row nobody would know of them.
  for (const { file_key: key } of rows) {
    await files.remove(account, key);
    await files.remove(account, wholeKey(key));
  }
  if (rows.length > 0) await database.batch(context, [{ statement: removeOutdated, params }]);
}
