import { createHash } from 'node:crypto';

import { wordsOf } from '../../../src/policy/index.js';
import type { AppDeps } from '../../../src/server/deps.js';
import type { Param, Statement, Transaction } from '../../../src/server/database.js';
import { nextId, password } from '../app-fixture.js';

/**
 * A world in which everything that somebody wrote carries a mark of its own, so that a text which turns up where it must not
 * says where it came from. Three portals show the same inbox and differ in their permission; one more is another account's.
 */

/** `zq` begins no word of any language or header. */
export const markOf = (thing: string): string => `zq${thing}q`;
export const noteMark = markOf('note');
/** In a property that the portal does not show, a property of contacts, the source of a mail, and the name of a company of nobody here. */
export const secretMarks = [markOf('hidden'), markOf('secret'), markOf('source'), markOf('umbrella')] as const;

export const portals = {
  /** Managers see their company's tickets. */
  help: { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
  /** Everybody sees their own tickets alone. */
  mine: { kind: 'own' },
  /** Everybody sees their company's tickets. */
  firm: { kind: 'company' },
} as const;

interface PersonSeed {
  readonly company?: 'acme' | 'globex';
  readonly further?: 'acme' | 'globex';
  readonly manager?: true;
}

/** Everybody has one ticket of their own, which belongs to the company that they were with when they sent it. */
export const people = {
  ann: { company: 'acme' },
  cat: {},
  zoe: {},
  bea: { company: 'acme' },
  max: { company: 'acme', manager: true },
  tom: { company: 'acme', manager: true },
  sue: { company: 'acme' },
  gus: { company: 'globex', manager: true },
  fay: { company: 'globex', further: 'acme', manager: true },
  moe: { company: 'acme', manager: true },
  lia: { company: 'acme', manager: true },
  dis: { company: 'acme', manager: true },
  una: { company: 'acme', manager: true },
  eve: { company: 'acme', manager: true },
  ivy: { company: 'acme', manager: true },
  pat: { company: 'acme', manager: true },
} as const satisfies Record<string, PersonSeed>;

export type Name = keyof typeof people;

/** Tickets that nobody at these portals may see; the first three are ann's and Acme's. */
export const hidden = ['sales', 'deleted', 'umbrella', 'away'] as const;
export type TicketName = Name | (typeof hidden)[number];

export interface MarkedWorld {
  readonly account: { readonly id: number; readonly publicId: string };
  /** Another one. */
  readonly away: { readonly id: number; readonly publicId: string };
  readonly portals: Readonly<Record<keyof typeof portals | 'away', number>>;
  readonly people: Readonly<Record<Name | 'oli', { readonly id: number; readonly publicId: string }>>;
  readonly companies: Readonly<
    Record<'acme' | 'globex' | 'umbrella', { readonly id: number; readonly publicId: string }>
  >;
  readonly tickets: Readonly<Record<TicketName, { readonly id: number; readonly publicId: string }>>;
  /** Public ids by ticket; `note` is a file of the internal note on ann's. */
  readonly files: Readonly<Record<TicketName | 'note', string>>;
  readonly inboxes: { readonly support: string; readonly sales: string };
}

/** Far from each other, as real ones are: a changed id must not be the next one. */
const spreadId = () => createHash('sha256').update(nextId()).digest('base64url').slice(0, 22);

type Row = Record<string, Param>;

const statements = new Map<string, Statement>();
/** One name a text, as the driver wants it. */
export function named(text: string): Statement {
  const known = statements.get(text) ?? { name: `matrix_${statements.size}`, text };
  statements.set(text, known);
  return known;
}

/** What later happens to some who have signed in. */
export const afterSignIn = [
  `UPDATE contact_companies SET company_id = (SELECT min(id) FROM companies WHERE name = 'Globex')
    WHERE contact_id = (SELECT id FROM contacts WHERE name = 'moe')`,
  `DELETE FROM contact_companies WHERE contact_id = (SELECT id FROM contacts WHERE name = 'lia')`,
  `UPDATE contacts SET enabled = false WHERE name = 'dis'`,
  `UPDATE contacts SET verified = false WHERE name = 'una'`,
  `DELETE FROM access_group_members WHERE contact_id = (SELECT id FROM contacts WHERE name = 'eve')`,
  `UPDATE sessions SET idle_until = last_seen_at WHERE contact_id = (SELECT id FROM contacts WHERE name = 'ivy')`,
  `UPDATE staff SET enabled = false WHERE name = 'dismissed'`,
];

export async function seedMarkedWorld({ database, files, clock }: AppDeps): Promise<MarkedWorld> {
  const at = new Date(clock().getTime() - 600_000);

  async function makeAccount(name: string): Promise<{ id: number; publicId: string }> {
    const publicId = spreadId();
    const text = 'INSERT INTO accounts (public_id, name, next_number) VALUES ($1, $2, 1000) RETURNING account_id';
    const [row] = await database.tx({ role: 'staff' }, (tx) =>
      tx.query<{ account_id: number }>(named(text), [publicId, name]),
    );
    return { id: row!.account_id, publicId };
  }

  const inserter = (tx: Transaction, account: number) => ({
    async add(table: string, row: Row): Promise<void> {
      const columns = ['account_id', ...Object.keys(row)];
      const values = columns.map((column, place) =>
        column === 'words' ? `array_to_tsvector($${place + 1}::text[])` : `$${place + 1}`,
      );
      const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
      await tx.query(named(text), [account, ...Object.values(row)]);
    },
    async make(table: string, row: Row): Promise<{ id: number; publicId: string }> {
      const publicId = spreadId();
      const { add } = inserter(tx, account);
      await add(table, { public_id: publicId, ...row });
      const [found] = await tx.query<{ id: number }>(
        named(`SELECT id FROM ${table} WHERE account_id = $1 AND public_id = $2`),
        [account, publicId],
      );
      return { id: found!.id, publicId };
    },
    async count(table: string, row: Row): Promise<number> {
      const { add } = inserter(tx, account);
      await add(table, row);
      const [found] = await tx.query<{ id: number }>(
        named(`SELECT max(id) AS id FROM ${table} WHERE account_id = $1`),
        [account],
      );
      return found!.id;
    },
  });

  async function furnish(account: { id: number; publicId: string }) {
    return database.tx({ role: 'staff', account: account.id }, async (tx) => {
      const insert = inserter(tx, account.id);
      const here = account === ours;
      const support = await insert.make('inboxes', { name: 'Support' });
      const sales = await insert.make('inboxes', { name: 'Sales' });
      for (const [position, [id, category]] of [
        ['new', 'open'],
        ['working', 'open'],
        ['waiting', 'waiting_on_contact'],
        ['closed', 'closed'],
      ].entries()) {
        await insert.add('statuses', {
          id: id!,
          position,
          category: category!,
          label: JSON.stringify({ en: id, pl: id }),
        });
      }
      await insert.add('former_statuses', { id: 'solved', label: JSON.stringify({ en: 'Solved' }) });
      await insert.make('staff', { name: 'Sam' });
      const companies = {
        acme: await insert.make('companies', { name: 'Acme' }),
        globex: await insert.make('companies', { name: 'Globex' }),
        umbrella: await insert.make('companies', { name: `Umbrella ${markOf('umbrella')}` }),
      };
      const group = await insert.count('access_groups', { name: 'Customers' });
      const portalIds: Record<string, number> = {};
      const permissions = here ? portals : { away: portals.firm };
      for (const [slug, permission] of Object.entries(permissions)) {
        portalIds[slug] = await insert.count('portals', {
          slug,
          name: 'Marked Support',
          locale: 'en',
          locales: ['en', 'pl'],
          permission: JSON.stringify(permission),
          properties: ['articleUrl', 'articleTitle', 'site'],
          property_definitions: JSON.stringify([{ name: 'site', type: 'text', label: { en: 'Site' }, options: null }]),
        });
        await insert.add('portal_inboxes', { portal_id: portalIds[slug], inbox_id: support.id, is_default: true });
        await insert.add('portal_access_groups', { portal_id: portalIds[slug], group_id: group });
      }

      if (here) {
        // Another portal of the account, with the other inbox and visitors of its own.
        const shoppers = await insert.count('access_groups', { name: 'Shoppers' });
        const row = { slug: 'shop', name: 'Shop', locale: 'en', locales: ['en'], permission: '{"kind":"company"}' };
        const shop = await insert.count('portals', row);
        await insert.add('portal_inboxes', { portal_id: shop, inbox_id: sales.id, is_default: true });
        await insert.add('portal_access_groups', { portal_id: shop, group_id: shoppers });
      }

      const persons: Record<string, { id: number; publicId: string }> = {};
      for (const [name, seed] of Object.entries<PersonSeed>(
        here ? people : { oli: { company: 'acme', manager: true } },
      )) {
        const person = await insert.make('contacts', {
          email: `${name}@example.com`,
          name,
          locale: 'en',
          properties: JSON.stringify({ secret: markOf('secret'), ...(seed.manager && { role: 'manager' }) }),
          verified: true,
        });
        persons[name] = person;
        await insert.add('credentials', { contact_id: person.id, password_hash: `plain:${password}` });
        await insert.add('access_group_members', { group_id: group, contact_id: person.id });
        for (const [company, primary] of [
          [seed.company, true],
          [seed.further, false],
        ] as const) {
          if (!company) continue;
          const row = { contact_id: person.id, company_id: companies[company].id, is_primary: primary };
          await insert.add('contact_companies', row);
        }
      }

      const tickets: Record<string, { id: number; publicId: string }> = {};
      const fileIds: Record<string, string> = {};
      let number = 0;
      async function attach(name: string, ticket: number, message: number) {
        const publicId = spreadId();
        await files.put(account.id, publicId, new TextEncoder().encode(`file of ${name} ${markOf(name)}`));
        await insert.add('attachments', {
          ticket_id: ticket,
          message_id: message,
          public_id: publicId,
          name: `${markOf(name)}.txt`,
          type: 'text/plain',
          size: 7,
          file_key: publicId,
        });
        fileIds[name] = publicId;
      }
      async function say(name: string, ticket: number, author: { id: number; publicId: string } | null, when: Date) {
        const text = `Words of ${name}: ${markOf(name)}`;
        const { id } = await insert.make('messages', {
          ticket_id: ticket,
          kind: 'message',
          internal: author === null,
          side: author ? 'contact' : 'support',
          contact_id: author?.id ?? null,
          author_id: author?.publicId ?? 'staff',
          author_name: author ? name : 'Sam',
          text,
          raw_html: markOf('source'),
          words: wordsOf(text),
          created_at: when,
        });
        await attach(name, ticket, id);
      }
      async function ticket(
        name: string,
        by: { id: number; publicId: string },
        company: 'acme' | 'globex' | 'umbrella' | undefined,
        more: Row = {},
      ) {
        number += 1;
        const subject = `Subject of ${name} ${markOf(name)}`;
        const made = await insert.make('tickets', {
          number,
          inbox_id: support.id,
          subject,
          status: 'new',
          requester_id: by.id,
          properties: JSON.stringify({ articleTitle: 'Visible', unlisted: markOf('hidden') }),
          created_at: at,
          updated_at: new Date(at.getTime() + number * 1000),
          last_contact_id: by.id,
          words: wordsOf(subject),
          ...more,
        });
        tickets[name] = made;
        if (company) await insert.add('ticket_companies', { company_id: companies[company].id, ticket_id: made.id });
        await say(name, made.id, by, at);
      }

      if (!here) {
        await ticket('away', persons['oli']!, 'acme');
        return { portalIds, persons, companies, tickets, fileIds, inboxes: { support: '', sales: '' } };
      }
      for (const [name, seed] of Object.entries<PersonSeed>(people)) await ticket(name, persons[name]!, seed.company);
      const ann = persons['ann']!;
      await ticket('sales', ann, 'acme', { inbox_id: sales.id });
      await ticket('deleted', ann, 'acme', { deleted_at: at });
      await insert
        .make('contacts', { email: 'uma@example.com', name: 'uma', locale: 'en', verified: true })
        .then((uma) => ticket('umbrella', uma, 'umbrella'));
      const tie = { ticket_id: tickets['ann']!.id };
      await insert.add('ticket_contacts', { ...tie, contact_id: persons['cat']!.id, role: 'contact' });
      await insert.add('ticket_contacts', { ...tie, contact_id: persons['zoe']!.id, role: 'participant' });
      await say('note', tickets['ann']!.id, null, new Date(at.getTime() + 300_000));
      return {
        portalIds,
        persons,
        companies,
        tickets,
        fileIds,
        inboxes: { support: support.publicId, sales: sales.publicId },
      };
    });
  }

  const ours = await makeAccount('Marked');
  const here = await furnish(ours);
  const theirs = await makeAccount('Another');
  const there = await furnish(theirs);
  return {
    account: ours,
    away: theirs,
    portals: { ...here.portalIds, ...there.portalIds },
    people: { ...here.persons, ...there.persons },
    companies: here.companies,
    tickets: { ...here.tickets, ...there.tickets },
    files: { ...here.fileIds, ...there.fileIds },
    inboxes: here.inboxes,
  } as MarkedWorld;
}
