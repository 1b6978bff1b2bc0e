import { ApiError } from './api-error.js';
import type { Statement, Transaction } from './database.js';
import type { SignedIn } from './identity/session.js';

const claim: Statement = {
  name: 'idempotency_claim',
  text: `INSERT INTO idempotency_keys (account_id, contact_id, key, request_hash, created_at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING true AS claimed`,
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
 * answer are one transaction: after a crash all of it is there, or nothing.
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
  const [claimed] = await tx.query(claim, [account, id, key, hash, now]);
  if (claimed) {
    const answer = await write();
    await tx.query(keep, [account, id, key, JSON.stringify(answer)]);
    return answer;
  }
  const [earlier] = await tx.query<{ same: boolean; answer: string | null }>(find, [account, id, key, hash]);
  if (earlier && !earlier.same) throw new ApiError('rejected');
  if (!earlier || earlier.answer === null) throw new ApiError('conflict', { retryAfter: 1 });
  return JSON.parse(earlier.answer) as T;
}
