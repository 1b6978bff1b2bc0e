import type { SortKey, TicketQuery } from '../../model/index.js';
import type { Param, Step } from '../database.js';
import type { PortalSettings } from '../settings/portal.js';
import type { SignedIn } from '../identity/session.js';
import { permissionOf } from '../../policy/index.js';
import { likePattern } from './like.js';
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

/**
 * The statement for one page of the list, one row more than asked for.
 *
 * Sorted by last update, the default, it takes at most a page from each index range of the association tables and so does
 * not grow with what the viewer may see. Other sorts, and search, go through all visible tickets.
 */
export function listStep(
  portal: PortalSettings,
  session: SignedIn,
  query: Required<Pick<TicketQuery, 'scope' | 'state' | 'sort'>> & Pick<TicketQuery, 'status' | 'q'>,
  after: Position | null,
  limit: number,
): Step {
  const params: Param[] = [];
  const bind = (value: Param, type: string) => `$${params.push(value)}::${type}`;
  const name: string[] = ['tickets', query.sort];

  const account = bind(portal.account, 'bigint');
  const contact = bind(session.viewer.id, 'bigint');
  const inboxes = bind(portal.inboxes, 'bigint[]');
  const rows = bind(limit + 1, 'bigint');

  const descending = query.sort.startsWith('-');
  const key = query.sort.replace('-', '') as SortKey;
  const [order, beyond] = descending ? ['DESC', '<'] : ['ASC', '>'];
  const { type } = sortColumns[key];
  const statusIds = portal.statuses.map((status) => status.id);
  const sortBy = key === 'status' ? `array_position(${bind(statusIds, 'text[]')}, t.status)` : sortColumns[key].sql;
  const at = after && [bind(type === 'timestamptz' ? new Date(after.key) : after.key, type), bind(after.id, 'bigint')];
  if (at) name.push('after');

  const wanted = portal.statuses.filter(
    ({ id, category }) =>
      (query.status === undefined || id === query.status) &&
      (query.state === 'all' || (category === 'closed') === (query.state === 'closed')),
  );
  let filter = '';
  if (wanted.length < portal.statuses.length) {
    name.push('status');
    filter = ` AND c.status = ANY (${bind(
      wanted.map((status) => status.id),
      'text[]',
    )})`;
  }

  // A page per range is enough when the range has the order of the list and nothing is filtered out later.
  const ranged = key === 'updated' && query.q === undefined;
  const range = (from: string) =>
    `(SELECT c.updated_at, c.ticket_id FROM ${from} AND NOT c.deleted AND c.inbox_id = ANY (${inboxes})${filter}` +
    (ranged && at ? ` AND (c.updated_at, c.ticket_id) ${beyond} (${at.join(', ')})` : '') +
    (ranged ? ` ORDER BY c.updated_at ${order}, c.ticket_id ${order} LIMIT ${rows})` : ')');

  const own = (more = '') =>
    range(`ticket_contacts c WHERE c.account_id = ${account} AND c.contact_id = ${contact}${more}`);
  const ofCompany = (company: string, more = '') =>
    range(`ticket_companies c WHERE c.account_id = ${account} AND c.company_id = ${company}${more}`);
  const alsoOf = (company: string) =>
    ` AND EXISTS (SELECT FROM ticket_companies o WHERE o.account_id = c.account_id` +
    ` AND o.company_id = ${company} AND o.ticket_id = c.ticket_id OFFSET 0)`;
  const primary = session.viewer.primaryCompany;
  const widened = primary !== null && permissionOf(session.viewer, portal.permission) === 'company' ? primary : null;

  let candidates: string;
  const scope = query.scope;
  if (scope === 'mine') {
    name.push('mine');
    candidates = own(` AND c.role <> 'participant'`);
  } else if (scope === 'participating') {
    name.push('participating');
    candidates = own(` AND c.role = 'participant'`);
  } else if (scope === 'all') {
    name.push(widened === null ? 'own' : 'all');
    candidates = widened === null ? own() : `${own()} UNION ${ofCompany(bind(widened, 'bigint'))}`;
  } else {
    const asked = scope === 'company' ? (session.company?.publicId ?? '') : scope.slice('company:'.length);
    if (widened !== null && asked === session.company?.publicId) {
      name.push('company');
      candidates = ofCompany(bind(widened, 'bigint'));
    } else {
      const company = `(SELECT id FROM companies WHERE account_id = ${account} AND public_id = ${bind(asked, 'text')})`;
      name.push(widened === null ? 'own-of-company' : 'all-of-company');
      candidates = own(alsoOf(company));
      if (widened !== null) candidates += ` UNION ${ofCompany(bind(widened, 'bigint'), alsoOf(company))}`;
    }
  }

  let hit = 'NULL::text';
  let matches = '';
  if (query.q !== undefined) {
    name.push('q');
    const like = bind(likePattern(query.q), 'text');
    hit = `(SELECT m.text FROM messages m WHERE m.account_id = t.account_id AND m.ticket_id = t.id
      AND m.kind = 'message' AND NOT m.internal AND m.text ILIKE ${like} ORDER BY m.created_at, m.id LIMIT 1)`;
    matches = ` AND (t.subject ILIKE ${like} OR t.number::text LIKE ${like} OR EXISTS (
      SELECT FROM messages m WHERE m.account_id = t.account_id AND m.ticket_id = t.id
        AND m.kind = 'message' AND NOT m.internal AND m.text ILIKE ${like} OFFSET 0))`;
  }
  const rest = !ranged && at ? ` AND (${sortBy}, t.id) ${beyond} (${at.join(', ')})` : '';

  const text = `
    WITH page AS MATERIALIZED (
      SELECT ${ticketColumns}, r.read_at, ${hit} AS hit, ${sortBy} AS sort_key
      FROM (${candidates}) k
      JOIN tickets t ON t.account_id = ${account} AND t.id = k.ticket_id
      LEFT JOIN read_marks r ON r.account_id = t.account_id AND r.contact_id = ${contact} AND r.ticket_id = t.id
      WHERE true${matches}${rest}
      ORDER BY ${sortBy} ${order}, t.id ${order} LIMIT ${rows}
    )
    SELECT page.*, f.parties, f.companies
    FROM page JOIN ticket_facts(ARRAY(SELECT id FROM page)) f ON f.ticket_id = page.id
    ORDER BY page.sort_key ${order}, page.id ${order}`;
  return { statement: { name: name.join(':'), text }, params };
}
