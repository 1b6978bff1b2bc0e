import type { HostKeyWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { isHostKey } from '../../identity/host-token.js';
import { readPortal } from './portals.js';
import { type AdminWriting, record, refuse, taken } from './writing.js';

interface HostKeyRow {
  readonly kid: string;
  readonly algorithm: HostKeyWire['algorithm'];
  readonly jwk: HostKeyWire['jwk'];
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

const list: Statement = {
  name: 'admin_host_keys',
  text: `SELECT kid, algorithm, jwk, created_at, last_used_at FROM host_keys WHERE account_id = $1 AND portal_id = $2
    ORDER BY created_at, kid`,
};
const insert: Statement = {
  name: 'admin_host_key_insert',
  text: `INSERT INTO host_keys (account_id, portal_id, kid, algorithm, jwk, created_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
    ON CONFLICT DO NOTHING RETURNING kid, algorithm, jwk, created_at, last_used_at`,
};
const remove: Statement = {
  name: 'admin_host_key_remove',
  text: 'DELETE FROM host_keys WHERE account_id = $1 AND portal_id = $2 AND kid = $3 RETURNING kid',
};

/** Which key a session began by is not kept: those whose site has another one are signed in by it again. */
const endSessions: Statement = {
  name: 'admin_host_key_sessions',
  text: `DELETE FROM sessions WHERE account_id = $1 AND portal_id = $2 AND method = 'host-token'`,
};
/** What is agreed to now would become such a session. */
const endWaiting: Statement = {
  name: 'admin_host_key_waiting',
  text: `DELETE FROM flows WHERE account_id = $1 AND portal_id = $2 AND kind = 'consent' AND method = 'host-token'`,
};

const toHostKey = ({ kid, algorithm, jwk, created_at: at, last_used_at: usedAt }: HostKeyRow): HostKeyWire => ({
  kid,
  algorithm,
  jwk,
  createdAt: at.toISOString(),
  lastUsedAt: usedAt?.toISOString() ?? null,
});

/** @throws ApiError `not-found` */
export async function listHostKeys(writing: AdminWriting, slug: string): Promise<{ items: HostKeyWire[] }> {
  const portal = await readPortal(writing, slug);
  const rows = await writing.tx.query<HostKeyRow>(list, [writing.account, portal.id]);
  return { items: rows.map(toHostKey) };
}

/** @throws ApiError `not-found`, `invalid` for what is no key, `conflict` for a name that the portal has already */
export async function addHostKey(
  writing: AdminWriting,
  slug: string,
  { kid, jwk }: Pick<HostKeyWire, 'kid' | 'jwk'>,
): Promise<HostKeyWire> {
  const { tx, account, now } = writing;
  const portal = await readPortal(writing, slug);
  // One algorithm a key, said by the key and never by a token.
  const algorithm = jwk.kty === 'OKP' ? 'EdDSA' : 'ES256';
  if (!(await isHostKey(jwk, algorithm))) throw refuse('jwk', 'malformed');
  const params = [account, portal.id, kid, algorithm, JSON.stringify(jwk), now];
  const [row] = await tx.query<HostKeyRow>(insert, params);
  if (!row) throw taken('kid');
  await record(writing, { event: 'portal-changed', portal: slug, change: { hostKeys: { before: null, after: kid } } });
  return toHostKey(row);
}

/** Whoever has come by a site signs in anew. @throws ApiError `not-found` */
export async function removeHostKey(writing: AdminWriting, slug: string, kid: string): Promise<void> {
  const portal = await readPortal(writing, slug);
  const [removed] = await writing.tx.query(remove, [writing.account, portal.id, kid]);
  if (!removed) throw new ApiError('not-found');
  const own = [writing.account, portal.id];
  await writing.tx.batch([
    { statement: endSessions, params: own },
    { statement: endWaiting, params: own },
  ]);
  await record(writing, { event: 'portal-changed', portal: slug, change: { hostKeys: { before: kid, after: null } } });
}
