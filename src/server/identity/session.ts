import type { Session } from '../../model/index.js';
import type { Viewer } from '../../policy/index.js';
import { effectivePermission } from '../../policy/index.js';
import type { NamedCompany } from '../../policy/index.js';
import type { AppDeps, Caller } from '../deps.js';
import type { DatabaseContext, Statement, Step } from '../database.js';
import { deriveKey } from '../seal.js';
import type { PortalSettings } from '../settings/portal.js';
import { auditStep } from './audit.js';

const hour = 3_600_000;
/** A session that nobody uses ends after this; the owner's choice comes with the settings. */
const idleLimit = 24 * hour;
const absoluteLimit = 30 * 24 * hour;
/** Using a session renews it, at most this often: reading must not mean writing. */
const renewAfter = hour / 60;
/** Sessions a contact may have at once; the oldest is dropped. */
const sessionsAContact = 20;

/** Who asks, with their session. */
export interface SignedIn {
  readonly viewer: Viewer & { readonly account: number; readonly id: number; readonly primaryCompany: number | null };
  readonly publicId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly company: NamedCompany | null;
  /** When the company's help desk was last asked who they are. */
  readonly askedAt: Date | null;
  readonly tokenHash: Uint8Array;
  readonly lastSeenAt: Date;
  readonly idleUntil: Date;
  readonly absoluteUntil: Date;
}

/** As `session_by_hash` answers. */
export interface SessionRow {
  readonly contact_id: number;
  readonly contact_public_id: string;
  readonly contact_name: string;
  readonly email: string;
  readonly contact_locale: string;
  readonly contact_properties: Readonly<Record<string, string>>;
  readonly company_id: number | null;
  readonly company_public_id: string | null;
  readonly company_name: string | null;
  readonly asked_at: Date | null;
  readonly last_seen_at: Date;
  readonly idle_until: Date;
  readonly absolute_until: Date;
}

const byHash: Statement = { name: 'session_by_hash', text: 'SELECT * FROM session_by_hash($1, $2, $3, $4)' };
const renew: Statement = {
  name: 'session_renew',
  text: 'UPDATE sessions SET last_seen_at = $3, idle_until = $4 WHERE account_id = $1 AND token_hash = $2',
};
const insert: Statement = {
  name: 'session_insert',
  text: `INSERT INTO sessions
      (account_id, token_hash, portal_id, contact_id, created_at, last_seen_at, idle_until, absolute_until)
    VALUES ($1, $2, $3, $4, $5, $5, $6, $7)`,
};
const prune: Statement = {
  name: 'session_prune',
  text: `DELETE FROM sessions WHERE account_id = $1 AND contact_id = $2 AND token_hash NOT IN (
      SELECT token_hash FROM sessions WHERE account_id = $1 AND contact_id = $2 AND idle_until > $3 AND absolute_until > $3
      ORDER BY created_at DESC LIMIT $4)`,
};
const removals = {
  this: {
    name: 'session_end',
    text: 'DELETE FROM sessions WHERE account_id = $1 AND contact_id = $2 AND token_hash = $3',
  },
  others: {
    name: 'session_end_others',
    text: 'DELETE FROM sessions WHERE account_id = $1 AND contact_id = $2 AND token_hash <> $3',
  },
  all: {
    name: 'session_end_all',
    text: 'DELETE FROM sessions WHERE account_id = $1 AND contact_id = $2 AND $3::bytea IS NOT NULL',
  },
} as const satisfies Record<string, Statement>;

/** Context of everything that a signed-in contact asks. */
export const contextOf = (portal: PortalSettings, contact: number): DatabaseContext => ({
  role: 'app',
  account: portal.account,
  portal: portal.id,
  contact,
});

export const cookieName = ({ slug }: { readonly slug: string }): string => `__Host-portal_s_${slug}`;

/** What is kept of a token. */
export const hashToken = (deps: AppDeps, token: string) => deps.sha256(new TextEncoder().encode(token));

/** The session with this hash, read anew; `null` when it is none any more, or its contact may not sign in. */
export async function findSession(
  deps: AppDeps,
  portal: PortalSettings,
  tokenHash: Uint8Array,
): Promise<SignedIn | null> {
  const params = [portal.account, portal.id, tokenHash, deps.clock()];
  const [[row]] = (await deps.database.batch({ role: 'app' }, [{ statement: byHash, params }])) as [SessionRow[]];
  return row ? toSession(row, portal.account, tokenHash) : null;
}

export function toSession(row: SessionRow, account: number, tokenHash: Uint8Array): SignedIn {
  const company =
    row.company_id !== null && row.company_public_id !== null && row.company_name !== null
      ? { id: row.company_id, publicId: row.company_public_id, name: row.company_name }
      : null;
  return {
    viewer: {
      account,
      id: row.contact_id,
      // A session is only found for a contact who may sign in now.
      enabled: true,
      verified: true,
      primaryCompany: row.company_id,
      properties: row.contact_properties,
    },
    publicId: row.contact_public_id,
    name: row.contact_name,
    email: row.email,
    locale: row.contact_locale,
    company,
    askedAt: row.asked_at,
    tokenHash,
    lastSeenAt: row.last_seen_at,
    idleUntil: row.idle_until,
    absoluteUntil: row.absolute_until,
  };
}

const idleUntil = (now: Date, absoluteUntil: Date) =>
  new Date(Math.min(now.getTime() + idleLimit, absoluteUntil.getTime()));

/** Moves the idle limit of a session in use and sends the carrier anew. */
export async function renewSession(
  deps: AppDeps,
  portal: PortalSettings,
  caller: Caller,
  session: SignedIn,
  headers: Headers,
): Promise<void> {
  const now = deps.clock();
  if (now.getTime() - session.lastSeenAt.getTime() < renewAfter) return;
  const until = idleUntil(now, session.absoluteUntil);
  await deps.database.batch(contextOf(portal, session.viewer.id), [
    { statement: renew, params: [portal.account, session.tokenHash, now, until] },
  ]);
  const token = deps.carrier.read(caller, cookieName(portal));
  deps.carrier.write(headers, cookieName(portal), token, (until.getTime() - now.getTime()) / 1000);
}

/** Starts a session for a contact who has proven who they are. */
export async function startSession(
  deps: AppDeps,
  portal: PortalSettings,
  contact: { readonly id: number; readonly publicId: string },
  headers: Headers,
): Promise<SignedIn | null> {
  const now = deps.clock();
  const absoluteUntil = new Date(now.getTime() + absoluteLimit);
  const until = idleUntil(now, absoluteUntil);
  // 256 random bits.
  const token = deps.newId() + deps.newId();
  const { account } = portal;
  const { id, publicId } = contact;
  const tokenHash = await hashToken(deps, token);
  await deps.database.batch(contextOf(portal, id), [
    { statement: insert, params: [account, tokenHash, portal.id, id, now, until, absoluteUntil] },
    { statement: prune, params: [account, id, now, sessionsAContact] },
    auditStep(account, now, { actor: 'contact', actorId: publicId, event: 'sign-in', portal: portal.slug }),
  ]);
  deps.carrier.write(headers, cookieName(portal), token, (until.getTime() - now.getTime()) / 1000);
  return findSession(deps, portal, tokenHash);
}

/** Ends sessions of the contact, in one transaction with `further`. */
export async function endSessions(
  deps: AppDeps,
  portal: PortalSettings,
  session: SignedIn,
  scope: 'this' | 'others' | 'all',
  further: readonly Step[] = [],
): Promise<void> {
  await deps.database.batch(contextOf(portal, session.viewer.id), [
    { statement: removals[scope], params: [portal.account, session.viewer.id, session.tokenHash] },
    ...further,
  ]);
}

/** Takes the carrier back. */
export function forgetSession(deps: AppDeps, portal: PortalSettings, headers: Headers): void {
  deps.carrier.write(headers, cookieName(portal), null, 0);
}

/** What the browser may know of its session. */
export async function projectSession(
  deps: AppDeps,
  portal: PortalSettings,
  session: SignedIn | null,
): Promise<Session> {
  if (!session) return { contact: null, permission: null, expiresAt: null, draftKey: null };
  const key = await deriveKey(deps.secret, `draft ${portal.account} ${portal.id} ${session.publicId}`);
  return {
    contact: {
      id: session.publicId,
      name: session.name,
      email: session.email,
      locale: session.locale,
      company: session.company && { id: session.company.publicId, name: session.company.name },
    },
    permission: effectivePermission(session.viewer, portal),
    expiresAt: session.idleUntil.toISOString(),
    draftKey: toBase64Url(key),
  };
}

const toBase64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
