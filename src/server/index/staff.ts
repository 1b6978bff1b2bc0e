import { queryWords } from '../../policy/index.js';
import type { Param, Statement, Step } from '../database.js';
import type { StaffMember } from '../identity/staff.js';
import type { PortalStatus } from '../settings/portal.js';
import { followUpColumns, type LinkedRow } from './follow-ups.js';
import { messageColumns } from './thread.js';

/** What staff reads of the index: everything of the account, internal notes too. */

export interface StaffTicketRow {
  readonly id: number;
  readonly public_id: string;
  readonly number: number;
  readonly subject: string;
  readonly inbox_id: number;
  readonly status: Omit<PortalStatus, 'inboxes'>;
  readonly requester: { readonly publicId: string; readonly name: string };
  readonly company: { readonly publicId: string; readonly name: string } | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = `t.id, t.inbox_id, t.public_id, t.number, t.subject, t.properties, t.created_at, t.updated_at,
  jsonb_build_object('id', s.id, 'category', s.category, 'label', s.label) AS status,
  (SELECT jsonb_build_object('publicId', c.public_id, 'name', c.name) FROM contacts c
    WHERE c.account_id = t.account_id AND c.id = t.requester_id) AS requester,
  (SELECT jsonb_build_object('publicId', c.public_id, 'name', c.name)
    FROM ticket_companies tc JOIN companies c ON c.account_id = tc.account_id AND c.id = tc.company_id
    WHERE tc.account_id = t.account_id AND tc.ticket_id = t.id ORDER BY c.id LIMIT 1) AS company`;

const from = `FROM tickets t JOIN statuses s ON s.account_id = t.account_id AND s.id = t.status
  WHERE t.account_id = $1 AND t.deleted_at IS NULL`;

export interface StaffQuery {
  readonly q: string | null;
  readonly state: 'open' | 'closed' | 'all';
  /** Public id of an inbox. */
  readonly inbox: string | null;
  /** Last row of the page before. */
  readonly after: { readonly at: number; readonly id: number } | null;
}

/** One page, latest public event first, one row more than asked for. */
export function staffListStep(
  { account, inboxes: own }: Pick<StaffMember, 'account' | 'inboxes'>,
  query: StaffQuery,
  limit: number,
): Step {
  const { q, after } = query;
  const params: Param[] = [account, query.state, query.inbox, limit + 1, own];
  const bind = (value: Param, type: string) => `$${params.push(value)}::${type}`;
  const at = after && [bind(new Date(after.at), 'timestamptz'), bind(after.id, 'bigint')];
  const inboxes = `SELECT i.id FROM inboxes i
    WHERE i.account_id = $1 AND ($3::text IS NULL OR i.public_id = $3) AND ($5::bigint[] IS NULL OR i.id = ANY ($5))`;
  const statuses = `SELECT s.id FROM statuses s
    WHERE s.account_id = $1 AND ($2::text = 'all' OR (s.category = 'closed') = ($2 = 'closed'))`;
  const asked = (words: readonly string[]) =>
    `${bind(words, 'text[]')}, ARRAY(${inboxes}), ARRAY(${statuses}), ${at?.join(', ') ?? 'NULL, NULL'}, $4::bigint`;
  const found = q === null ? '' : ` AND t.id = ANY (ARRAY(SELECT find_tickets_for_staff(${asked(queryWords(q))})))`;
  const beyond = at ? ` AND (t.updated_at, t.id) < (${at.join(', ')})` : '';
  return {
    statement: {
      name: ['staff_tickets', q === null ? '' : 'q', after ? 'after' : ''].join(':'),
      text: `SELECT ${columns} ${from} AND ($2 = 'all' OR (s.category = 'closed') = ($2 = 'closed'))
        AND ($3::text IS NULL OR t.inbox_id = (${inboxes})) AND ($5::bigint[] IS NULL OR t.inbox_id = ANY ($5))${found}${beyond}
        ORDER BY t.updated_at DESC, t.id DESC LIMIT $4`,
    },
    params,
  };
}

/** One ticket, with what only its own page shows. */
export interface StaffDetailRow extends StaffTicketRow {
  readonly inbox: { readonly publicId: string; readonly name: string };
  readonly companies: readonly { readonly publicId: string; readonly name: string }[];
  readonly follow_up_of: LinkedRow | null;
  readonly follow_ups: readonly LinkedRow[];
}

/** Parameters: account, public id, inboxes of who asks or NULL. */
export const staffTicket: Statement = {
  name: 'staff_ticket',
  text: `SELECT ${columns},
      (SELECT jsonb_build_object('publicId', i.public_id, 'name', i.name) FROM inboxes i
        WHERE i.account_id = t.account_id AND i.id = t.inbox_id) AS inbox,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('publicId', c.public_id, 'name', c.name) ORDER BY c.id), '[]')
        FROM ticket_companies tc JOIN companies c ON c.account_id = tc.account_id AND c.id = tc.company_id
        WHERE tc.account_id = t.account_id AND tc.ticket_id = t.id) AS companies,
      ${followUpColumns}
    ${from} AND t.public_id = $2 AND ($3::bigint[] IS NULL OR t.inbox_id = ANY ($3))`,
};

export interface PartyRow {
  readonly public_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'requester' | 'contact' | 'participant';
}

export const staffParties: Statement = {
  name: 'staff_parties',
  text: `SELECT c.public_id, c.name, c.email, tc.role
    FROM tickets t
    JOIN ticket_contacts tc ON tc.account_id = t.account_id AND tc.ticket_id = t.id
    JOIN contacts c ON c.account_id = tc.account_id AND c.id = tc.contact_id
    WHERE t.account_id = $1 AND t.public_id = $2
    ORDER BY array_position(ARRAY['requester', 'contact', 'participant'], tc.role), c.id`,
};

export interface StaffRatingRow {
  readonly public_id: string;
  readonly name: string;
  readonly rating: number;
  readonly comment: string | null;
  readonly rated_at: Date;
}

export const staffRatings: Statement = {
  name: 'staff_ratings',
  text: `SELECT c.public_id, c.name, r.rating, r.comment, r.rated_at
    FROM tickets t
    JOIN ratings r ON r.account_id = t.account_id AND r.ticket_id = t.id
    JOIN contacts c ON c.account_id = r.account_id AND c.id = r.contact_id
    WHERE t.account_id = $1 AND t.public_id = $2 ORDER BY r.rated_at DESC, c.id`,
};

/** As a portal has them. The parameter is the account. */
export const accountStatuses: Statement = {
  name: 'account_statuses',
  text: 'SELECT id, category, label, inbox_ids AS inboxes FROM statuses WHERE account_id = $1 ORDER BY position',
};

export const staffThread: Statement = {
  name: 'staff_thread',
  text: `SELECT ${messageColumns}
    FROM messages m JOIN tickets t ON t.account_id = m.account_id AND t.id = m.ticket_id
    WHERE t.account_id = $1 AND t.public_id = $2 AND t.deleted_at IS NULL ORDER BY m.created_at, m.id`,
};

/** Into an inbox that they answer as well. Parameters: account, ticket, public id of the inbox, inboxes of who asks or NULL. */
export const moveTicket: Statement = {
  name: 'staff_move',
  text: `UPDATE tickets SET inbox_id = i.id FROM inboxes i
    WHERE tickets.account_id = $1 AND tickets.id = $2 AND i.account_id = $1 AND i.public_id = $3
      AND ($4::bigint[] IS NULL OR i.id = ANY ($4)) RETURNING tickets.inbox_id`,
};
