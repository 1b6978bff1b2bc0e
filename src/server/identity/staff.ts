import type { Context } from 'hono';

import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import type { Statement } from '../database.js';
import type { Sealer } from '../seal.js';
import { createSealer } from '../seal.js';

/** Who answers, and in which account. */
export interface StaffMember {
  readonly account: number;
  readonly publicId: string;
  readonly name: string;
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
  const member = await firstMember(deps, null);
  return {
    token: await staffTokens(deps).seal({ member }, tokenSeconds),
    expiresAt: new Date(deps.clock().getTime() + tokenSeconds * 1000).toISOString(),
  };
}

/**
 * Who the bearer of a token is: a staff member by a token of ours, or the administrator, who acts for the account named by
 * `?account=` (needless where there is only one).
 *
 * @throws ApiError `unauthenticated`
 */
export async function readStaff(deps: AppDeps, tokens: Sealer, c: Context): Promise<StaffMember> {
  const token = readBearer(c);
  const account = c.req.query('account') ?? null;
  if (await sameSecret(token, deps.adminToken)) return firstMember(deps, account);
  const payload = await tokens.open(token);
  if (!payload) throw new ApiError('unauthenticated');
  return payload['member'] as StaffMember;
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
  return { account: row.account_id, publicId: row.public_id, name: row.name };
}
