import type { DeskCompany, DeskMessage, DeskPerson, DeskTicket } from '../connectors/connector.js';
import type { Statement, Transaction } from '../database.js';

/** What it takes to write what a help desk tells. */
export interface FeedDeps {
  readonly tx: Transaction;
  readonly account: number;
  readonly now: Date;
  readonly newId: () => string;
}

const findContacts: Statement = {
  name: 'feed_contacts',
  text: 'SELECT id, public_id, lower(email) AS email FROM contacts WHERE account_id = $1 AND lower(email) = ANY ($2::text[])',
};
/** Not verified: nobody signs in as them before they have proven that the address is theirs. */
const addContacts: Statement = {
  name: 'feed_contacts_add',
  text: `INSERT INTO contacts (account_id, public_id, email, name, locale)
    SELECT $1, public_id, email, name, 'en' FROM unnest($2::text[], $3::text[], $4::text[]) AS p (public_id, email, name)
    ON CONFLICT DO NOTHING`,
};
const addStaff: Statement = {
  name: 'feed_staff_add',
  text: `INSERT INTO staff AS s (account_id, public_id, name, desk_ref)
    SELECT $1, public_id, name, ref FROM unnest($2::text[], $3::text[], $4::text[]) AS n (public_id, ref, name)
    ON CONFLICT (account_id, desk_ref) DO UPDATE SET name = excluded.name WHERE s.name <> excluded.name`,
};
const findStaff: Statement = {
  name: 'feed_staff',
  text: 'SELECT public_id, desk_ref FROM staff WHERE account_id = $1 AND desk_ref = ANY ($2::text[])',
};
const addCompanies: Statement = {
  name: 'feed_companies_add',
  text: `INSERT INTO companies AS c (account_id, public_id, name, desk_ref)
    SELECT $1, public_id, name, ref FROM unnest($2::text[], $3::text[], $4::text[]) AS n (public_id, ref, name)
    ON CONFLICT (account_id, desk_ref) DO UPDATE SET name = excluded.name WHERE c.name <> excluded.name`,
};
const findCompanies: Statement = {
  name: 'feed_companies',
  text: `SELECT c.id FROM unnest($2::text[]) WITH ORDINALITY AS r (ref, place)
    JOIN companies c ON c.account_id = $1 AND c.desk_ref = r.ref ORDER BY r.place`,
};

interface ContactRow {
  readonly id: number;
  readonly public_id: string;
  readonly email: string;
}

/** Somebody of the desk, as one of ours. */
export interface KnownPerson {
  /** `null` for staff. */
  readonly id: number | null;
  readonly publicId: string;
}

/** Who stands for somebody of the desk. @throws Error for somebody whom it was not made of */
export interface People {
  contact(person: DeskPerson): number;
  author(message: DeskMessage): KnownPerson;
}

/** By which a person is the contact with the same address. Who has none gets one that nobody can have. */
const addressOf = ({ email, ref }: DeskPerson): string => (email ?? `${ref}@desk.invalid`).toLowerCase();

/** Everybody who takes part in the ticket or wrote in it; whom nobody here knows is added. */
export async function resolvePeople({ tx, account, newId }: FeedDeps, ticket: DeskTicket): Promise<People> {
  const authors = (side: DeskMessage['side']) =>
    ticket.messages.filter((message) => message.side === side).map(({ author }) => author);
  const persons = [ticket.requester, ...ticket.contacts, ...ticket.participants, ...authors('contact')];
  const byAddress = new Map(persons.map((person) => [addressOf(person), person]));
  const find = () => tx.query<ContactRow>(findContacts, [account, [...byAddress.keys()]]);
  let contacts = await find();
  if (contacts.length < byAddress.size) {
    const missing = [...byAddress].filter(([address]) => !contacts.some(({ email }) => email === address));
    const columns = [missing.map(newId), missing.map(([address]) => address), missing.map(([, { name }]) => name)];
    await tx.query(addContacts, [account, ...columns]);
    contacts = await find();
  }
  const staff = new Map(authors('support').map(({ ref, name }) => [ref, name]));
  const members = await resolveStaff();

  function contactOf(person: DeskPerson): ContactRow {
    const found = contacts.find(({ email }) => email === addressOf(person));
    if (!found) throw new Error(`${person.ref} is no contact`);
    return found;
  }

  async function resolveStaff(): Promise<ReadonlyMap<string, string>> {
    if (staff.size === 0) return new Map();
    const refs = [...staff.keys()];
    const [, rows] = (await tx.batch([
      { statement: addStaff, params: [account, refs.map(newId), refs, [...staff.values()]] },
      { statement: findStaff, params: [account, refs] },
    ])) as [unknown, { public_id: string; desk_ref: string }[]];
    return new Map(rows.map((row) => [row.desk_ref, row.public_id]));
  }

  return {
    contact: (person) => contactOf(person).id,
    author({ side, author }) {
      if (side === 'support') return { id: null, publicId: members.get(author.ref) ?? '' };
      const { id, public_id: publicId } = contactOf(author);
      return { id, publicId };
    },
  };
}

/** Ids of companies of the desk, in their order; whom nobody here knows is added. */
export async function resolveCompanies(
  { tx, account, newId }: FeedDeps,
  companies: readonly DeskCompany[],
): Promise<number[]> {
  if (companies.length === 0) return [];
  const refs = companies.map(({ ref }) => ref);
  const [, rows] = (await tx.batch([
    { statement: addCompanies, params: [account, refs.map(newId), refs, companies.map(({ name }) => name)] },
    { statement: findCompanies, params: [account, refs] },
  ])) as [unknown, { id: number }[]];
  return rows.map(({ id }) => id);
}
