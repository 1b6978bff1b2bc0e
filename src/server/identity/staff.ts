import type { Context } from 'hono';

import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import type { Statement } from '../database.js';
import type { Sealer } from '../seal.js';
import { createSealer } from '../seal.js';
import { guardOwnPage } from '../http/guard.js';
import { type StaffSignedIn, findStaffSession, forgetStaff, renewStaffSession, staffTokenOf } from './staff-session.js';

/** Who answers, and in which account. */
export interface StaffMember {
  readonly account: number;
  readonly publicId: string;
  readonly name: string;
  /** Those whose tickets alone they answer; `null` for all of the account. */
  readonly inboxes: readonly number[] | null;
}

interface StaffRow {
  readonly account_id: number;
  readonly public_id: string;
  readonly name: string;
}

const findAccounts: Statement = {
  name: 'staff_accounts',
  text: 'SELECT account_id FROM accounts WHERE $1::text IS NULL OR public_id = $1 ORDER BY account_id LIMIT 2',
};
const firstStaff: Statement = {
  name: 'staff_first',
  text: 'SELECT account_id, public_id, name FROM staff WHERE account_id = $1 ORDER BY id LIMIT 1',
};

const tokenSeconds = 3600;

/** Tokens of staff that the server itself hands out: sealed, so that nothing needs to be kept. */
export const staffTokens = (deps: AppDeps): Sealer => createSealer(deps.secret, 'staff token', deps.clock);

/** A token for an hour as the first staff member of the account. */
export async function issueStaffToken(deps: AppDeps): Promise<{ token: string; expiresAt: string }> {
  const { account, publicId, name } = await firstMember(deps, null);
  return {
    token: await staffTokens(deps).seal({ member: { account, publicId, name } }, tokenSeconds),
    expiresAt: new Date(deps.clock().getTime() + tokenSeconds * 1000).toISOString(),
  };
}

/**
 * May this request come in? One that names its client, and that comes from a page of the server's own unless it brings a bearer
 * token: a browser sends cookies whoever wrote the page.
 *
 * @throws ApiError `forbidden`
 */
export function admitStaff(deps: AppDeps, c: Context): void {
  if (!c.req.header('x-portal-client')) throw new ApiError('forbidden');
  if (hasBearer(c)) return;
  const caller = deps.caller(c.req.raw);
  if (staffTokenOf(deps, caller) !== null) guardOwnPage(c.req.raw, caller);
}

const hasBearer = (c: Context) => c.req.header('authorization') !== undefined;

/**
 * Who of the staff is signed in where the request comes from; `null` where a bearer token is to say who asks.
 *
 * @param open asked without a session as well, and by pages of the server's own alone
 * @throws ApiError `forbidden`, `session-expired` when a session came along that is none any more, unless it is `open`
 */
export async function visitOf(deps: AppDeps, c: Context, open = false) {
  const caller = deps.caller(c.req.raw);
  if (open) guardOwnPage(c.req.raw, caller);
  const came = staffTokenOf(deps, caller) !== null;
  if (!open && (hasBearer(c) || !came)) return null;
  const session = await findStaffSession(deps, caller);
  const headers = c.get('answerHeaders');
  if (session) await renewStaffSession(deps, caller, session, headers);
  else if (came) forgetStaff(deps, caller, headers);
  if (!session && !open) throw new ApiError('session-expired');
  return { caller, session };
}

/** Another account's is as unknown as one that is not there. */
export const isOwnAccount = (c: Context, { account }: StaffSignedIn): boolean =>
  [undefined, account.publicId].includes(c.req.query('account'));

/**
 * Who answers: the staff member who is signed in or has a token of ours, or the administrator by their token, who acts for the
 * account named by `?account=` (needless where there is only one).
 *
 * @throws ApiError `unauthenticated`, `session-expired`, `not-found` for another account
 */
export async function readStaff(deps: AppDeps, tokens: Sealer, c: Context): Promise<StaffMember> {
  const visit = await visitOf(deps, c);
  if (visit?.session) {
    if (!isOwnAccount(c, visit.session)) throw new ApiError('not-found');
    const { account, publicId, name, inboxes } = visit.session;
    return { account: account.id, publicId, name, inboxes };
  }
  const token = readBearer(c);
  const account = c.req.query('account') ?? null;
  if (await sameSecret(token, deps.adminToken)) return firstMember(deps, account);
  const payload = await tokens.open(token);
  if (!payload) throw new ApiError('unauthenticated');
  return { ...(payload['member'] as Omit<StaffMember, 'inboxes'>), inboxes: null };
}

/** Lets the administrator pass and nobody else. @throws ApiError `unauthenticated` */
export async function readAdmin(deps: AppDeps, c: Context): Promise<void> {
  if (!(await sameSecret(readBearer(c), deps.adminToken))) throw new ApiError('unauthenticated');
}

function readBearer(c: Context): string {
  const [scheme, token] = (c.req.header('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new ApiError('unauthenticated');
  return token;
}

/** Compares hashes: how long it takes says nothing of the secret. */
async function sameSecret(one: string, other: string): Promise<boolean> {
  const hash = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const [a, b] = await Promise.all([hash(one), hash(other)]);
  return a.every((byte, at) => byte === b[at]);
}

/** The account with this public id; `null` for the only one. @throws ApiError `not-found`, `invalid` where there are several */
export async function accountOf(deps: AppDeps, publicId: string | null): Promise<number> {
  const [accounts] = (await deps.database.batch({ role: 'staff' }, [
    { statement: findAccounts, params: [publicId] },
  ])) as [{ account_id: number }[]];
  const [account, another] = accounts;
  if (!account) throw new ApiError('not-found');
  if (another) throw new ApiError('invalid', { fields: [{ path: 'account', code: 'missing' }] });
  return account.account_id;
}

async function firstMember(deps: AppDeps, publicId: string | null): Promise<StaffMember> {
  const account = await accountOf(deps, publicId);
  const [[row]] = (await deps.database.batch({ role: 'staff', account }, [
    { statement: firstStaff, params: [account] },
  ])) as [StaffRow[]];
  if (!row) throw new ApiError('not-found');
  return { account: row.account_id, publicId: row.public_id, name: row.name, inboxes: null };
}
