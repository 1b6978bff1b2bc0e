import { ApiError } from '../../api-error.js';
import type { Statement, Transaction } from '../../database.js';
import { type AuditEntry, auditStep } from '../../identity/audit.js';

/** What a write of the administrator needs to know. */
export interface AdminWriting {
  readonly tx: Transaction;
  readonly account: number;
  /** Public id of the admin who signed in; absent where it is the bearer of the admin token. */
  readonly staff?: string | undefined;
  readonly now: Date;
  readonly newId: () => string;
  /** A domain where anybody gets an address. */
  readonly isFreeMail: (domain: string) => boolean;
}

/** Who writes, for the audit log. */
export const actorOf = ({ staff }: AdminWriting): Pick<AuditEntry, 'actor' | 'actorId'> =>
  staff ? { actor: 'staff', actorId: staff } : { actor: 'admin' };

/** Enters into the audit log what the administrator does. */
export const record = (writing: AdminWriting, entry: Omit<AuditEntry, 'actor' | 'actorId'>) =>
  writing.tx.batch([auditStep(writing.account, writing.now, { ...entry, ...actorOf(writing) })]);

/** A change of JSON: what is left out is not there, where its type says that it may be `undefined`. */
export const given = <Change extends object>(change: Change) =>
  change as { readonly [Name in keyof Change]?: Exclude<Change[Name], undefined> };

export const refuse = (path: string, code = 'unknown') => new ApiError('invalid', { fields: [{ path, code }] });
export const taken = (path: string) => new ApiError('conflict', { fields: [{ path, code: 'taken' }] });

/** Somebody has changed it since it was read. @throws ApiError `conflict` */
export function checkVersion<Version>(asked: Version | undefined, present: Version): void {
  if (asked !== undefined && asked !== present)
    throw new ApiError('conflict', { fields: [{ path: 'version', code: 'changed' }] });
}

/**
 * The version of something whose parts lie in several tables, and are changed by others than the owner as well: by a sign-in,
 * an import, a help desk. It is another one exactly where something of it is.
 *
 * @param parts of SQL
 */
export const digest = (...parts: readonly string[]): string =>
  `left(encode(sha256(convert_to(jsonb_build_array(${parts.join(', ')})::text, 'UTF8')), 'hex'), 32)`;

/** None of them is deleted before the transaction ends. */
const findIds = (table: string): Statement => ({
  name: `admin_ids_${table}`,
  text: `SELECT id, public_id FROM ${table} WHERE account_id = $1 AND public_id = ANY ($2::text[]) FOR KEY SHARE`,
});
const statements = { contacts: findIds('contacts'), companies: findIds('companies'), inboxes: findIds('inboxes') };

/** Ids by public ids, in their order. @throws ApiError `invalid` for one that the account does not have */
export async function idsOf(
  { tx, account }: AdminWriting,
  table: keyof typeof statements,
  publicIds: readonly string[],
  path: string,
): Promise<number[]> {
  const rows = await tx.query<{ id: number; public_id: string }>(statements[table], [account, publicIds]);
  return publicIds.map((publicId, at) => {
    const row = rows.find(({ public_id }) => public_id === publicId);
    if (!row) throw refuse(path.replace('*', String(at)));
    return row.id;
  });
}
