import type { Statement } from '../database.js';

/** Milliseconds for which a file waits for its message, and for the rest of itself. */
export const lifetime = 24 * 3_600_000;
/** Files of a contact that wait: more are no message that somebody is writing. */
export const mostWaiting = 50;

/** A file that nobody has written yet. */
export interface UploadRow {
  readonly public_id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly file_key: string;
  /** Bytes that are there; `null` once it is whole and was looked into. */
  readonly received: number | null;
  readonly created_at: Date;
}

export const waiting: Statement = {
  name: 'uploads_waiting',
  text: `SELECT count(*)::integer AS number FROM uploads
    WHERE account_id = $1 AND contact_id = $2 AND written_at IS NULL AND created_at > $3`,
};
export const insert: Statement = {
  name: 'upload_insert',
  text: `INSERT INTO uploads (account_id, contact_id, public_id, name, type, size, file_key, received, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)`,
};
const columns = 'public_id, name, type, size, file_key, received, created_at';
export const find: Statement = {
  name: 'upload_find',
  text: `SELECT ${columns} FROM uploads
    WHERE account_id = $1 AND contact_id = $2 AND public_id = $3 AND written_at IS NULL AND created_at > $4`,
};
/** Of several that add to it, one gets on. */
export const advance: Statement = {
  name: 'upload_advance',
  text: `UPDATE uploads SET received = $5
    WHERE account_id = $1 AND contact_id = $2 AND public_id = $3 AND received = $4 RETURNING received`,
};
export const complete: Statement = {
  name: 'upload_complete',
  text: `UPDATE uploads SET received = NULL, size = $4, file_key = $5
    WHERE account_id = $1 AND contact_id = $2 AND public_id = $3 RETURNING received`,
};
export const discard: Statement = {
  name: 'upload_discard',
  text: 'DELETE FROM uploads WHERE account_id = $1 AND contact_id = $2 AND public_id = $3 AND written_at IS NULL RETURNING size',
};
export const lock: Statement = {
  name: 'uploads_lock',
  text: `SELECT ${columns} FROM uploads
    WHERE account_id = $1 AND contact_id = $2 AND public_id = ANY ($3::text[]) AND written_at IS NULL
      AND received IS NULL AND created_at > $4
    ORDER BY id FOR UPDATE`,
};
export const outdated: Statement = {
  name: 'uploads_outdated',
  text: 'SELECT file_key FROM uploads WHERE account_id = $1 AND created_at <= $2',
};
export const removeOutdated: Statement = {
  name: 'uploads_remove_outdated',
  text: 'DELETE FROM uploads WHERE account_id = $1 AND created_at <= $2',
};
export const markWritten: Statement = {
  name: 'uploads_written',
  text: 'UPDATE uploads SET written_at = $3 WHERE account_id = $1 AND public_id = ANY ($2::text[])',
};
