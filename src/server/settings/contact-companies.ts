import type { Statement, Step } from '../database.js';

const removeCompanies: Statement = {
  name: 'contact_companies_remove',
  text: 'DELETE FROM contact_companies WHERE account_id = $1 AND contact_id = $2 AND company_id <> ALL ($3::bigint[])',
};
/** Before there is another primary one. */
const demoteCompany: Statement = {
  name: 'contact_companies_demote',
  text: `UPDATE contact_companies SET is_primary = false
    WHERE account_id = $1 AND contact_id = $2 AND is_primary AND company_id IS DISTINCT FROM $3::bigint`,
};
const addCompanies: Statement = {
  name: 'contact_companies_add',
  text: `INSERT INTO contact_companies (account_id, contact_id, company_id, is_primary)
    SELECT DISTINCT $1::bigint, $2::bigint, id, id IS NOT DISTINCT FROM $4::bigint FROM unnest($3::bigint[]) AS c (id)
    ON CONFLICT (account_id, contact_id, company_id) DO UPDATE SET is_primary = excluded.is_primary
      WHERE contact_companies.is_primary <> excluded.is_primary`,
};

/** Makes these the contact's companies, and one of them the primary one. What stays as it is is not touched. */
export const companySteps = (
  account: number,
  contact: number,
  companies: readonly number[],
  primary: number | null,
): Step[] => [
  { statement: removeCompanies, params: [account, contact, companies] },
  { statement: demoteCompany, params: [account, contact, primary] },
  { statement: addCompanies, params: [account, contact, companies, primary] },
];
