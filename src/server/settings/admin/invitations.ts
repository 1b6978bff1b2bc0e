import {
  emailSchema,
  type InvitationWire,
  type InvitingReportWire,
  nameSchema,
  type NewInvitationsWire,
  type NewInvitationWire,
} from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement, Step } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { auditStep } from '../../identity/audit.js';
import { hashToken, newToken } from '../../identity/session.js';
import { createMailQueue } from '../../mail/queue.js';
import { addressOf } from './domain-rows.js';
import { fits } from './import-table.js';
import { findContact, type ContactRow } from './people.js';
import { type AdminPortalRow, readPortal } from './portals.js';
import { type AdminWriting, actorOf, record, refuse, taken } from './writing.js';

const days = 7;

interface InvitationRow {
  readonly public_id: string;
  readonly email: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly access_groups: readonly string[];
}

interface GuestRow extends Pick<ContactRow, 'public_id' | 'email' | 'name' | 'locale' | 'enabled'> {
  readonly admitted: boolean;
  readonly is_open: boolean;
}

const insertContact: Statement = {
  name: 'admin_invited_insert',
  text: `INSERT INTO contacts (account_id, public_id, email, name, locale) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
};
/** Without access groups it has those of an earlier one that is still open, as far as they are the portal's. */
const replace: Statement = {
  name: 'admin_invitation_replace',
  text: `WITH earlier AS (
      DELETE FROM flows WHERE account_id = $1 AND portal_id = $3 AND kind = 'invitation' AND lower(email) = lower($4)
        AND used_at IS NULL RETURNING expires_at, group_ids)
    INSERT INTO flows (account_id, id_hash, portal_id, kind, email, code_hash, created_at, expires_at, public_id, group_ids)
    SELECT $1, $2::bytea, $3, 'invitation', $4, $2::bytea, $5::timestamptz, $6::timestamptz, $7::text, CASE
      WHEN $8::text[] IS NOT NULL THEN ARRAY(SELECT id FROM access_groups WHERE account_id = $1 AND name = ANY ($8::text[]))
      ELSE (SELECT array_agg(g.id) FROM earlier e, invited_groups($1, $3, e.group_ids) g
        WHERE e.group_ids IS NOT NULL AND e.expires_at > $5::timestamptz) END`,
};
/** One after another. */
const lockInviting: Statement = {
  name: 'admin_inviting_lock',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('inviting ' || $1::bigint, 0))`,
};
/** Parameters: account, portal, addresses in small letters, now. */
const findGuests: Statement = {
  name: 'admin_guests',
  text: `SELECT c.public_id, c.email, c.name, c.locale, c.enabled, admitted($1, $2, c.id) AS admitted,
      EXISTS (SELECT FROM flows f WHERE f.account_id = $1 AND f.portal_id = $2 AND f.kind = 'invitation'
        AND f.used_at IS NULL AND f.expires_at > $4 AND lower(f.email) = lower(c.email)) AS is_open
    FROM contacts c WHERE c.account_id = $1 AND lower(c.email) = ANY ($3::text[])`,
};
const open: Statement = {
  name: 'admin_invitations',
  text: `SELECT public_id, email, created_at, expires_at,
      ARRAY(SELECT name FROM invited_groups($1, $2, f.group_ids)) AS access_groups
    FROM flows f WHERE account_id = $1 AND portal_id = $2 AND kind = 'invitation' AND used_at IS NULL AND expires_at > $3
      AND ($4::text IS NULL OR public_id = $4) ORDER BY created_at DESC, public_id LIMIT 1000`,
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
  accessGroups: [...row.access_groups],
});

/** By name; `undefined` where nobody has chosen. */
type Groups = NewInvitationWire['accessGroups'];
type Sending = Pick<AppDeps, 'secret' | 'clock' | 'newId' | 'mail'> & Parameters<typeof hashToken>[0];

/** @throws ApiError as `invite` */
async function readInviting(
  { mail }: Pick<AppDeps, 'mail'>,
  writing: AdminWriting,
  slug: string,
  groups: Groups,
): Promise<AdminPortalRow> {
  if (!mail) throw new ApiError('unavailable', { fields: [{ path: 'mail', code: 'missing' }] });
  const portal = await readPortal(writing, slug);
  // As the owner is told where the portal's domain is chosen.
  if (portal.host === null) throw new ApiError('conflict', { fields: [{ path: 'domain', code: 'system' }] });
  if (portal.access.kind === 'sso-only')
    throw new ApiError('conflict', { fields: [{ path: 'access', code: 'sso-only' }] });
  if (portal.access.kind === 'access-groups' && portal.access_groups.length === 0) {
    throw new ApiError('conflict', { fields: [{ path: 'accessGroups', code: 'missing' }] });
  }
  const unknown = groups?.findIndex((group) => !portal.access_groups.includes(group)) ?? -1;
  if (unknown >= 0) throw refuse(`accessGroups.${unknown}`);
  return portal;
}

/** What a contact is called of whom only the address is known. */
const callOf = (email: string) => email.slice(0, email.lastIndexOf('@'));

/** All that is written for one invitation. */
async function inviting(
  deps: Sending,
  writing: AdminWriting,
  portal: AdminPortalRow,
  contact: Pick<ContactRow, 'public_id' | 'email' | 'name' | 'locale'>,
  { groups, base }: { readonly groups: Groups; readonly base: string },
): Promise<{ readonly id: string; readonly steps: readonly Step[] }> {
  const { account, now, newId } = writing;
  const [id, token] = [newId(), newToken({ newId })];
  const idHash = await hashToken(deps, token);
  const expiresAt = new Date(now.getTime() + days * 24 * 3_600_000);
  const mail = {
    to: { email: contact.email, name: contact.name },
    locale: contact.locale,
    portal: portal.name,
    content: { kind: 'invitation', link: `${addressOf(portal, portal.slug, base)}#portal_invitation=${token}`, days },
    expiresAt,
  } as const;
  const kept = [account, idHash, portal.id, contact.email, now, expiresAt, id, groups ?? null];
  const change = groups && { accessGroups: { before: null, after: groups } };
  const entry = { event: 'invitation', portal: portal.slug, subjects: { contact: contact.public_id } } as const;
  return {
    id,
    steps: [
      { statement: replace, params: kept },
      await createMailQueue(deps)({ account, id: portal.id }, mail, true),
      auditStep(account, now, { ...actorOf(writing), ...entry, ...(change && { change }) }),
    ],
  };
}

/**
 * Sends a link to an address: whoever reads it there proves that it is theirs, once, and becomes a member. Nobody else can
 * be let in by it, and nobody before it is opened.
 *
 * @param base scheme and host of the server
 * @throws ApiError `unavailable` for a server that sends no mail; `conflict` for a contact who is locked out, and for a
 *   portal that nobody can be invited to: one on the server's own domain sends no such mail; `invalid` for an access group
 *   that is not the portal's
 */
export async function invite(
  deps: Sending,
  writing: AdminWriting,
  slug: string,
  { email, name, locale, accessGroups: groups }: NewInvitationWire,
  base: string,
): Promise<InvitationWire> {
  const { tx, account, now, newId } = writing;
  const portal = await readInviting(deps, writing, slug, groups);
  await tx.query(insertContact, [account, newId(), email, name ?? callOf(email), locale ?? portal.locale]);
  const [contact] = await tx.query<ContactRow>(findContact, [account, email]);
  if (!contact?.enabled) throw taken('email');
  const { id, steps } = await inviting(deps, writing, portal, contact, { groups, base });
  await tx.batch([...steps]);
  const [made] = await tx.query<InvitationRow>(open, [account, portal.id, now, id]);
  return toInvitation(made as InvitationRow);
}

type Line = InvitingReportWire['items'][number];
type Person = NewInvitationsWire['people'][number];

/** What is wrong with a line whatever there is already. */
function faultOf(people: readonly Person[], at: number): Line['code'] {
  const { email, name } = people[at] as Person;
  if (!fits(emailSchema, email) || !fits(nameSchema, name)) return 'malformed';
  const isSame = (other: Person) => other.email.toLowerCase() === email.toLowerCase();
  return people.findIndex(isSame) < at ? 'repeated' : undefined;
}

/**
 * Sends links to many at once, each as by `invite`. Who has an invitation that is still open gets no second one, nor does who
 * may sign in already.
 *
 * @throws ApiError as `invite`, but not for what is wrong with one of the people
 */
export async function inviteMany(
  deps: Sending,
  writing: AdminWriting,
  slug: string,
  { people, accessGroups: groups }: NewInvitationsWire,
  base: string,
): Promise<InvitingReportWire> {
  const { tx, account, now, newId } = writing;
  const portal = await readInviting(deps, writing, slug, groups);
  // The same call twice at a time would send everything twice.
  await tx.query(lockInviting, [account]);
  const faults = people.map((_, at) => faultOf(people, at));
  const valid = people.filter((_, at) => !faults[at]);
  await tx.batch(
    valid.map(({ email, name }) => ({
      statement: insertContact,
      params: [account, newId(), email, name?.trim() ?? callOf(email), portal.locale],
    })),
  );
  const emails = valid.map(({ email }) => email.toLowerCase());
  const rows = await tx.query<GuestRow>(findGuests, [account, portal.id, emails, now]);
  const guests = new Map(rows.map((row) => [row.email.toLowerCase(), row]));
  const steps: Step[] = [];
  const items: Line[] = [];
  for (const [at, { email }] of people.entries()) {
    const code = faults[at];
    const guest = code ? undefined : guests.get(email.toLowerCase());
    const outcome = guest ? outcomeFor(guest) : 'refused';
    items.push({ email, outcome, ...(outcome === 'refused' && { code: code ?? 'disabled' }) });
    if (outcome !== 'invited' || !guest) continue;
    steps.push(...(await inviting(deps, writing, portal, guest, { groups, base })).steps);
  }
  await tx.batch(steps);
  return { items };
}

function outcomeFor({ enabled, admitted, is_open }: GuestRow): Line['outcome'] {
  if (!enabled) return 'refused';
  if (admitted) return 'member';
  return is_open ? 'open' : 'invited';
}

export async function listInvitations(writing: AdminWriting, slug: string): Promise<{ items: InvitationWire[] }> {
  const portal = await readPortal(writing, slug);
  const rows = await writing.tx.query<InvitationRow>(open, [writing.account, portal.id, writing.now, null]);
  return { items: rows.map(toInvitation) };
}

/** @throws ApiError `not-found` */
export async function revokeInvitation(writing: AdminWriting, slug: string, id: string): Promise<void> {
  const portal = await readPortal(writing, slug);
  const [revoked] = await writing.tx.query(remove, [writing.account, portal.id, id]);
  if (!revoked) throw new ApiError('not-found');
  await record(writing, { event: 'invitation', portal: slug, change: { revoked: null } });
}
