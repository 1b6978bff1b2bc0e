import { type TicketPermission, effectivePermission, projectTicket, visible } from '../../../policy/index.js';
import type { WhatIfWire } from '../../../wire/index.js';
import type { Statement, Transaction } from '../../database.js';
import type { SignedIn } from '../../identity/session.js';
import { type TicketRow, ticketColumns, toRecord } from '../../index/ticket.js';
import type { PortalSettings } from '../portal.js';

/** Tickets of a contact, and of a company unless NULL. Parameters: account, inboxes, contact, company. */
const among = (table: string, of: string) =>
  `FROM ${table} c WHERE c.account_id = $1 AND c.${of} AND NOT c.deleted AND c.inbox_id = ANY ($2::bigint[])`;
const tied = among('ticket_contacts', 'contact_id = $3');
const shared = among('ticket_companies', 'company_id = $4');
const count: Statement = {
  name: 'what_if_count',
  text: `SELECT count(*) AS count FROM (SELECT c.ticket_id ${tied} UNION SELECT c.ticket_id ${shared}) k`,
};
const newestFirst = 'ORDER BY updated_at DESC, ticket_id DESC LIMIT 5';
const newest: Statement = {
  name: 'what_if_newest',
  text: `SELECT ${ticketColumns}, NULL::timestamptz AS read_at
    FROM ((SELECT c.updated_at, c.ticket_id ${tied} ${newestFirst})
      UNION (SELECT c.updated_at, c.ticket_id ${shared} ${newestFirst}) ${newestFirst}) k
    JOIN tickets t ON t.account_id = $1 AND t.id = k.ticket_id ORDER BY t.updated_at DESC, t.id DESC`,
};

interface Visit {
  readonly portal: PortalSettings;
  readonly session: SignedIn;
  readonly language: string;
  readonly admitted: boolean;
}

/** What a contact would see at the portal under a permission, once they may sign in. */
export async function readWhatIf(
  tx: Transaction,
  { portal, session, language, admitted }: Visit,
  permission: TicketPermission,
): Promise<WhatIfWire> {
  const { viewer, publicId, name, company } = session;
  const asked = { ...portal, permission };
  const sees = effectivePermission(viewer, asked);
  // Who may not even see a ticket of their own sees none.
  const own = { requester: viewer.id, contacts: [], participants: [], companies: [] };
  const facts = portal.inboxes.map((inbox) => ({ account: portal.account, inbox, deleted: false, ...own }));
  const looks = facts.some((ticket) => visible(viewer, ticket, asked));
  const contact = looks ? Number(viewer.id) : null;
  const params = [portal.account, portal.inboxes, contact, looks && sees === 'company' ? Number(company?.id) : null];
  const [counted, rows] = (await tx.batch([
    { statement: count, params },
    { statement: newest, params },
  ])) as [{ count: number }[], TicketRow[]];
  return {
    contact: { id: publicId, name },
    permission: sees,
    admitted,
    company: company && { id: company.publicId, name: company.name },
    count: counted[0]?.count ?? 0,
    tickets: rows.flatMap((row) => {
      const ticket = projectTicket(viewer, toRecord(portal, row, language), asked);
      return ticket ? { id: ticket.id, number: ticket.number, subject: ticket.subject, why: ticket.why } : [];
    }),
  };
}
