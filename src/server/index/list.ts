import type { SortKey, TicketQuery } from '../../model/index.js';
import type { Param, Step } from '../database.js';
import type { PortalSettings } from '../settings/portal.js';
import type { SignedIn } from '../identity/session.js';
import { permissionOf, queryWords } from '../../policy/index.js';
import { ticketColumns } from './ticket.js';

/** Where a page ends: the sort value and the ticket's id, which together have one place in the order. */
export interface Position {
  /** Milliseconds since 1970 for times. */
  readonly key: number;
  readonly id: number;
}

/** Columns behind the sort keys, and their types. `status` follows the owner's order and is made below. */
const sortColumns = {
  updated: { sql: 't.updated_at', type: 'timestamptz' },
  created: { sql: 't.created_at', type: 'timestamptz' },
  number: { sql: 't.number', type: 'bigint' },
  status: { sql: '', type: 'integer' },
} as const satisfies Record<SortKey, { sql: string; type: string }>;

type ListQuery = Required<Pick<TicketQuery, 'scope' | 'state' | 'sort'>> & Pick<TicketQuery, 'status' | 'q'>;

/** Which of the viewer's tickets a scope takes: their own by role, those of the company that they see, or both. */
interface Reach {
  readonly roles: readonly string[];
  readonly company: number | null;
  /** Public id of a company: of all these only those that are its tickets as well. */
  readonly of: string | null;
}

const anyRole = ['requester', 'contact', 'participant'];

function reachOf(portal: PortalSettings, session: SignedIn, scope: ListQuery['scope']): Reach {
  if (scope === 'mine') return { roles: ['requester', 'contact'], company: null, of: null };
  if (scope === 'participating') return { roles: ['participant'], company: null, of: null };
  const { viewer } = session;
  const company = permissionOf(viewer, portal.permission) === 'company' ? viewer.primaryCompany : null;
  if (scope === 'all') return { roles: anyRole, company, of: null };
  const asked = scope === 'company' ? (session.company?.publicId ?? '') : scope.slice('company:'.length);
  if (company !== null && asked === session.company?.publicId) return { roles: [], company, of: null };
  return { roles: anyRole, company, of: asked };
}

/**
 * The statement for one page of the list, one row more than asked for.
 *
 * Sorted by last update, the default, it takes at most a page from each index range of the association tables and so does
 * not grow with what the viewer may see; other sorts go through all visible tickets. A search takes its tickets from
 * `find_tickets`; what row level security does not show of them is left out.
 */
export function listStep(
  portal: PortalSettings,
  session: SignedIn,
  query: ListQuery,
  after: Position | null,
  limit: number,
): Step {
  const params: Param[] = [];
  const bind = (value: Param, type: string) => `$${params.push(value)}::${type}`;
  const account = bind(portal.account, 'bigint');
  const contact = bind(session.viewer.id, 'bigint');
  const rows = bind(limit + 1, 'bigint');

  const descending = query.sort.startsWith('-');
  const key = query.sort.replace('-', '') as SortKey;
  const order = descending ? 'DESC' : 'ASC';
  const { type } = sortColumns[key];
  const statusOrder = portal.statuses.map((status) => status.id);
  const sortBy = key === 'status' ? `array_position(${bind(statusOrder, 'text[]')}, t.status)` : sortColumns[key].sql;

  const statuses = portal.statuses
    .filter(
      ({ id, category }) =>
        (query.status === undefined || id === query.status) &&
        (query.state === 'all' || (category === 'closed') === (query.state === 'closed')),
    )
    .map((status) => status.id);
  const { roles, company, of } = reachOf(portal, session, query.scope);
  const name = ['tickets', query.sort];
  let candidates: string;
  let hit = 'NULL::text';
  let rest = '';

  if (query.q !== undefined) {
    name.push('q');
    const words = queryWords(query.q);
    const asked = [
      bind(words, 'text[]'),
      bind(roles, 'text[]'),
      bind(company !== null, 'boolean'),
      bind(of, 'text'),
      bind(statuses, 'text[]'),
      bind(key, 'text'),
      bind(descending, 'boolean'),
      bind(statusOrder, 'text[]'),
      bind(after && after.key, 'bigint'),
      bind(after && after.id, 'bigint'),
      rows,
    ];
    candidates = `SELECT ticket_id FROM find_tickets(${asked.join(', ')}) AS f (ticket_id)`;
    hit = `(SELECT m.text FROM messages m WHERE m.account_id = t.account_id AND m.ticket_id = t.id
      AND m.kind = 'message' AND NOT m.internal AND m.words @@ prefixes(${bind(words, 'text[]')}, '|')
      ORDER BY m.created_at, m.id LIMIT 1)`;
  } else {
    const at = after && [
      bind(type === 'timestamptz' ? new Date(after.key) : after.key, type),
      bind(after.id, 'bigint'),
    ];
    const beyond = at && ` ${descending ? '<' : '>'} (${at.join(', ')})`;
    let filter = ` AND NOT c.deleted AND c.inbox_id = ANY (${bind(portal.inboxes, 'bigint[]')})`;
    if (statuses.length < portal.statuses.length) filter += ` AND c.status = ANY (${bind(statuses, 'text[]')})`;
    if (of !== null) {
      filter += ` AND EXISTS (SELECT FROM ticket_companies o WHERE o.account_id = c.account_id AND o.ticket_id = c.ticket_id
        AND o.company_id = (SELECT id FROM companies WHERE account_id = ${account} AND public_id = ${bind(of, 'text')})
        OFFSET 0)`;
    }
    // A page per range is enough when the range has the order of the list.
    const ranged = key === 'updated';
    if (beyond && ranged) filter += ` AND (c.updated_at, c.ticket_id)${beyond}`;
    if (beyond && !ranged) rest = ` AND (${sortBy}, t.id)${beyond}`;
    const page = ranged ? ` ORDER BY c.updated_at ${order}, c.ticket_id ${order} LIMIT ${rows}` : '';
    const range = (from: string) =>
      `(SELECT c.updated_at, c.ticket_id FROM ${from} AND c.account_id = ${account}${filter}${page})`;
    const ranges: string[] = [];
    if (roles.length > 0) {
      const role = roles === anyRole ? '' : ` AND c.role = ANY (${bind(roles, 'text[]')})`;
      ranges.push(range(`ticket_contacts c WHERE c.contact_id = ${contact}${role}`));
    }
    if (company !== null) ranges.push(range(`ticket_companies c WHERE c.company_id = ${bind(company, 'bigint')}`));
    candidates = ranges.join(' UNION ');
    name.push(roles === anyRole ? 'own' : roles.length > 0 ? 'role' : '', company === null ? '' : 'company');
    name.push(of === null ? '' : 'of', at ? 'after' : '', statuses.length < portal.statuses.length ? 'status' : '');
  }

  const text = `
    WITH page AS MATERIALIZED (
      SELECT ${ticketColumns}, r.read_at, ${hit} AS hit, ${sortBy} AS sort_key
      FROM (${candidates}) k
      JOIN tickets t ON t.account_id = ${account} AND t.id = k.ticket_id
      LEFT JOIN read_marks r ON r.account_id = t.account_id AND r.contact_id = ${contact} AND r.ticket_id = t.id
      WHERE true${rest}
      ORDER BY ${sortBy} ${order}, t.id ${order} LIMIT ${rows}
    )
    SELECT page.*, f.parties, f.companies
    FROM page JOIN ticket_facts(ARRAY(SELECT id FROM page)) f ON f.ticket_id = page.id
    ORDER BY page.sort_key ${order}, page.id ${order}`;
  return { statement: { name: name.join(':'), text }, params };
}
