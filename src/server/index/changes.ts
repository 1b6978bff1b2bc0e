import type { Statement, Step } from '../database.js';
import { account, contact } from './asking.js';
import { listStep } from './list.js';
import { ticketColumns } from './ticket.js';

/** Visible tickets whose last public event is not older than `since`, the oldest first, one more than `limit` at most. */
export const changedSinceStep = (since: Date, limit: number): Step =>
  listStep({ scope: 'all', state: 'all', sort: 'updated' }, { key: since.getTime(), id: 0 }, limit);

const byIds: Statement = {
  name: 'tickets_by_ids',
  text: `
    SELECT ${ticketColumns}, r.read_at
    FROM tickets t
    LEFT JOIN read_marks r ON r.account_id = t.account_id AND r.contact_id = ${contact} AND r.ticket_id = t.id
    WHERE t.account_id = ${account} AND t.id = ANY ($1::bigint[])
    ORDER BY t.updated_at, t.id`,
};

/** Those of the tickets that row level security shows, the longest unchanged first. */
export const ticketsStep = (ids: readonly number[]): Step => ({ statement: byIds, params: [ids] });

/** Whose streams a ticket concerns. For staff: the answer is about everybody, and never leaves the server. */
export const partiesOfTickets: Statement = {
  name: 'parties_of_tickets',
  text: `SELECT ticket_id, contact_id, NULL::bigint AS company_id FROM ticket_contacts
    WHERE account_id = $1 AND ticket_id = ANY ($2::bigint[])
    UNION ALL SELECT ticket_id, NULL, company_id FROM ticket_companies
    WHERE account_id = $1 AND ticket_id = ANY ($2::bigint[])`,
};

export interface PartyOfTicket {
  readonly ticket_id: number;
  readonly contact_id: number | null;
  readonly company_id: number | null;
}
