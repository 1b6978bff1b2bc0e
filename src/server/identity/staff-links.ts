import type { Statement, Step, Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { hashToken, newToken } from './session.js';
import { endStaffSessionsStep } from './staff-session.js';
import type { StaffIdentity } from './staff-sign-in.js';

const lifetime = 24 * 3_600_000;

const byHash: Statement = { name: 'staff_link_by_hash', text: 'SELECT * FROM staff_link_by_hash($1, $2)' };
const insert: Statement = {
  name: 'staff_link_insert',
  text: `INSERT INTO staff_links (token_hash, account_id, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
};
const removeOf: Statement = {
  name: 'staff_link_remove',
  text: 'DELETE FROM staff_links WHERE account_id = $1 AND staff_id = $2',
};
const use: Statement = {
  name: 'staff_link_use',
  text: `DELETE FROM staff_links WHERE token_hash = $1 AND account_id = $2 AND expires_at > $3 RETURNING staff_id`,
};
const useFirst: Statement = {
  name: 'staff_link_use_first',
  text: 'DELETE FROM staff_links WHERE token_hash = $1 AND account_id IS NULL AND NOT staff_admin_exists() RETURNING 1',
};
const removeFirst: Statement = {
  name: 'staff_link_remove_first',
  text: 'DELETE FROM staff_links WHERE account_id IS NULL',
};
const remakeFirst: Statement = {
  name: 'staff_link_remake_first',
  text: `INSERT INTO staff_links (token_hash, created_at) VALUES ($1, $2)
    ON CONFLICT ((account_id IS NULL)) WHERE account_id IS NULL
    DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at`,
};
const adminExists: Statement = { name: 'staff_admin_exists', text: 'SELECT staff_admin_exists() AS yes' };
const setPassword: Statement = {
  name: 'staff_password_set',
  text: `INSERT INTO staff_credentials (account_id, staff_id, password_hash) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, staff_id) DO UPDATE SET password_hash = excluded.password_hash`,
};
const rename: Statement = {
  name: 'staff_rename',
  text: 'UPDATE staff SET name = $3 WHERE account_id = $1 AND id = $2 AND enabled RETURNING true AS renamed',
};

/** A link that was made just now: the only time that its token is known. */
export interface NewStaffLink {
  readonly link: string;
  readonly tokenHash: Uint8Array;
  readonly expiresAt: Date;
}

/** Whom a link is for: somebody of an account, or, without one, the first person of the server. */
export interface StaffLink {
  readonly member: (StaffIdentity & { readonly name: string; readonly email: string; readonly company: string }) | null;
  readonly tokenHash: Uint8Array;
}

interface LinkRow {
  readonly account_id: number | null;
  readonly account_name: string;
  readonly staff_id: number;
  readonly staff_public_id: string;
  readonly staff_name: string;
  readonly email: string;
}

/** Behind `#`: neither a log nor a `Referer` ever has it. @param base scheme and host */
const linkOf = (base: string, token: string) => `${base}/admin/#welcome=${token}`;

export async function newStaffLink(
  deps: Pick<AppDeps, 'newId' | 'clock' | 'sha256'>,
  base: string,
): Promise<NewStaffLink> {
  const token = newToken(deps);
  const expiresAt = new Date(deps.clock().getTime() + lifetime);
  return { link: linkOf(base, token), tokenHash: await hashToken(deps, token), expiresAt };
}

/** Ends what links they have. @param staff internal id */
export const removeLinksStep = (account: number, staff: number): Step => ({
  statement: removeOf,
  params: [account, staff],
});

/** Keeps a link in the place of those that they have. */
export const replaceLinkSteps = (
  account: number,
  staff: number,
  { tokenHash, expiresAt }: NewStaffLink,
  now: Date,
): Step[] => [
  removeLinksStep(account, staff),
  { statement: insert, params: [tokenHash, account, staff, now, expiresAt] },
];

/** The link with this token; `null` for one that is unknown, used or expired, or whose owner is disabled. */
export async function findStaffLink(deps: AppDeps, token: string): Promise<StaffLink | null> {
  const tokenHash = await hashToken(deps, token);
  const [[row]] = (await deps.database.batch({ role: 'staff' }, [
    { statement: byHash, params: [tokenHash, deps.clock()] },
  ])) as [LinkRow[]];
  if (!row) return null;
  const { account_id: account, staff_id: id, staff_public_id: publicId, staff_name: name, email } = row;
  const member = account === null ? null : { account, id, publicId, name, email, company: row.account_name };
  return { member, tokenHash };
}

/** Uses up the first link; `false`: somebody was faster. */
export async function takeFirstLink(tx: Transaction, tokenHash: Uint8Array): Promise<boolean> {
  return (await tx.query(useFirst, [tokenHash])).length > 0;
}

/** Uses up a link: its owner has this name and password, and signs in anew everywhere. `false`: it is none any more. */
export async function takeStaffLink(
  tx: Transaction,
  tokenHash: Uint8Array,
  { account, id }: StaffIdentity,
  chosen: { readonly name: string; readonly passwordHash: string },
  now: Date,
): Promise<boolean> {
  const [used] = await tx.query(use, [tokenHash, account, now]);
  const [renamed] = used ? await tx.query(rename, [account, id, chosen.name]) : [];
  if (!renamed) return false;
  await tx.batch([
    setPasswordStep(account, id, chosen.passwordHash),
    endStaffSessionsStep(account, id),
    removeLinksStep(account, id),
  ]);
  return true;
}

/** @param staff internal id */
export const setPasswordStep = (account: number, staff: number, passwordHash: string): Step => ({
  statement: setPassword,
  params: [account, staff, passwordHash],
});

/**
 * The link of the first person, made anew: one before opens nothing any more. `null` where somebody may set up a portal.
 *
 * @param base scheme and host, where the server is found
 */
export async function remakeFirstLink(
  deps: Pick<AppDeps, 'database' | 'sha256' | 'newId' | 'clock'>,
  base: string,
): Promise<string | null> {
  const [[answer]] = (await deps.database.batch({ role: 'staff' }, [{ statement: adminExists }])) as [
    { yes: boolean }[],
  ];
  if (answer?.yes) {
    await deps.database.batch({ role: 'staff' }, [{ statement: removeFirst }]);
    return null;
  }
  const token = newToken(deps);
  const params = [await hashToken(deps, token), deps.clock()];
  await deps.database.batch({ role: 'staff' }, [{ statement: remakeFirst, params }]);
  return linkOf(base, token);
}
