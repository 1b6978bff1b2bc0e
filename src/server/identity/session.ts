import type { Preferences, Session } from '../../model/index.js';
import type { Viewer } from '../../policy/index.js';
import { effectivePermission } from '../../policy/index.js';
import type { NamedCompany } from '../../policy/index.js';
import type { AppDeps, Caller } from '../deps.js';
import type { DatabaseContext, Statement, Step } from '../database.js';
import { deriveKey } from '../seal.js';
import type { PortalSettings } from '../settings/portal.js';
import { auditStep } from './audit.js';

const hour = 3_600_000;
/** However much it is used. */
export const absoluteLimit = 30 * 24 * hour;
/** A token in the memory of a page is within reach of every script there: it lives shorter. */
const memoryLimits = { idle: hour / 4, absolute: 8 * hour };
/** Using a session renews it, at most this often: reading must not mean writing. */
export const renewAfter = hour / 60;
/** Sessions that one person may have at once; the oldest is dropped. */
export const sessionsAPerson = 20;

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
  /** The origin of the page whose memory holds the token; `null` for a cookie. */
  readonly page: string | null;
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

const byHash: Statement = { name: 'session_by_hash', text: 'SELECT * FROM session_by_hash($1, $2, $3, $4, $5)' };
const renew: Statement = {
  name: 'session_renew',
  text: 'UPDATE sessions SET last_seen_at = $3, idle_until = $4 WHERE account_id = $1 AND token_hash = $2',
};
const insert: Statement = {
  name: 'session_insert',
  text: `INSERT INTO sessions
      (account_id, token_hash, portal_id, contact_id, created_at, last_seen_at, idle_until, absolute_until, method, origin,
      sso_issuer, sso_subject, sso_sid)
    VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12)`,
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

/** How a contact has shown who they are. */
export type SessionMethod = 'password' | 'email' | 'invitation' | 'sso' | 'host-token';

/** Context of everything that a signed-in contact asks. */
export const contextOf = (portal: PortalSettings, contact: number): DatabaseContext => ({
  role: 'app',
  account: portal.account,
  portal: portal.id,
  contact,
});

const letters = { session: 's', flow: 'f', probe: 'p' } as const;

/** What a browser keeps for us: who is signed in, what was asked for by mail, that it keeps anything at all. */
export const cookieName = ({ slug }: { readonly slug: string }, kept: keyof typeof letters = 'session'): string =>
  `__Host-portal_${letters[kept]}_${slug}`;

/** 256 random bits. */
export const newToken = ({ newId }: Pick<AppDeps, 'newId'>): string => newId() + newId();

/** What a session is bound to besides its token. */
export const pageOf = ({ carrier, origin }: Caller): string | null => (carrier === 'memory' ? origin : null);

/** What is kept of a token. */
export const hashToken = (deps: Pick<AppDeps, 'sha256'>, token: string) => deps.sha256(new TextEncoder().encode(token));

/** The session with this hash, read anew; `null` when it is none any more, or its contact may not sign in. */
export async function findSession(
  deps: AppDeps,
  portal: PortalSettings,
  { tokenHash, page }: Pick<SignedIn, 'tokenHash' | 'page'>,
): Promise<SignedIn | null> {
  const params = [portal.account, portal.id, tokenHash, deps.clock(), page];
  const [[row]] = (await deps.database.batch({ role: 'app' }, [{ statement: byHash, params }])) as [SessionRow[]];
  return row ? toSession(row, portal.account, { tokenHash, page }) : null;
}

export function toSession(
  row: SessionRow,
  account: number,
  { tokenHash, page }: Pick<SignedIn, 'tokenHash' | 'page'>,
): SignedIn {
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
    page,
    lastSeenAt: row.last_seen_at,
    idleUntil: row.idle_until,
    absoluteUntil: row.absolute_until,
  };
}

const idleUntil = ({ idleMinutes }: PortalSettings, page: string | null, now: Date, absoluteUntil: Date) =>
  new Date(
    Math.min(
      now.getTime() + Math.min((idleMinutes * hour) / 60, page === null ? Infinity : memoryLimits.idle),
      absoluteUntil.getTime(),
    ),
  );

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
  const until = idleUntil(portal, session.page, now, session.absoluteUntil);
  await deps.database.batch(contextOf(portal, session.viewer.id), [
    { statement: renew, params: [portal.account, session.tokenHash, now, until] },
  ]);
  const token = deps.carrier.read(caller, cookieName(portal));
  deps.carrier.write(headers, caller, cookieName(portal), token, (until.getTime() - now.getTime()) / 1000);
}

/** Who somebody is where they have signed in. */
export interface Elsewhere {
  readonly issuer: string;
  readonly subject: string;
  readonly sid: string | null;
}

/** Starts a session for a contact who has proven who they are. */
export async function startSession(
  deps: AppDeps,
  portal: PortalSettings,
  caller: Caller,
  contact: { readonly id: number; readonly publicId: string },
  method: SessionMethod,
  headers: Headers,
  elsewhere: Elsewhere | null = null,
): Promise<SignedIn | null> {
  const now = deps.clock();
  const page = pageOf(caller);
  const absoluteUntil = new Date(now.getTime() + (page === null ? absoluteLimit : memoryLimits.absolute));
  const until = idleUntil(portal, page, now, absoluteUntil);
  const token = newToken(deps);
  const { account } = portal;
  const { id, publicId } = contact;
  const there = [elsewhere?.issuer ?? null, elsewhere?.subject ?? null, elsewhere?.sid ?? null];
  const tokenHash = await hashToken(deps, token);
  await deps.database.batch(contextOf(portal, id), [
    {
      statement: insert,
      params: [account, tokenHash, portal.id, id, now, until, absoluteUntil, method, page, ...there],
    },
    { statement: prune, params: [account, id, now, sessionsAPerson] },
    auditStep(account, now, { actor: 'contact', actorId: publicId, event: 'sign-in', portal: portal.slug }),
  ]);
  deps.carrier.write(headers, caller, cookieName(portal), token, (until.getTime() - now.getTime()) / 1000);
  return findSession(deps, portal, { tokenHash, page });
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
export function forget(
  deps: AppDeps,
  portal: PortalSettings,
  caller: Caller,
  kept: 'session' | 'flow',
  headers: Headers,
): void {
  deps.carrier.write(headers, caller, cookieName(portal, kept), null, 0);
}

/** What the browser may know of its session, and what its contact has chosen for the list. */
export async function projectSession(
  deps: AppDeps,
  portal: PortalSettings,
  session: SignedIn | null,
  columns: Preferences['columns'] = null,
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
    columns,
    ...(session.page !== null && { untilReload: true }),
  };
}

export const toBase64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
