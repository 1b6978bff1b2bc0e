import { ApiError } from './api-error.js';
import type { Statement, Transaction } from './database.js';
import type { SignedIn } from './identity/session.js';

/** A key is known for this long, in milliseconds; then it is a new one. */
export const keyLifetime = 48 * 3_600_000;

/**
 * Lock and claim in one exchange. Whoever does not get the lock knows at once that the first one still runs; ON CONFLICT
 * alone would wait for it.
 */
const claim: Statement = {
  name: 'idempotency_claim',
  text: `WITH turn AS MATERIALIZED (
      SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', 'once', $1::bigint, $2::bigint, $3::uuid), 0)) AS mine
    ), claimed AS (
      INSERT INTO idempotency_keys AS known (account_id, contact_id, key, request_hash, created_at)
      SELECT $1, $2, $3, $4, $5 FROM turn WHERE mine
      ON CONFLICT (account_id, contact_id, key) DO UPDATE
        SET request_hash = excluded.request_hash, answer = NULL, created_at = excluded.created_at
        WHERE known.created_at <= $6
      RETURNING true
    )
    SELECT mine, EXISTS (SELECT FROM claimed) AS claimed FROM turn`,
};
const find: Statement = {
  name: 'idempotency_find',
  text: `SELECT request_hash = $4 AS same, answer FROM idempotency_keys
    WHERE account_id = $1 AND contact_id = $2 AND key = $3`,
};
const keep: Statement = {
  name: 'idempotency_keep',
  text: 'UPDATE idempotency_keys SET answer = $4 WHERE account_id = $1 AND contact_id = $2 AND key = $3',
};

/**
 * Runs `write` once for this contact and key, and answers every later call with the first one's answer. Claim, write and
 * answer are one transaction: after a crash all of it is there, or nothing, and a write that fails gives its key back.
 *
 * @throws ApiError `rejected` for the same key with another request, `conflict` while the first one still runs
 */
export async function once<T>(
  tx: Transaction,
  session: SignedIn,
  key: string,
  request: unknown,
  now: Date,
  write: () => Promise<T>,
): Promise<T> {
  const { account, id } = session.viewer;
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const outlived = new Date(now.getTime() - keyLifetime);
  const [turn] = await tx.query<{ mine: boolean; claimed: boolean }>(claim, [account, id, key, hash, now, outlived]);
  if (!turn?.mine) throw new ApiError('conflict', { retryAfter: 1 });
  if (turn.claimed) {
    const answer = await write();
    await tx.query(keep, [account, id, key, JSON.stringify(answer)]);
    return answer;
  }
  const [earlier] = await tx.query<{ same: boolean; answer: string }>(find, [account, id, key, hash]);
  if (!earlier?.same) throw new ApiError('rejected');
  return JSON.parse(earlier.answer) as T;
}
