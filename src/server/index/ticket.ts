import type { NamedCompany, Party, TicketRecord } from '../../policy/index.js';
import type { Statement, Step } from '../database.js';
import type { SignedIn } from '../identity/session.js';
import type { PortalSettings } from '../settings/portal.js';
import { statusLabel, statusOf } from '../settings/portal.js';

export const ticketColumns =
  't.id, t.public_id, t.number, t.inbox_id, t.subject, t.status, t.properties, t.created_at, t.updated_at, t.last_contact_id';

/** A ticket of the index with its parties and what only this viewer has of it. */
export interface TicketRow {
  readonly id: number;
  readonly public_id: string;
  readonly number: number;
  readonly inbox_id: number;
  readonly subject: string;
  readonly status: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_contact_id: number | null;
  readonly read_at: Date | null;
  readonly parties: readonly Party[];
  readonly companies: readonly NamedCompany[];
  /** Text of the first public message that a search matched. */
  readonly hit?: string | null;
  readonly sort_key?: Date | number;
}

const byPublicId: Statement = {
  name: 'ticket',
  text: `
    SELECT ${ticketColumns}, r.read_at, f.parties, f.companies
    FROM tickets t
    JOIN ticket_facts(ARRAY(SELECT id FROM tickets WHERE account_id = $1 AND public_id = $3)) f ON f.ticket_id = t.id
    LEFT JOIN read_marks r ON r.account_id = t.account_id AND r.contact_id = $2 AND r.ticket_id = t.id
    WHERE t.account_id = $1 AND t.public_id = $3`,
};

/** One ticket, as far as row level security shows it. */
export const ticketStep = (portal: PortalSettings, session: SignedIn, publicId: string): Step => ({
  statement: byPublicId,
  params: [portal.account, session.viewer.id, publicId],
});

/** The row as the policy takes it, labels in `language`. */
export function toRecord(portal: PortalSettings, row: TicketRow, language: string): TicketRecord {
  const status = statusOf(portal, row.status);
  return {
    account: portal.account,
    inbox: row.inbox_id,
    // Deleted rows never leave the database.
    deleted: false,
    publicId: row.public_id,
    number: row.number,
    subject: row.subject,
    status: { id: status.id, category: status.category, label: statusLabel(portal, status, language) },
    parties: row.parties,
    companies: row.companies,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastContact: row.last_contact_id,
    readAt: row.read_at,
    properties: row.properties,
  };
}
