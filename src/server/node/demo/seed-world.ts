import { wordsOf } from '../../../policy/index.js';
import { publicIdOf } from '../../../world/public-id.js';
import type { World, WorldAttachment, WorldMessage, WorldTicket } from '../../../world/world.js';
import type { Statement, Transaction } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { htmlColumns } from '../../index/html.js';
import * as sql from './statements.js';

export type SeedDeps = Pick<AppDeps, 'database' | 'files' | 'hasher' | 'clock' | 'newId' | 'sanitise'>;
type Rows = readonly Readonly<Record<string, unknown>>[];

/**
 * Writes the world as an account of its own. The account's row comes first, as its files are stored under it; the rest is
 * there whole or not at all. Nothing changes when it is there already.
 */
export async function seedWorld(deps: SeedDeps, world: World): Promise<void> {
  const [, rows] = await deps.database.batch({ role: 'staff' }, [
    { statement: sql.insertAccount, params: [world.account, world.portal.name, nextNumberOf(world)] },
    { statement: sql.findAccount, params: [world.account] },
  ]);
  const [{ account_id: account }] = rows as [{ account_id: number }];
  const [portals] = await deps.database.batch({ role: 'staff', account }, [
    { statement: sql.findPortal, params: [account] },
  ]);
  if (portals?.length) return;
  const { write } = await prepareWorld(deps, account, world);
  await deps.database.tx({ role: 'staff', account }, write);
}

export interface PreparedWorld {
  /** Under which the files of the world were stored. */
  readonly keys: readonly string[];
  /** Writes all rows of an account that has none. */
  write(tx: Transaction): Promise<void>;
}

/** The number of the first ticket that somebody sends. */
export const nextNumberOf = ({ tickets }: World): number => Math.max(0, ...tickets.map(({ number }) => number)) + 1;

/** Does for a world what needs no transaction: stores its files and hashes its password. */
export async function prepareWorld(deps: SeedDeps, account: number, world: World): Promise<PreparedWorld> {
  // Everybody's password is the same one, and hashing is made to be slow: once is enough.
  const passwordHash = await deps.hasher.hash(world.password);
  const attachments = await storeFiles(deps, account, world);

  return {
    keys: attachments.map(({ key }) => String(key)),
    async write(tx) {
      for (const [statement, rows] of peopleOf(world)) await tx.query(statement, [account, JSON.stringify(rows)]);
      await tx.query(sql.insertCredentials, [account, passwordHash]);
      await tx.query(sql.insertStaffCredentials, [account, passwordHash]);
      for (const [statement, rows] of portalOf(world, deps)) await tx.query(statement, [account, JSON.stringify(rows)]);
      await tx.query(sql.insertPortalAccessGroups, [account]);
      for (const [statement, rows] of ticketsOf(world, deps)) {
        await tx.query(statement, [account, JSON.stringify(rows)]);
      }
      await tx.query(sql.insertAttachments, [account, JSON.stringify(attachments)]);
    },
  };
}

type Inserts = readonly (readonly [Statement, Rows])[];

const peopleOf = ({ companies, staff, contacts }: World): Inserts => [
  [sql.insertCompanies, companies.map(({ id, name }) => ({ id: publicIdOf('company', id), name }))],
  [
    sql.insertStaff,
    staff.map(({ id, name, email = null }, position) => ({ id: publicIdOf('staff', id), name, email, position })),
  ],
  [
    sql.insertContacts,
    contacts.map(({ id, email, name, locale, properties, enabled, verified }) => ({
      id: publicIdOf('contact', id),
      email,
      name,
      locale,
      properties,
      enabled,
      verified,
    })),
  ],
  [
    sql.insertContactCompanies,
    contacts.flatMap((contact) =>
      contact.companies.map((company) => ({
        contact: publicIdOf('contact', contact.id),
        company: publicIdOf('company', company),
        primary: company === contact.primaryCompany,
      })),
    ),
  ],
];

const portalOf = ({ portal, inboxes, statuses, accessGroup }: World, { clock }: SeedDeps): Inserts => [
  [sql.insertInboxes, inboxes.map(({ id, name }) => ({ id: publicIdOf('inbox', id), name }))],
  [sql.insertStatuses, statuses.map((status, position) => ({ ...status, position }))],
  [sql.insertSystemDomain, [{ id: publicIdOf('domain', 'system'), locale: portal.locale }]],
  [
    sql.insertPortals,
    [
      {
        ...portal,
        consent: portal.consent && { asked: true, text: portal.consent, version: 1, since: clock().toISOString() },
      },
    ],
  ],
  [sql.insertConsentTexts, portal.consent ? [portal.consent] : []],
  [
    sql.insertPortalInboxes,
    portal.inboxes.map((inbox, at) => ({ inbox: publicIdOf('inbox', inbox), default: at === 0 })),
  ],
  [sql.insertAccessGroups, [{ name: accessGroup.name }]],
  [sql.insertAccessGroupMembers, accessGroup.members.map((member) => ({ contact: publicIdOf('contact', member) }))],
];

function ticketsOf(world: World, { clock, sanitise }: SeedDeps): Inserts {
  const now = clock();
  const staff = new Set(world.staff.map(({ id }) => id));
  const authorId = (id: string) => publicIdOf(staff.has(id) ? 'staff' : 'contact', id);
  const parties = (ticket: WorldTicket, role: string, contacts: readonly string[]) =>
    contacts.map((contact) => ({
      ticket: publicIdOf('ticket', ticket.id),
      contact: publicIdOf('contact', contact),
      role,
    }));
  return [
    [sql.insertTickets, world.tickets.map((ticket) => ticketRow(ticket, now, authorId))],
    [
      sql.insertTicketContacts,
      world.tickets.flatMap((ticket) => [
        ...parties(ticket, 'contact', ticket.contacts),
        ...parties(ticket, 'participant', ticket.participants),
      ]),
    ],
    [
      sql.insertTicketCompanies,
      world.tickets.flatMap((ticket) =>
        ticket.companies.map((company) => ({
          ticket: publicIdOf('ticket', ticket.id),
          company: publicIdOf('company', company),
        })),
      ),
    ],
    [sql.insertReadMarks, world.tickets.flatMap((ticket) => parties(ticket, 'reader', ticket.readBy))],
    [
      sql.insertMessages,
      world.tickets.flatMap((ticket) =>
        ticket.messages.map((message, position) => ({
          ticket: publicIdOf('ticket', ticket.id),
          position,
          ...messageRow(message, now, authorId),
          ...htmlColumns(sanitise, message.html ?? null),
        })),
      ),
    ],
  ];
}

type AuthorId = (id: string) => string;

function ticketRow(ticket: WorldTicket, now: Date, authorId: AuthorId): Rows[number] {
  const visible = ticket.messages.filter(({ kind }) => kind !== 'note');
  const [first, last] = [visible.at(0), visible.at(-1)];
  if (!first || !last) throw new Error(`ticket ${ticket.id} has no public message`);
  return {
    id: publicIdOf('ticket', ticket.id),
    number: ticket.number,
    inbox: publicIdOf('inbox', ticket.inbox),
    subject: ticket.subject,
    status: ticket.status,
    requester: publicIdOf('contact', ticket.requester),
    properties: ticket.properties,
    created_at: timeOf(first, now),
    updated_at: timeOf(last, now),
    last_author: authorId(last.author),
    deleted_at: ticket.deleted ? timeOf(last, now) : null,
    words: wordsOf(ticket.subject),
  };
}

const messageRow = (message: WorldMessage, now: Date, authorId: AuthorId): Rows[number] => ({
  id: publicIdOf('message', message.id),
  kind: message.kind === 'status' ? 'status' : 'message',
  internal: message.kind === 'note',
  author: authorId(message.author),
  text: message.text,
  status_from: message.status?.from ?? null,
  status_to: message.status?.to ?? null,
  created_at: timeOf(message, now),
  words: wordsOf(message.text),
});

const timeOf = ({ minutesAgo }: WorldMessage, now: Date) => new Date(now.getTime() - Math.round(minutesAgo * 60_000));

/** Files first: a row never names a file that is not there. */
async function storeFiles({ files, newId }: SeedDeps, account: number, world: World): Promise<Rows> {
  const rows: Rows[number][] = [];
  for (const message of world.tickets.flatMap(({ messages }) => messages)) {
    for (const [position, file] of (message.attachments ?? []).entries()) {
      const bytes = bytesOf(file);
      const key = newId();
      await files.put(account, key, bytes);
      const { id, name, type, contentId = null } = file;
      const size = bytes.length;
      rows.push({
        message: publicIdOf('message', message.id),
        id: publicIdOf('file', id),
        position,
        name,
        type,
        size,
        content_id: contentId,
        key,
      });
    }
  }
  return rows;
}

const bytesOf = ({ text, base64 }: WorldAttachment): Uint8Array =>
  base64 === undefined
    ? new TextEncoder().encode(text ?? '')
    : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
