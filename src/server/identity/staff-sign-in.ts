import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { auditStep } from './audit.js';
import { createComparison } from './password.js';

const byEmail: Statement = { name: 'staff_by_email', text: 'SELECT * FROM staff_by_email($1)' };
const nothing: Statement = { name: 'staff_nobody', text: 'SELECT 1' };

interface CredentialRow {
  readonly account_id: number;
  readonly staff_id: number;
  readonly staff_public_id: string;
  readonly enabled: boolean;
  readonly password_hash: string;
}

/** Somebody of the staff by our own id and the public one. */
export interface StaffIdentity {
  readonly account: number;
  readonly id: number;
  readonly publicId: string;
}

/**
 * Checks the password of somebody of the staff; `null`: nobody is to be let in. An address that is unknown costs the same
 * work and as many exchanges with the database as a wrong password. The refusal of one that is known is entered in the audit
 * log of its account.
 */
export function createStaffCheck(deps: AppDeps) {
  const compare = createComparison(deps);

  return async (email: string, password: string): Promise<StaffIdentity | null> => {
    const [[row]] = (await deps.database.batch({ role: 'staff' }, [
      { statement: byEmail, params: [email.trim()] },
    ])) as [CredentialRow[]];
    const right = await compare(row?.password_hash, password);
    if (row && right && row.enabled)
      return { account: row.account_id, id: row.staff_id, publicId: row.staff_public_id };
    const refusal = { actor: 'visitor', event: 'sign-in', refused: true } as const;
    await deps.database.batch({ role: 'staff', ...(row && { account: row.account_id }) }, [
      row
        ? auditStep(row.account_id, deps.clock(), { ...refusal, subjects: { staff: row.staff_public_id } })
        : { statement: nothing },
    ]);
    return null;
  };
}
