import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { type AdminWriting, record } from './writing.js';

/** Parameters: account, part of a name or NULL, id before the first, how many. */
export const listCompanies: Statement = {
  name: 'admin_companies',
  text: `SELECT id, public_id, name FROM companies
    WHERE account_id = $1 AND ($2::text IS NULL OR strpos(lower(name), lower($2)) > 0) AND id > $3 ORDER BY id LIMIT $4`,
};
const insert: Statement = {
  name: 'admin_company_insert',
  text: 'INSERT INTO companies (account_id, public_id, name) VALUES ($1, $2, $3)',
};
const rename: Statement = {
  name: 'admin_company_rename',
  text: 'UPDATE companies SET name = $3 WHERE account_id = $1 AND public_id = $2 RETURNING id',
};
/** Nobody ties anything to it from here on. */
const lock: Statement = {
  name: 'admin_company_lock',
  text: 'SELECT id FROM companies WHERE account_id = $1 AND public_id = $2 FOR UPDATE',
};
const removals: readonly Statement[] = [
  { name: 'admin_company_people', text: 'DELETE FROM contact_companies WHERE account_id = $1 AND company_id = $2' },
  { name: 'admin_company_tickets', text: 'DELETE FROM ticket_companies WHERE account_id = $1 AND company_id = $2' },
  { name: 'admin_company_delete', text: 'DELETE FROM companies WHERE account_id = $1 AND id = $2' },
];

export async function createCompany(writing: AdminWriting, name: string) {
  const id = writing.newId();
  await writing.tx.query(insert, [writing.account, id, name]);
  await record(writing, { event: 'company-created', subjects: { company: id } });
  return { id, name };
}

/** @throws ApiError `not-found` */
export async function renameCompany(writing: AdminWriting, id: string, name: string) {
  const [renamed] = await writing.tx.query(rename, [writing.account, id, name]);
  if (!renamed) throw new ApiError('not-found');
  await record(writing, { event: 'company-changed', subjects: { company: id }, change: { name: null } });
  return { id, name };
}

/** Takes the company off its contacts and tickets as well. @throws ApiError `not-found` */
export async function deleteCompany(writing: AdminWriting, publicId: string): Promise<void> {
  const { tx, account } = writing;
  const [company] = await tx.query<{ id: number }>(lock, [account, publicId]);
  if (!company) throw new ApiError('not-found');
  await tx.batch(removals.map((statement) => ({ statement, params: [account, company.id] })));
  await record(writing, { event: 'company-deleted', subjects: { company: publicId } });
}
