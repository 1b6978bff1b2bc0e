import type { LinkedTicket, NamedCompany, Party, TicketRecord } from '../../policy/index.js';
import type { Statement, Step } from '../database.js';
import type { PortalSettings } from '../settings/portal.js';
import { statusLabel, statusOf } from '../settings/portal.js';
import { account, contact } from './asking.js';
import { followUpColumns, type LinkedRow } from './follow-ups.js';

export const ticketColumns = `t.id, t.public_id, t.number, t.inbox_id, t.subject, t.status, t.properties, t.created_at,
  t.updated_at, t.last_contact_id, t.parties, t.companies, t.deleted_at IS NOT NULL AS deleted, t.desk_ref`;

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
  /** The viewer's own; absent in a list. */
  readonly rating?: { readonly rating: number; readonly comment: string | null } | null;
  /** Absent in a list. */
  readonly follow_up_of?: LinkedRow | null;
  readonly follow_ups?: readonly LinkedRow[];
  readonly parties: readonly Party[];
  readonly companies: readonly NamedCompany[];
  readonly deleted: boolean;
  /** `null` in the built-in desk. */
  readonly desk_ref: string | null;
  /** Text of the first public message that a search matched. */
  readonly hit?: string | null;
  readonly sort_key?: Date | number;
}

const byPublicId: Statement = {
  name: 'ticket',
  text: `
    SELECT ${ticketColumns}, r.read_at,
      ${followUpColumns},
      (SELECT jsonb_build_object('rating', g.rating, 'comment', g.comment) FROM ratings g
        WHERE g.account_id = t.account_id AND g.ticket_id = t.id AND g.contact_id = ${contact}) AS rating
    FROM tickets t
    LEFT JOIN read_marks r ON r.account_id = t.account_id AND r.contact_id = ${contact} AND r.ticket_id = t.id
    WHERE t.account_id = ${account} AND t.public_id = $1`,
};

/** One ticket, as far as row level security shows it to who asks. */
export const ticketStep = (publicId: string): Step => ({ statement: byPublicId, params: [publicId] });

/** The row as the policy takes it, labels in `language`. */
export function toRecord(portal: PortalSettings, row: TicketRow, language: string): TicketRecord {
  const status = statusOf(portal, row.status);
  const { account } = portal;
  const linked = (of: LinkedRow): LinkedTicket => ({ account, ...of });
  return {
    account,
    inbox: row.inbox_id,
    deleted: row.deleted,
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
    rating: row.rating ?? null,
    properties: row.properties,
    followUpOf: row.follow_up_of ? linked(row.follow_up_of) : null,
    followUps: (row.follow_ups ?? []).map(linked),
  };
}
