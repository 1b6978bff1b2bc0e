import type { NewAccountWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { auditStep } from '../../identity/audit.js';
import { newStaffLink, replaceLinkSteps } from '../../identity/staff-links.js';
import { createAccount } from '../new-account.js';
import { insertStaff } from './staff.js';

const named: Statement = { name: 'account_named', text: 'SELECT account_id FROM accounts WHERE name = $1' };

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
  return { account: { id, name }, link: link.link, expiresAt: link.expiresAt.toISOString() };
}
