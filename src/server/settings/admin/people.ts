import type { AdminContactWire, ContactChangeWire, NewContactWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import { DatabaseError, type Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { forgetMails } from '../../mail/forget-mails.js';
import { changeOf } from '../../identity/audit.js';
import { companySteps } from '../contact-companies.js';
import { faultsOf, readProperties } from './contact-properties.js';
import { type AdminWriting, checkVersion, digest, given, idsOf, record, refuse, taken } from './writing.js';

export interface ContactRow {
  readonly id: number;
  readonly public_id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly properties: AdminContactWire['properties'];
  readonly enabled: boolean;
  readonly verified: boolean;
  readonly companies: readonly { readonly id: number; readonly publicId: string; readonly name: string }[];
  readonly primary_company: number | null;
  readonly access_groups: readonly string[];
  readonly version: string;
}

const version = digest(
  ...['c.email', 'c.name', 'c.locale', 'c.enabled', 'c.verified', 'c.properties'],
  `(SELECT jsonb_agg(jsonb_build_array(v.company_id, v.is_primary) ORDER BY v.company_id) FROM contact_companies v
    WHERE v.account_id = c.account_id AND v.contact_id = c.id)`,
  `(SELECT jsonb_agg(v.group_id ORDER BY v.group_id) FROM access_group_members v
    WHERE v.account_id = c.account_id AND v.contact_id = c.id)`,
);
const columns = `SELECT c.id, c.public_id, c.email, c.name, c.locale, c.properties, c.enabled, c.verified,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', co.id, 'publicId', co.public_id, 'name', co.name)
        ORDER BY co.id), '[]')
      FROM contact_companies cc JOIN companies co ON co.account_id = cc.account_id AND co.id = cc.company_id
      WHERE cc.account_id = c.account_id AND cc.contact_id = c.id) AS companies,
    (SELECT cc.company_id FROM contact_companies cc
      WHERE cc.account_id = c.account_id AND cc.contact_id = c.id AND cc.is_primary) AS primary_company,
    ARRAY(SELECT g.name FROM access_group_members m
      JOIN access_groups g ON g.account_id = m.account_id AND g.id = m.group_id
      WHERE m.account_id = c.account_id AND m.contact_id = c.id ORDER BY g.name) AS access_groups,
    ${version} AS version
  FROM contacts c WHERE c.account_id = $1 AND c.erased_at IS NULL`;

/** By public id or e-mail address. */
export const findContact: Statement = {
  name: 'admin_contact',
  text: `${columns} AND (c.public_id = $2 OR lower(c.email) = lower($2))`,
};
/** Parameters: account, addresses in small letters. */
export const contactsByEmail: Statement = {
  name: 'admin_contacts_by_email',
  text: `${columns} AND lower(c.email) = ANY ($2::text[]) ORDER BY c.id`,
};
/** Parameters: account, part of a name or address or NULL, id before the first, how many. */
export const listContacts: Statement = {
  name: 'admin_contacts',
  text: `${columns} AND ($2::text IS NULL OR strpos(lower(c.name), lower($2)) > 0 OR strpos(lower(c.email), lower($2)) > 0)
    AND c.id > $3 ORDER BY c.id LIMIT $4`,
};
const lock: Statement = {
  name: 'admin_contact_lock',
  text: 'SELECT id FROM contacts WHERE account_id = $1 AND public_id = $2 FOR NO KEY UPDATE',
};
const insert: Statement = {
  name: 'admin_contact_insert',
  text: `INSERT INTO contacts (account_id, public_id, email, name, locale) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING RETURNING id`,
};
const insertPassword: Statement = {
  name: 'admin_password_insert',
  text: `INSERT INTO credentials (account_id, contact_id, password_hash)
    SELECT $1, id, $3 FROM contacts WHERE account_id = $1 AND public_id = $2`,
};
const update: Statement = {
  name: 'admin_contact_update',
  text: `UPDATE contacts SET name = $3, properties = $4::jsonb, enabled = $5, verified = $6
    WHERE account_id = $1 AND id = $2`,
};
/** The desk is asked anew who has it. */
const move: Statement = {
  name: 'admin_contact_move',
  text: 'UPDATE contacts SET email = $3, desk_asked_at = NULL WHERE account_id = $1 AND id = $2',
};
const removeFlows: Statement = {
  name: 'admin_contact_flows',
  text: 'DELETE FROM flows WHERE account_id = $1 AND lower(email) = lower($2)',
};
const endTransactions: Statement = {
  name: 'admin_contact_transactions_end',
  text: 'DELETE FROM sso_transactions WHERE account_id = $1 AND contact_id = $2',
};
const endSessions: Statement = {
  name: 'admin_contact_sessions_end',
  text: 'DELETE FROM sessions WHERE account_id = $1 AND contact_id = $2',
};
const removeGroups: Statement = {
  name: 'admin_memberships_remove',
  text: `DELETE FROM access_group_members m USING access_groups g WHERE m.account_id = $1 AND m.contact_id = $2
    AND g.account_id = m.account_id AND g.id = m.group_id AND g.name <> ALL ($3::text[])`,
};
const addGroups: Statement = {
  name: 'admin_memberships_add',
  text: `INSERT INTO access_group_members (account_id, group_id, contact_id)
    SELECT $1, id, $2 FROM access_groups WHERE account_id = $1 AND name = ANY ($3::text[]) ON CONFLICT DO NOTHING`,
};

export const toContact = (row: ContactRow): AdminContactWire => ({
  id: row.public_id,
  email: row.email,
  name: row.name,
  locale: row.locale,
  enabled: row.enabled,
  verified: row.verified,
  properties: row.properties,
  companies: row.companies.map(({ publicId: id, name }) => ({ id, name })),
  primaryCompany: row.companies.find(({ id }) => id === row.primary_company)?.publicId ?? null,
  accessGroups: [...row.access_groups],
  version: row.version,
});

/** @throws ApiError `conflict` for an address in use, `invalid` as `updateContact` */
export async function createContact(
  writing: AdminWriting,
  { email, locale = 'en', ...change }: Omit<NewContactWire, 'password'>,
  passwordHash: string | null,
): Promise<AdminContactWire> {
  const { tx, account, newId } = writing;
  const id = newId();
  const [made] = await tx.query(insert, [account, id, email, change.name, locale]);
  if (!made) throw taken('email');
  if (passwordHash !== null) await tx.query(insertPassword, [account, id, passwordHash]);
  const contact = toContact(await write(writing, id, change));
  await record(writing, { event: 'contact-created', subjects: { contact: id } });
  return contact;
}

/**
 * Companies take the place of those before; without a word on the primary one, it stays if it is still among them. Another
 * address is not theirs until that is said or proven: all sessions end, and what was sent to the old one leads nowhere.
 *
 * @throws ApiError `not-found`; `conflict` for a version that is not the present one, and an address in use; `invalid` for a company or an access group that is none, or a primary company that is no
 *   company of the contact
 */
export async function updateContact(
  deps: Pick<AppDeps, 'secret' | 'clock'>,
  writing: AdminWriting,
  id: string,
  { version: asked, ...change }: ContactChangeWire,
): Promise<AdminContactWire> {
  const { tx, account } = writing;
  await tx.query(lock, [account, id]);
  const row = await readContact(writing, id);
  checkVersion(asked, row.version);
  const before = toContact(row);
  const isMoved = change.email !== undefined && change.email.toLowerCase() !== row.email.toLowerCase();
  if (isMoved) await leaveAddress(deps, writing, row);
  const after = toContact(
    await write(writing, id, { ...change, ...(isMoved && { verified: change.verified === true }) }),
  );
  const changed = changeOf(auditable(before), auditable(after), ['email', 'name', 'properties']);
  if (Object.keys(changed).length > 0) {
    await record(writing, { event: 'contact-changed', subjects: { contact: id }, change: changed });
  }
  return after;
}

/** Companies by their ids: names are not for the log. */
const auditable = ({ version: _version, companies, ...contact }: AdminContactWire) => ({
  ...contact,
  companies: companies.map(({ id }) => id),
});

/** Nobody comes in by what they had under the old address. */
async function leaveAddress(deps: Pick<AppDeps, 'secret' | 'clock'>, { tx, account }: AdminWriting, row: ContactRow) {
  await tx.batch([
    { statement: endSessions, params: [account, row.id] },
    { statement: endTransactions, params: [account, row.id] },
    { statement: removeFlows, params: [account, row.email] },
  ]);
  await forgetMails(deps, tx, account, row.email);
}

/** @throws ApiError `conflict` when somebody has the address */
async function setAddress({ tx, account }: AdminWriting, id: number, email: string): Promise<void> {
  try {
    await tx.query(move, [account, id, email]);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '23505') throw taken('email');
    throw error;
  }
}

/** @throws ApiError `not-found` */
export async function readContact(
  { tx, account }: Pick<AdminWriting, 'tx' | 'account'>,
  id: string,
): Promise<ContactRow> {
  const [row] = await tx.query<ContactRow>(findContact, [account, id]);
  if (!row) throw new ApiError('not-found');
  return row;
}

async function write(
  writing: AdminWriting,
  id: string,
  change: Omit<ContactChangeWire, 'version'>,
): Promise<ContactRow> {
  const { tx, account } = writing;
  const row = await readContact(writing, id);
  const { email, name, properties, enabled, verified } = { ...row, ...given(change) };
  if (email !== row.email) await setAddress(writing, row.id, email);
  if (change.properties) {
    const fields = faultsOf(await readProperties(writing), row.properties, properties);
    if (fields.length > 0) throw new ApiError('invalid', { fields });
  }
  await tx.query(update, [account, row.id, name, JSON.stringify(properties), enabled, verified]);
  // Who is let in again signs in again.
  if (!enabled) await tx.query(endSessions, [account, row.id]);
  if (change.companies || change.primaryCompany !== undefined) {
    const current = toContact(row);
    const publicIds = change.companies ?? current.companies.map((company) => company.id);
    const companies = await idsOf(writing, 'companies', publicIds, 'companies.*');
    const kept = publicIds.includes(current.primaryCompany ?? '') ? current.primaryCompany : null;
    const wanted = change.primaryCompany === undefined ? kept : change.primaryCompany;
    if (wanted !== null && !publicIds.includes(wanted)) throw refuse('primaryCompany');
    const primary = wanted === null ? null : (companies[publicIds.indexOf(wanted)] ?? null);
    await tx.batch(companySteps(account, row.id, companies, primary));
  }
  if (change.accessGroups) {
    await tx.query(removeGroups, [account, row.id, change.accessGroups]);
    await tx.query(addGroups, [account, row.id, change.accessGroups]);
    const { access_groups: now } = await readContact(writing, id);
    const unknown = change.accessGroups.findIndex((group) => !now.includes(group));
    if (unknown >= 0) throw refuse(`accessGroups.${unknown}`);
  }
  return readContact(writing, id);
}
