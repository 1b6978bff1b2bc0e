import type { StaffSessionWire } from '../../wire/index.js';
import type { Statement, Step } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import { auditStep } from './audit.js';
import { absoluteLimit, hashToken, newToken, renewAfter, sessionsAPerson } from './session.js';

/** What the browser of staff keeps. It has no portal in its name, and none of a portal is ever read as it. */
export const staffCookie = '__Host-portal_staff';

/** A session that nobody uses ends after so many milliseconds. */
const idleLimit = 24 * 3_600_000;

/** Who of the staff asks, with their session. */
export interface StaffSignedIn {
  readonly account: { readonly id: number; readonly publicId: string; readonly name: string };
  readonly id: number;
  readonly publicId: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'agent' | 'admin';
  /** Those whose tickets they answer; `null` for all of the account. */
  readonly inboxes: readonly number[] | null;
  readonly tokenHash: Uint8Array;
  readonly lastSeenAt: Date;
  readonly idleUntil: Date;
  readonly absoluteUntil: Date;
}

interface StaffSessionRow {
  readonly account_id: number;
  readonly account_public_id: string;
  readonly account_name: string;
  readonly staff_id: number;
  readonly staff_public_id: string;
  readonly staff_name: string;
  readonly email: string;
  readonly role: StaffSignedIn['role'];
  readonly inboxes: readonly number[] | null;
  readonly last_seen_at: Date;
  readonly idle_until: Date;
  readonly absolute_until: Date;
}

const byHash: Statement = { name: 'staff_session_by_hash', text: 'SELECT * FROM staff_session_by_hash($1, $2)' };
const renew: Statement = {
  name: 'staff_session_renew',
  text: 'UPDATE staff_sessions SET last_seen_at = $3, idle_until = $4 WHERE account_id = $1 AND token_hash = $2',
};
const insert: Statement = {
  name: 'staff_session_insert',
  text: `INSERT INTO staff_sessions (account_id, token_hash, staff_id, created_at, last_seen_at, idle_until, absolute_until)
    VALUES ($1, $2, $3, $4, $4, $5, $6)`,
};
const prune: Statement = {
  name: 'staff_session_prune',
  text: `DELETE FROM staff_sessions WHERE account_id = $1 AND staff_id = $2 AND token_hash NOT IN (
      SELECT token_hash FROM staff_sessions WHERE account_id = $1 AND staff_id = $2 AND idle_until > $3 AND absolute_until > $3
      ORDER BY created_at DESC LIMIT $4)`,
};
const remove: Statement = {
  name: 'staff_session_end',
  text: 'DELETE FROM staff_sessions WHERE account_id = $1 AND token_hash = $2',
};
const removeAll: Statement = {
  name: 'staff_session_end_all',
  text: 'DELETE FROM staff_sessions WHERE account_id = $1 AND staff_id = $2',
};

const contextOf = (account: number) => ({ role: 'staff', account }) as const;

/** The token that came along; `null` without one. */
export const staffTokenOf = (deps: AppDeps, caller: Caller): string | null => deps.carrier.read(caller, staffCookie);

/** The session that came along, read anew; `null` when it is none any more, or its owner may not sign in. */
export async function findStaffSession(deps: AppDeps, caller: Caller): Promise<StaffSignedIn | null> {
  const token = staffTokenOf(deps, caller);
  return token === null ? null : findByHash(deps, await hashToken(deps, token));
}

async function findByHash(deps: AppDeps, tokenHash: Uint8Array): Promise<StaffSignedIn | null> {
  const [[row]] = (await deps.database.batch({ role: 'staff' }, [
    { statement: byHash, params: [tokenHash, deps.clock()] },
  ])) as [StaffSessionRow[]];
  if (!row) return null;
  return {
    account: { id: row.account_id, publicId: row.account_public_id, name: row.account_name },
    id: row.staff_id,
    publicId: row.staff_public_id,
    name: row.staff_name,
    email: row.email,
    role: row.role,
    inboxes: row.inboxes,
    tokenHash,
    lastSeenAt: row.last_seen_at,
    idleUntil: row.idle_until,
    absoluteUntil: row.absolute_until,
  };
}

const idleUntil = (now: Date, absoluteUntil: Date) =>
  new Date(Math.min(now.getTime() + idleLimit, absoluteUntil.getTime()));

const secondsTo = (until: Date, now: Date) => (until.getTime() - now.getTime()) / 1000;

/** Moves the idle limit of a session in use and sends the cookie anew. */
export async function renewStaffSession(
  deps: AppDeps,
  caller: Caller,
  session: StaffSignedIn,
  headers: Headers,
): Promise<void> {
  const now = deps.clock();
  if (now.getTime() - session.lastSeenAt.getTime() < renewAfter) return;
  const until = idleUntil(now, session.absoluteUntil);
  await deps.database.batch(contextOf(session.account.id), [
    { statement: renew, params: [session.account.id, session.tokenHash, now, until] },
  ]);
  deps.carrier.write(headers, caller, staffCookie, staffTokenOf(deps, caller), secondsTo(until, now));
}

/** Starts a session for somebody who has proven who they are. Who is disabled at this moment gets none: `null`. */
export async function startStaffSession(
  deps: AppDeps,
  caller: Caller,
  member: { readonly account: number; readonly id: number; readonly publicId: string },
  headers: Headers,
): Promise<StaffSignedIn | null> {
  // A new sign-in never rides on the session before it.
  const before = await findStaffSession(deps, caller);
  if (before) await endStaffSession(deps, before);
  const now = deps.clock();
  const absoluteUntil = new Date(now.getTime() + absoluteLimit);
  const until = idleUntil(now, absoluteUntil);
  const token = newToken(deps);
  const tokenHash = await hashToken(deps, token);
  const { account, id, publicId } = member;
  await deps.database.batch(contextOf(account), [
    { statement: insert, params: [account, tokenHash, id, now, until, absoluteUntil] },
    { statement: prune, params: [account, id, now, sessionsAPerson] },
    auditStep(account, now, { actor: 'staff', actorId: publicId, event: 'sign-in' }),
  ]);
  deps.carrier.write(headers, caller, staffCookie, token, secondsTo(until, now));
  return findByHash(deps, tokenHash);
}

export async function endStaffSession(
  deps: AppDeps,
  { account, tokenHash }: StaffSignedIn,
  further: readonly Step[] = [],
): Promise<void> {
  await deps.database.batch(contextOf(account.id), [
    { statement: remove, params: [account.id, tokenHash] },
    ...further,
  ]);
}

/** All of a person. @param staff internal id */
export const endStaffSessionsStep = (account: number, staff: number): Step => ({
  statement: removeAll,
  params: [account, staff],
});

/** Takes the cookie back. */
export const forgetStaff = (deps: AppDeps, caller: Caller, headers: Headers): void =>
  deps.carrier.write(headers, caller, staffCookie, null, 0);

/** What the browser may know of its session. */
export function projectStaffSession(session: StaffSignedIn | null): StaffSessionWire {
  if (!session) return { staff: null, account: null, expiresAt: null };
  const { publicId: id, name, email, role, account } = session;
  return {
    staff: { id, name, email, role },
    account: { id: account.publicId, name: account.name },
    expiresAt: session.idleUntil.toISOString(),
  };
}
