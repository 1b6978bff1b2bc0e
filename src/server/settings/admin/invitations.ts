import type { InvitationWire, NewInvitationWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { hashToken, newToken } from '../../identity/session.js';
import { createMailQueue } from '../../mail/queue.js';
import { addressOf } from './domain-rows.js';
import { findContact, type ContactRow } from './people.js';
import { readPortal } from './portals.js';
import { type AdminWriting, record, taken } from './writing.js';

const days = 7;

interface InvitationRow {
  readonly public_id: string;
  readonly email: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}

const insertContact: Statement = {
  name: 'admin_invited_insert',
  text: `INSERT INTO contacts (account_id, public_id, email, name, locale) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
};
const insert: Statement = {
  name: 'admin_invitation_insert',
  text: `INSERT INTO flows (account_id, id_hash, portal_id, kind, email, code_hash, created_at, expires_at, public_id)
    VALUES ($1, $2, $3, 'invitation', $4, $2, $5, $6, $7)`,
};
const removeEarlier: Statement = {
  name: 'admin_invitation_replace',
  text: `DELETE FROM flows WHERE account_id = $1 AND portal_id = $2 AND kind = 'invitation' AND lower(email) = lower($3)
    AND used_at IS NULL`,
};
const open: Statement = {
  name: 'admin_invitations',
  text: `SELECT public_id, email, created_at, expires_at FROM flows WHERE account_id = $1 AND portal_id = $2
    AND kind = 'invitation' AND used_at IS NULL AND expires_at > $3 ORDER BY created_at DESC, public_id LIMIT 1000`,
};
const remove: Statement = {
  name: 'admin_invitation_revoke',
  text: `DELETE FROM flows WHERE account_id = $1 AND portal_id = $2 AND kind = 'invitation' AND used_at IS NULL AND public_id = $3
    RETURNING email`,
};

const toInvitation = (row: InvitationRow): InvitationWire => ({
  id: row.public_id,
  email: row.email,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

/**
 * Sends a link to an address: whoever reads it there proves that it is theirs, once, and becomes a member. Nobody else can
 * be let in by it, and nobody before it is opened.
 *
 * @param base scheme and host of the server
 * @throws ApiError `unavailable` for a server that sends no mail; `conflict` for a contact who is locked out, and for a
 *   portal that nobody can be invited to: one on the server's own domain sends no such mail
 */
export async function invite(
  deps: AppDeps,
  writing: AdminWriting,
  slug: string,
  { email, name, locale }: NewInvitationWire,
  base: string,
): Promise<InvitationWire> {
  if (!deps.mail) throw new ApiError('unavailable', { fields: [{ path: 'mail', code: 'missing' }] });
  const { tx, account, now, newId } = writing;
  const portal = await readPortal(writing, slug);
  // As the owner is told where the portal's domain is chosen.
  if (portal.host === null) throw new ApiError('conflict', { fields: [{ path: 'domain', code: 'system' }] });
  if (portal.access.kind === 'sso-only')
    throw new ApiError('conflict', { fields: [{ path: 'access', code: 'sso-only' }] });
  if (portal.access.kind === 'access-groups' && portal.access_groups.length === 0) {
    throw new ApiError('conflict', { fields: [{ path: 'accessGroups', code: 'missing' }] });
  }
  const called = name ?? email.slice(0, email.lastIndexOf('@'));
  await tx.query(insertContact, [account, newId(), email, called, locale ?? portal.locale]);
  const [contact] = await tx.query<ContactRow>(findContact, [account, email]);
  if (!contact?.enabled) throw taken('email');
  const [id, token] = [newId(), newToken({ newId })];
  const idHash = await hashToken(deps, token);
  const expiresAt = new Date(now.getTime() + days * 24 * 3_600_000);
  const mail = {
    to: { email: contact.email, name: contact.name },
    locale: contact.locale,
    portal: portal.name,
    content: { kind: 'invitation', link: `${addressOf(portal, slug, base)}#portal_invitation=${token}`, days },
    expiresAt,
  } as const;
  await tx.batch([
    { statement: removeEarlier, params: [account, portal.id, contact.email] },
    { statement: insert, params: [account, idHash, portal.id, contact.email, now, expiresAt, id] },
    await createMailQueue(deps)({ account, id: portal.id }, mail, true),
  ]);
  await record(writing, { event: 'invitation', portal: slug, subjects: { contact: contact.public_id } });
  return toInvitation({ public_id: id, email: contact.email, created_at: now, expires_at: expiresAt });
}

export async function listInvitations(writing: AdminWriting, slug: string): Promise<{ items: InvitationWire[] }> {
  const portal = await readPortal(writing, slug);
  const rows = await writing.tx.query<InvitationRow>(open, [writing.account, portal.id, writing.now]);
  return { items: rows.map(toInvitation) };
}

/** @throws ApiError `not-found` */
export async function revokeInvitation(writing: AdminWriting, slug: string, id: string): Promise<void> {
  const portal = await readPortal(writing, slug);
  const [revoked] = await writing.tx.query(remove, [writing.account, portal.id, id]);
  if (!revoked) throw new ApiError('not-found');
  await record(writing, { event: 'invitation', portal: slug, change: { revoked: null } });
}
