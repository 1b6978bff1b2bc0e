import type { AdminContactWire, ImportReportWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { auditStep, changeOf } from '../../identity/audit.js';
import { type ContactProperty, faultsOf, readProperties } from './contact-properties.js';
import type { Person, Refusal, Refused } from './import-table.js';
import { type ContactRow, contactsByEmail, toContact } from './people.js';
import { type AdminWriting, actorOf } from './writing.js';

/** Nobody else imports into the account meanwhile, and makes the same companies. */
const lockImports: Statement = {
  name: 'import_lock',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('import ' || $1::bigint, 0))`,
};
const lockContacts: Statement = {
  name: 'import_contacts_lock',
  text: `SELECT id FROM contacts WHERE account_id = $1 AND lower(email) = ANY ($2::text[]) ORDER BY id FOR NO KEY UPDATE`,
};
const findCompanies: Statement = {
  name: 'import_companies',
  text: `SELECT id, public_id, name FROM companies WHERE account_id = $1 AND lower(name) = ANY ($2::text[])
    ORDER BY id FOR KEY SHARE`,
};
const findGroups: Statement = {
  name: 'import_groups',
  text: 'SELECT name FROM access_groups WHERE account_id = $1 AND name = ANY ($2::text[])',
};
const insertCompanies: Statement = {
  name: 'import_companies_insert',
  text: `INSERT INTO companies (account_id, public_id, name)
    SELECT $1, public_id, name FROM unnest($2::text[], $3::text[]) AS c (public_id, name) RETURNING id, public_id, name`,
};
const insertContacts: Statement = {
  name: 'import_contacts_insert',
  text: `INSERT INTO contacts (account_id, public_id, email, name, locale, properties)
    SELECT $1, r.id, r.email, r.name, r.locale, r.properties
    FROM jsonb_to_recordset($2::jsonb) AS r (id text, email text, name text, locale text, properties jsonb)
    ON CONFLICT DO NOTHING RETURNING id`,
};
const updateContacts: Statement = {
  name: 'import_contacts_update',
  text: `UPDATE contacts c SET name = r.name, properties = r.properties
    FROM jsonb_to_recordset($2::jsonb) AS r (id text, name text, properties jsonb)
    WHERE c.account_id = $1 AND c.public_id = r.id`,
};
/** Companies of the contacts in $3, from now on those of the pairs in $2. What stays as it is is not touched. */
const pairs = `FROM jsonb_to_recordset($2::jsonb) AS r (contact text, company text, "primary" boolean)
    JOIN contacts c ON c.account_id = $1 AND c.public_id = r.contact
    JOIN companies co ON co.account_id = $1 AND co.public_id = r.company`;
const removeCompanies: Statement = {
  name: 'import_memberships_remove',
  text: `DELETE FROM contact_companies cc USING contacts k
    WHERE cc.account_id = $1 AND k.account_id = $1 AND k.id = cc.contact_id AND k.public_id = ANY ($3::text[])
      AND NOT EXISTS (SELECT ${pairs} WHERE c.id = cc.contact_id AND co.id = cc.company_id)`,
};
const demoteCompanies: Statement = {
  name: 'import_memberships_demote',
  text: `UPDATE contact_companies cc SET is_primary = false FROM contacts k
    WHERE cc.account_id = $1 AND k.account_id = $1 AND k.id = cc.contact_id AND k.public_id = ANY ($3::text[])
      AND cc.is_primary
      AND NOT EXISTS (SELECT ${pairs} WHERE c.id = cc.contact_id AND co.id = cc.company_id AND r."primary")`,
};
const addCompanies: Statement = {
  name: 'import_memberships_add',
  text: `INSERT INTO contact_companies (account_id, contact_id, company_id, is_primary)
    SELECT $1, c.id, co.id, r."primary" ${pairs}
    ON CONFLICT (account_id, contact_id, company_id) DO UPDATE SET is_primary = excluded.is_primary
      WHERE contact_companies.is_primary <> excluded.is_primary`,
};
const removeGroups: Statement = {
  name: 'import_groups_remove',
  text: `DELETE FROM access_group_members m USING access_groups g, contacts c,
      jsonb_to_recordset($2::jsonb) AS r (contact text, groups jsonb)
    WHERE m.account_id = $1 AND g.account_id = $1 AND g.id = m.group_id AND c.account_id = $1 AND c.id = m.contact_id
      AND c.public_id = r.contact AND NOT r.groups ? g.name`,
};
const addGroups: Statement = {
  name: 'import_groups_add',
  text: `INSERT INTO access_group_members (account_id, group_id, contact_id)
    SELECT $1, g.id, c.id FROM jsonb_to_recordset($2::jsonb) AS r (contact text, groups jsonb)
    JOIN contacts c ON c.account_id = $1 AND c.public_id = r.contact
    JOIN access_groups g ON g.account_id = $1 AND r.groups ? g.name ON CONFLICT DO NOTHING`,
};

type Contact = Pick<AdminContactWire, 'id' | 'email' | 'name' | 'properties' | 'primaryCompany' | 'accessGroups'> & {
  /** Public ids. */
  readonly companies: readonly string[];
};

/** What a row makes of a contact. */
interface Change {
  readonly before: Contact | null;
  readonly after: Contact;
}

/** What there is of what the table names. */
interface Found {
  readonly contacts: ReadonlyMap<string, Contact>;
  /** By name in small letters; several may have the same. */
  readonly companies: ReadonlyMap<string, readonly string[]>;
  readonly groups: ReadonlySet<string>;
  readonly properties: readonly ContactProperty[];
}

/**
 * Adds people, and changes those whose address is there already. What a row does not say stays as it is. A row that is
 * refused changes nothing, and holds up no other. Companies that are not there yet are made.
 *
 * @param dryRun nothing is written; the report says what would be
 * @throws ApiError `conflict` when somebody adds one of the people at the same moment
 */
export async function importContacts(
  writing: AdminWriting,
  table: readonly (Person | Refused)[],
  dryRun: boolean,
): Promise<ImportReportWire> {
  const people = table.filter((row): row is Person => !('code' in row));
  await writing.tx.query(lockImports, [writing.account]);
  const { found, missing } = await find(writing, people);
  const changes: Change[] = [];
  const made = new Set<string>();
  const lines = table.map((row): ImportReportWire['lines'][number] => {
    const { line, email } = row;
    const change = 'code' in row ? row.code : changeBy(row, found, writing.newId);
    if (typeof change === 'string') return { line, email, outcome: 'refused', code: change };
    const { before, after } = change;
    if (before && JSON.stringify(before) === JSON.stringify(after)) return { line, email, outcome: 'unchanged' };
    changes.push(change);
    for (const id of after.companies) made.add(id);
    return { line, email, outcome: before ? 'updated' : 'created' };
  });
  // A company that only refused rows name is not made.
  const companies = missing.filter(({ id }) => made.has(id));
  if (!dryRun) await write(writing, changes, companies);
  const count = (outcome: string) => lines.filter((line) => line.outcome === outcome).length;
  return {
    lines,
    created: count('created'),
    updated: count('updated'),
    refused: count('refused'),
    companies: companies.map(({ name }) => name),
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const low = (text: string) => text.toLowerCase();

async function find({ tx, account, newId }: AdminWriting, people: readonly Person[]) {
  const emails = people.map(({ email }) => low(email));
  const names = [...new Set(people.flatMap(({ companies = [] }) => companies))];
  const primary = people.flatMap(({ primaryCompany = [] }) => primaryCompany);
  await tx.query(lockContacts, [account, emails]);
  const [rows, companyRows, groupRows] = (await tx.batch([
    { statement: contactsByEmail, params: [account, emails] },
    { statement: findCompanies, params: [account, [...names, ...primary].map(low)] },
    { statement: findGroups, params: [account, [...new Set(people.flatMap(({ accessGroups = [] }) => accessGroups))]] },
  ])) as [ContactRow[], { public_id: string; name: string }[], { name: string }[]];
  const contacts = new Map(rows.map((row) => [low(row.email), toState(row)]));
  const companies = new Map<string, string[]>();
  for (const { public_id: id, name } of companyRows)
    companies.set(low(name), [...(companies.get(low(name)) ?? []), id]);
  const missing: Named[] = [];
  for (const name of names) {
    if (companies.has(low(name))) continue;
    const company = { id: newId(), name };
    missing.push(company);
    companies.set(low(name), [company.id]);
  }
  const groups = new Set(groupRows.map(({ name }) => name));
  const found: Found = { contacts, companies, groups, properties: await readProperties({ tx, account }) };
  return { found, missing };
}

function toState(row: ContactRow): Contact {
  const { id, email, name, properties, primaryCompany, accessGroups, companies } = toContact(row);
  return {
    id,
    email,
    name,
    properties,
    primaryCompany,
    accessGroups,
    companies: companies.map((company) => company.id),
  };
}

function changeBy(person: Person, found: Found, newId: () => string): Change | Refusal {
  const before = found.contacts.get(low(person.email)) ?? null;
  const name = person.name ?? before?.name;
  if (name === undefined) return 'name';
  const named = person.companies?.map((company) => found.companies.get(low(company)) ?? []);
  // Of two companies with one name nobody can tell which is meant.
  if (named?.some((ids) => ids.length !== 1)) return 'company';
  const companies = named ? inOrderOf(before?.companies ?? [], [...new Set(named.flat())]) : (before?.companies ?? []);
  const kept = companies.includes(before?.primaryCompany ?? '') ? (before?.primaryCompany ?? null) : null;
  const wanted = person.primaryCompany === undefined ? undefined : found.companies.get(low(person.primaryCompany));
  const primary = wanted?.find((id) => companies.includes(id));
  if (person.primaryCompany !== undefined && !primary) return 'primary-company';
  const groups = person.accessGroups;
  if (groups?.some((group) => !found.groups.has(group))) return 'access-group';
  const properties = { ...before?.properties, ...person.properties };
  if (faultsOf(found.properties, before?.properties ?? {}, properties).length > 0) return 'property';
  const after: Contact = {
    id: before?.id ?? newId(),
    email: before?.email ?? person.email,
    name,
    properties,
    // Who has companies and no primary one gets the first that is named.
    primaryCompany: primary ?? kept ?? named?.[0]?.[0] ?? null,
    accessGroups: groups ? inOrderOf(before?.accessGroups ?? [], groups) : (before?.accessGroups ?? []),
    companies,
  };
  return { before, after };
}

/** The same entries, those of before first: what is only written in another order is no change. */
const inOrderOf = (before: readonly string[], now: readonly string[]): string[] => [
  ...before.filter((entry) => now.includes(entry)),
  ...now.filter((entry) => !before.includes(entry)),
];

async function write(writing: AdminWriting, changes: readonly Change[], companies: readonly Named[]): Promise<void> {
  const { tx, account, now } = writing;
  const added = changes.filter(({ before }) => !before).map(({ after }) => ({ ...after, locale: 'en' }));
  const changed = changes.filter(({ before }) => before).map(({ after }) => after);
  await tx.query(insertCompanies, [account, companies.map(({ id }) => id), companies.map(({ name }) => name)]);
  const inserted = await tx.query(insertContacts, [account, JSON.stringify(added)]);
  if (inserted.length < added.length) throw new ApiError('conflict');
  const memberships = changes.flatMap(({ after: { id, companies: ids, primaryCompany } }) =>
    ids.map((company) => ({ contact: id, company, primary: company === primaryCompany })),
  );
  const groups = changes.map(({ after: { id, accessGroups } }) => ({ contact: id, groups: accessGroups }));
  const people = changes.map(({ after: { id } }) => id);
  const pairing = [account, JSON.stringify(memberships), people];
  await tx.batch([
    { statement: updateContacts, params: [account, JSON.stringify(changed)] },
    { statement: removeCompanies, params: pairing },
    { statement: demoteCompanies, params: pairing },
    { statement: addCompanies, params: pairing.slice(0, 2) },
    { statement: removeGroups, params: [account, JSON.stringify(groups)] },
    { statement: addGroups, params: [account, JSON.stringify(groups)] },
  ]);
  const actor = actorOf(writing);
  await tx.batch([
    ...companies.map(({ id }) =>
      auditStep(account, now, { ...actor, event: 'company-created', subjects: { company: id } }),
    ),
    ...changes.map(({ before, after }) =>
      auditStep(account, now, {
        ...actor,
        subjects: { contact: after.id },
        ...(before
          ? { event: 'contact-changed', change: changeOf(before, after, ['name', 'properties']) }
          : { event: 'contact-created' }),
      }),
    ),
  ]);
}
