import type { ConnectionChangeWire, ConnectionWire, NewConnectionWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { changeOf } from '../../identity/audit.js';
import { createClientSecrets } from '../../sso/connections.js';
import { isLocal } from '../../sso/issuer-fetch.js';
import { IssuerError, discover } from '../../sso/issuers.js';
import { readPortal } from './portals.js';
import { type AdminWriting, given, record, refuse } from './writing.js';

interface Row {
  readonly id: number;
  readonly public_id: string;
  readonly label: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string | null;
  readonly created_at: Date;
}

const list: Statement = {
  name: 'admin_connections',
  text: `SELECT id, public_id, label, issuer, client_id, client_secret, created_at FROM sso_connections
    WHERE account_id = $1 AND portal_id = $2 AND ($3::text IS NULL OR public_id = $3) ORDER BY id`,
};
const lock: Statement = {
  name: 'admin_connection_lock',
  text: `SELECT id FROM sso_connections WHERE account_id = $1 AND portal_id = $2 AND public_id = $3 FOR UPDATE`,
};
const insert: Statement = {
  name: 'admin_connection_insert',
  text: `INSERT INTO sso_connections (account_id, portal_id, public_id, label, issuer, client_id, client_secret, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
};
const update: Statement = {
  name: 'admin_connection_update',
  text: `UPDATE sso_connections SET label = $3, issuer = $4, client_id = $5, client_secret = $6
    WHERE account_id = $1 AND id = $2`,
};
const removeTransactions: Statement = {
  name: 'admin_connection_transactions',
  text: 'DELETE FROM sso_transactions WHERE account_id = $1 AND connection_id = $2',
};
const remove: Statement = {
  name: 'admin_connection_remove',
  text: 'DELETE FROM sso_connections WHERE account_id = $1 AND id = $2',
};
/** Unless another connection of the portal has the same issuer. */
const endSessions: Statement = {
  name: 'admin_connection_sessions',
  text: `DELETE FROM sessions WHERE account_id = $1 AND portal_id = $2 AND sso_issuer = $3 AND NOT EXISTS (
      SELECT FROM sso_connections WHERE account_id = $1 AND portal_id = $2 AND issuer = $3)`,
};

const toConnection = (row: Row): ConnectionWire => ({
  id: row.public_id,
  label: row.label,
  issuer: row.issuer,
  clientId: row.client_id,
  hasSecret: row.client_secret !== null,
  createdAt: row.created_at.toISOString(),
});

/** What may be in the audit log. */
const auditable = ({ label, issuer, client_id: clientId, client_secret: clientSecret }: Row) => ({
  label,
  issuer,
  clientId,
  clientSecret,
});
const none = { label: null, issuer: null, clientId: null, clientSecret: null };

/**
 * Asks a provider who it is, and returns what it calls itself.
 *
 * @throws ApiError `invalid`: `issuer` is `malformed`, `insecure` without TLS, `unreachable`, `inner` where the account
 *   reaches nothing, a `mismatch` with what its document says, or `unsupported` where it lacks what we need
 */
export async function checkIssuer(deps: Pick<AppDeps, 'outgoing'>, account: number, issuer: string): Promise<string> {
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (!url || url.username || url.password || url.search || url.hash) throw refuse('issuer', 'malformed');
  if (url.protocol !== 'https:' && !isLocal(issuer)) throw refuse('issuer', 'insecure');
  try {
    return (await discover(issuer, deps.outgoing(account))).metadata.issuer;
  } catch (error) {
    throw error instanceof IssuerError ? refuse('issuer', error.kind) : error;
  }
}

/** @throws ApiError `not-found` */
export async function listConnections(writing: AdminWriting, slug: string): Promise<{ items: ConnectionWire[] }> {
  const portal = await readPortal(writing, slug);
  return { items: (await writing.tx.query<Row>(list, [writing.account, portal.id, null])).map(toConnection) };
}

/** @param issuer as `checkIssuer` has found it */
export async function createConnection(
  deps: AppDeps,
  writing: AdminWriting,
  slug: string,
  { label, clientId, clientSecret = null }: NewConnectionWire,
  issuer: string,
): Promise<ConnectionWire> {
  const { tx, account, now, newId } = writing;
  const portal = await readPortal(writing, slug);
  const id = newId();
  const sealed = clientSecret === null ? null : await createClientSecrets(deps).seal(clientSecret);
  await tx.query(insert, [account, portal.id, id, label, issuer, clientId, sealed, now]);
  const row = await read(writing, portal.id, id);
  const change = changeOf(none, auditable(row), ['clientSecret']);
  await record(writing, { event: 'connection-created', portal: slug, change });
  return toConnection(row);
}

/**
 * @param issuer as `checkIssuer` has found it; `null` where it stays
 * @throws ApiError `not-found`, `invalid` for another issuer without a word on the secret
 */
export async function updateConnection(
  deps: AppDeps,
  writing: AdminWriting,
  { slug, id }: { readonly slug: string; readonly id: string },
  change: ConnectionChangeWire,
  issuer: string | null,
): Promise<ConnectionWire> {
  const { tx, account } = writing;
  const portal = await readPortal(writing, slug);
  await tx.query(lock, [account, portal.id, id]);
  const before = await read(writing, portal.id, id);
  const { label = before.label, clientId = before.client_id, clientSecret } = given(change);
  const isOther = issuer !== null && issuer !== before.issuer;
  if (isOther && before.client_secret !== null && clientSecret === undefined) throw refuse('clientSecret', 'missing');
  const sealed =
    clientSecret === undefined
      ? before.client_secret
      : clientSecret && (await createClientSecrets(deps).seal(clientSecret));
  await tx.query(update, [account, before.id, label, issuer ?? before.issuer, clientId, sealed]);
  if (isOther) await tx.query(endSessions, [account, portal.id, before.issuer]);
  const after = await read(writing, portal.id, id);
  const changed = changeOf(auditable(before), auditable(after), ['clientSecret']);
  if (Object.keys(changed).length > 0)
    await record(writing, { event: 'connection-changed', portal: slug, change: changed });
  return toConnection(after);
}

/** @throws ApiError `not-found` */
export async function deleteConnection(
  writing: AdminWriting,
  { slug, id }: { readonly slug: string; readonly id: string },
): Promise<void> {
  const { tx, account } = writing;
  const portal = await readPortal(writing, slug);
  await tx.query(lock, [account, portal.id, id]);
  const row = await read(writing, portal.id, id);
  await tx.query(removeTransactions, [account, row.id]);
  await tx.query(remove, [account, row.id]);
  await tx.query(endSessions, [account, portal.id, row.issuer]);
  const change = changeOf(auditable(row), none, ['clientSecret']);
  await record(writing, { event: 'connection-deleted', portal: slug, change });
}

async function read({ tx, account }: AdminWriting, portal: number, id: string): Promise<Row> {
  const [row] = await tx.query<Row>(list, [account, portal, id]);
  if (!row) throw new ApiError('not-found');
  return row;
}
