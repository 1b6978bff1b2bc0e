import type { AdminCompanyWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { type AdminWriting, checkVersion, digest, given, record, refuse, taken } from './writing.js';

export interface CompanyRow {
  readonly id: number;
  readonly public_id: string;
  readonly name: string;
  readonly email_domains: readonly string[];
  readonly version: string;
}

const columns = `id, public_id, name, email_domains, ${digest('name', 'email_domains')} AS version`;

/** Parameters: account, part of a name or NULL, id before the first, how many. */
export const listCompanies: Statement = {
  name: 'admin_companies',
  text: `SELECT ${columns} FROM companies
    WHERE account_id = $1 AND ($2::text IS NULL OR strpos(lower(name), lower($2)) > 0) AND id > $3 ORDER BY id LIMIT $4`,
};
const find: Statement = {
  name: 'admin_company',
  text: `SELECT ${columns} FROM companies WHERE account_id = $1 AND public_id = $2`,
};
const insert: Statement = {
  name: 'admin_company_insert',
  text: 'INSERT INTO companies (account_id, public_id, name) VALUES ($1, $2, $3)',
};
/** Nobody ties anything to it from here on. */
const lock: Statement = {
  name: 'admin_company_lock',
  text: `SELECT ${columns} FROM companies WHERE account_id = $1 AND public_id = $2 FOR UPDATE`,
};
const update: Statement = {
  name: 'admin_company_update',
  text: `UPDATE companies SET name = $3, email_domains = $4 WHERE account_id = $1 AND id = $2 RETURNING ${columns}`,
};
/** Domains are handed out one after another, or two companies could get the same one. */
const lockDomains: Statement = {
  name: 'admin_company_domains_lock',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('domains ' || $1::bigint, 0))`,
};
const otherDomains: Statement = {
  name: 'admin_company_domains_taken',
  text: `SELECT d.name FROM companies c, unnest(c.email_domains) AS d (name)
    WHERE c.account_id = $1 AND c.id <> $2 AND d.name = ANY ($3::text[])`,
};
const removals: readonly Statement[] = [
  { name: 'admin_company_people', text: 'DELETE FROM contact_companies WHERE account_id = $1 AND company_id = $2' },
  { name: 'admin_company_tickets', text: 'DELETE FROM ticket_companies WHERE account_id = $1 AND company_id = $2' },
  { name: 'admin_company_delete', text: 'DELETE FROM companies WHERE account_id = $1 AND id = $2' },
];

type CompanyChange = { readonly [Name in 'name' | 'emailDomains']?: AdminCompanyWire[Name] | undefined };

export const toCompany = ({
  public_id: id,
  name,
  email_domains: emailDomains,
  version,
}: CompanyRow): AdminCompanyWire => ({ id, name, emailDomains: [...emailDomains], version });

/** @throws ApiError `not-found` */
export async function readCompany({ tx, account }: AdminWriting, id: string): Promise<AdminCompanyWire> {
  const [row] = await tx.query<CompanyRow>(find, [account, id]);
  if (!row) throw new ApiError('not-found');
  return toCompany(row);
}

/** @throws ApiError as `updateCompany` */
export async function createCompany(
  writing: AdminWriting,
  { name, ...change }: CompanyChange & { name: string },
): Promise<AdminCompanyWire> {
  const id = writing.newId();
  await writing.tx.query(insert, [writing.account, id, name]);
  await record(writing, { event: 'company-created', subjects: { company: id } });
  return Object.keys(given(change)).length > 0 ? updateCompany(writing, id, change) : readCompany(writing, id);
}

/**
 * @throws ApiError `not-found`; `invalid` for a domain where anybody gets an address; `conflict` for another company's, and for
 *   a version that is not the present one
 */
export async function updateCompany(
  writing: AdminWriting,
  publicId: string,
  { version, ...change }: CompanyChange & { readonly version?: string | undefined },
): Promise<AdminCompanyWire> {
  const { tx, account } = writing;
  await tx.query(lockDomains, [account]);
  const [row] = await tx.query<CompanyRow>(lock, [account, publicId]);
  if (!row) throw new ApiError('not-found');
  checkVersion(version, row.version);
  const before = toCompany(row);
  const after = { ...before, ...given(change) };
  const emailDomains = [...new Set(after.emailDomains)];
  const open = emailDomains.findIndex((domain) => writing.isFreeMail(domain));
  if (open >= 0) throw refuse(`emailDomains.${open}`, 'free-mail');
  const [other] = await tx.query<{ name: string }>(otherDomains, [account, row.id, emailDomains]);
  if (other) throw taken(`emailDomains.${emailDomains.indexOf(other.name)}`);
  const [updated] = await tx.query<CompanyRow>(update, [account, row.id, after.name, emailDomains]);
  const changed = {
    ...(after.name !== before.name && { name: null }),
    ...(String(emailDomains) !== String(before.emailDomains) && {
      emailDomains: { before: before.emailDomains, after: emailDomains },
    }),
  };
  await record(writing, { event: 'company-changed', subjects: { company: publicId }, change: changed });
  return toCompany(updated ?? row);
}

/** Takes the company off its contacts and tickets as well. @throws ApiError `not-found` */
export async function deleteCompany(writing: AdminWriting, publicId: string): Promise<void> {
  const { tx, account } = writing;
  const [company] = await tx.query<CompanyRow>(lock, [account, publicId]);
  if (!company) throw new ApiError('not-found');
  await tx.batch(removals.map((statement) => ({ statement, params: [account, company.id] })));
  await record(writing, { event: 'company-deleted', subjects: { company: publicId } });
}
