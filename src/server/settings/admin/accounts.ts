import type { AccountChangeWire, NewAccountWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { auditStep, changeOf } from '../../identity/audit.js';
import { newStaffLink, replaceLinkSteps } from '../../identity/staff-links.js';
import { createAccount, enter } from '../new-account.js';
import { insertStaff } from './staff.js';

const named: Statement = { name: 'account_named', text: 'SELECT account_id FROM accounts WHERE name = $1' };

const change: Statement = {
  name: 'account_change',
  text: `UPDATE accounts a SET inner_addresses = $2
    FROM (SELECT account_id, inner_addresses FROM accounts WHERE name = $1 FOR UPDATE) b WHERE b.account_id = a.account_id
    RETURNING a.account_id, a.public_id, b.inner_addresses AS before`,
};

const taken = (path: string) => new ApiError('conflict', { fields: [{ path, code: 'taken' }] });

/**
 * Makes another account of the server, with its first admin, who has no password yet.
 *
 * @param base scheme and host, where the server is found
 * @returns the account by its public id, and the link by which its admin chooses a password, shown this once
 * @throws ApiError `conflict` for a name that an account has, or an address by which somebody of the staff signs in
 */
export async function makeAccount(
  deps: Pick<AppDeps, 'database' | 'clock' | 'newId' | 'sha256'>,
  { name, admin, innerAddresses }: NewAccountWire,
  base: string,
) {
  const link = await newStaffLink(deps, base);
  const now = deps.clock();
  const id = await deps.database.tx({ role: 'staff' }, async (tx) => {
    if ((await tx.query(named, [name])).length > 0) throw taken('name');
    const { account, publicId } = await createAccount(tx, name, deps.newId, innerAddresses);
    const staff = { ...admin, publicId: deps.newId(), role: 'admin', inboxes: null } as const;
    const staffId = await insertStaff({ tx, account }, staff);
    if (staffId === null) throw taken('admin.email');
    const entry = { actor: 'admin', event: 'account-created', subjects: { staff: staff.publicId } } as const;
    await tx.batch([...replaceLinkSteps(account, staffId, link, now), auditStep(account, now, entry)]);
    return publicId;
  });
  return { account: { id, name, innerAddresses }, link: link.link, expiresAt: link.expiresAt.toISOString() };
}

/**
 * Gives an account the right to have inner addresses asked, or takes it away.
 *
 * @throws ApiError `not-found`
 */
export function changeAccount(
  { database, clock }: Pick<AppDeps, 'database' | 'clock'>,
  { name, innerAddresses }: AccountChangeWire,
) {
  return database.tx({ role: 'staff' }, async (tx) => {
    const params = [name, innerAddresses];
    const [row] = await tx.query<{ account_id: number; public_id: string; before: boolean }>(change, params);
    if (!row) throw new ApiError('not-found');
    const { account_id: account, public_id: id, before } = row;
    if (before !== innerAddresses) {
      await tx.query(enter, [String(account)]);
      const entry = {
        actor: 'admin',
        event: 'account-changed',
        change: changeOf({ innerAddresses: before }, { innerAddresses }),
      } as const;
      await tx.batch([auditStep(account, clock(), entry)]);
    }
    return { account: { id, name, innerAddresses } };
  });
}
