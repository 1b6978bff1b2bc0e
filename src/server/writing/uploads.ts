import { ApiError } from '../api-error.js';
import type { Database, Statement, Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { describeError } from '../http/request-log.js';
import { createLimits } from '../identity/limits.js';
import { contextOf } from '../identity/session.js';
import { checkFile } from './check-file.js';
import type { Writes } from './writes.js';

/** Milliseconds for which a file waits for its message. */
const lifetime = 24 * 3_600_000;
/** Files of a contact that wait: more are no message that somebody is writing. */
const mostWaiting = 50;

const waiting: Statement = {
  name: 'uploads_waiting',
  text: `SELECT count(*)::integer AS number FROM uploads
    WHERE account_id = $1 AND contact_id = $2 AND written_at IS NULL AND created_at > $3`,
};
const insert: Statement = {
  name: 'upload_insert',
  text: `INSERT INTO uploads (account_id, public_id, contact_id, name, type, size, file_key, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
};
const lock: Statement = {
  name: 'uploads_lock',
  text: `SELECT public_id, name, type, size, file_key FROM uploads
    WHERE account_id = $1 AND contact_id = $2 AND public_id = ANY ($3::text[]) AND written_at IS NULL AND created_at > $4
    ORDER BY id FOR UPDATE`,
};
const outdated: Statement = {
  name: 'uploads_outdated',
  text: 'SELECT file_key FROM uploads WHERE account_id = $1 AND created_at <= $2',
};
const removeOutdated: Statement = {
  name: 'uploads_remove_outdated',
  text: 'DELETE FROM uploads WHERE account_id = $1 AND created_at <= $2',
};
export const markWritten: Statement = {
  name: 'uploads_written',
  text: 'UPDATE uploads SET written_at = $3 WHERE account_id = $1 AND public_id = ANY ($2::text[])',
};

interface UploadRow {
  readonly public_id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly file_key: string;
}

/**
 * Keeps a file for a message that is still to be written.
 *
 * @throws ApiError `rate-limited` when the writer has too many waiting or has sent too much today, `unsupported-type`,
 *   `rejected` for what the scanner finds infected, `unavailable` while it does not answer
 */
export function createKeepUpload(deps: AppDeps) {
  const { database, files, newId, clock } = deps;
  const limits = createLimits(deps);

  return async ({ portal, session }: Writes, file: File) => {
    const { account, id: contact } = session.viewer;
    const context = contextOf(portal, contact);
    const now = clock();
    const since = new Date(now.getTime() - lifetime);
    const steps = [{ statement: waiting, params: [account, contact, since] }];
    const [[found]] = (await database.batch(context, steps)) as [{ number: number }[]];
    if ((found?.number ?? 0) >= mostWaiting) throw new ApiError('rate-limited', { retryAfter: 3600 });
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { name, type } = await checkFile(file.name, bytes);
    // Before it is looked into: that is what costs.
    await limits.upload(portal, session.publicId, bytes.length);
    await scan(deps, bytes);
    const [id, key] = [newId(), newId()];
    // The row first: by it the bytes are found and removed, whatever happens from here on.
    const params = [account, id, contact, name, type, bytes.length, key, now];
    await database.batch(context, [{ statement: insert, params }]);
    await files.put(account, key, bytes);
    return { id, name, type, size: bytes.length, expiresAt: new Date(now.getTime() + lifetime).toISOString() };
  };
}

/** Lets through what is clean, and nothing of which that is not known. */
async function scan({ scanner, log }: Pick<AppDeps, 'scanner' | 'log'>, bytes: Uint8Array): Promise<void> {
  const verdict = await scanner?.scan(bytes).catch((error: unknown) => {
    log({ level: 'error', event: 'scan-failed', ...describeError(error) });
    throw new ApiError('unavailable', { retryAfter: 60 });
  });
  if (verdict !== 'infected') return;
  log({ level: 'info', event: 'file-infected' });
  throw new ApiError('rejected', { fields: [{ path: 'file', code: 'infected' }] });
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
  for (const { file_key: key } of rows) await files.remove(account, key);
  if (rows.length > 0) await database.batch(context, [{ statement: removeOutdated, params }]);
}
