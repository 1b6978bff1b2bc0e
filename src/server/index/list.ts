import type { SortKey, TicketQuery } from '../../model/index.js';
import type { Param, Step } from '../database.js';
import { type PropertyCondition, queryWords, turnOf } from '../../policy/index.js';
import { contact, account, company } from './asking.js';
import { type Bind, companyOf, kindOf } from './scope.js';
import { ticketColumns } from './ticket.js';

/** Where a page ends: the sort value and the ticket's id, which together have one place in the order. */
export interface Position {
  /** Milliseconds since 1970 for times. */
  readonly key: number;
  readonly id: number;
}

/** The owner's order of the statuses. */
const statusOrder = `ARRAY(SELECT s.id FROM statuses s WHERE s.account_id = ${account} ORDER BY s.position)`;

/** What the sort keys order by, its type, and the column of the association tables that has an index in this order. */
const sorts = {
  updated: { sql: 't.updated_at', type: 'timestamptz', column: 'updated_at' },
  created: { sql: 't.created_at', type: 'timestamptz', column: 'created_at' },
  number: { sql: 't.number', type: 'bigint', column: 'number' },
  status: { sql: `array_position(${statusOrder}, t.status)`, type: 'integer', column: null },
} as const satisfies Record<SortKey, { sql: string; type: string; column: string | null }>;

export type ListQuery = Required<Pick<TicketQuery, 'scope' | 'state' | 'sort'>> &
  Pick<TicketQuery, 'status' | 'turn' | 'requester' | 'q'> & {
    /** What properties have to hold, all of it. */
    readonly conditions?: readonly PropertyCondition[];
  };

/** Which of the viewer's tickets a scope takes: their own by role, with those of the company that they see, or not. */
const reaches = {
  mine: { roles: ['requester', 'contact'], shared: false },
  participating: { roles: ['participant'], shared: false },
  all: { roles: ['requester', 'contact', 'participant'], shared: true },
} as const;

/**
 * The statement for one page of the list of who asks, one row more than asked for.
 *
 * It takes at most a page from each index range of the association tables and so does not grow with what the viewer may see;
 * only sorted by status it goes through all visible tickets. A search, and what properties have to hold, are for
 * `find_tickets`; what row level security does not show of its tickets is left out. The latter have no index: it goes
 * through the list until the page is full.
 */
export function listStep(query: ListQuery, after: Position | null, limit: number): Step {
  const { scope, state, status, turn, q, conditions } = query;
  const params: Param[] = [];
  const bind: Bind = (value, type) => `$${params.push(value)}::${type}`;
  const rows = bind(limit + 1, 'bigint');

  const descending = query.sort.startsWith('-');
  const key = query.sort.replace('-', '') as SortKey;
  const order = descending ? 'DESC' : 'ASC';
  const { sql: sortBy, type, column } = sorts[key];
  const ofRole = scope === 'mine' || scope === 'participating';
  const { roles, shared } = ofRole ? reaches[scope] : reaches.all;
  const of = companyOf(scope, bind);
  // Whose turn it is follows from the status, so that both are one set of statuses.
  const filtered = state !== 'all' || status !== undefined || turn !== undefined;
  const categories = turn ? Object.entries(turnOf).flatMap(([category, of]) => (of === turn ? category : [])) : null;
  const [wantedState, wantedStatus, wantedCategories] = filtered
    ? [bind(state, 'text'), bind(status ?? null, 'text'), bind(categories, 'text[]')]
    : [];
  const statuses = `ARRAY(SELECT s.id FROM statuses s WHERE s.account_id = ${account}${
    filtered
      ? ` AND (${wantedState} = 'all' OR (s.category = 'closed') = (${wantedState} = 'closed'))
        AND (${wantedStatus} IS NULL OR s.id = ${wantedStatus})
        AND (${wantedCategories} IS NULL OR s.category = ANY (${wantedCategories}))`
      : ''
  })`;
  // Of one that there is not: 0, which has asked nothing.
  const requester =
    query.requester === undefined
      ? null
      : `(SELECT coalesce(contact_by_public_id(${bind(query.requester, 'text')}), 0))`;
  let candidates: string;
  let hit = 'NULL::text';
  let rest = '';

  if (q !== undefined || conditions) {
    const words = bind(q === undefined ? null : queryWords(q), 'text[]');
    const held = bind(conditions ? JSON.stringify(conditions) : null, 'jsonb');
    const position = [bind(after && after.key, 'bigint'), bind(after && after.id, 'bigint')];
    const inOrder = [bind(key, 'text'), bind(descending, 'boolean'), statusOrder, ...position, rows];
    const own = [bind(roles, 'text[]'), bind(shared, 'boolean')];
    const among = [words, held, ...own, of ?? 'NULL', requester ?? 'NULL', statuses];
    candidates = `SELECT ticket_id FROM find_tickets(${[...among, ...inOrder].join(', ')}) AS f (ticket_id)`;
    if (q !== undefined) {
      hit = `(SELECT m.text FROM messages m WHERE m.account_id = t.account_id AND m.ticket_id = t.id
        AND m.kind = 'message' AND NOT m.internal AND m.words @@ prefixes(${words}, '|')
        ORDER BY m.created_at, m.id LIMIT 1)`;
    }
  } else {
    const at = after && [
      bind(type === 'timestamptz' ? new Date(after.key) : after.key, type),
      bind(after.id, 'bigint'),
    ];
    const beyond = at && ` ${descending ? '<' : '>'} (${at.join(', ')})`;
    // A page per range is enough when the range has the order of the list.
    const page = column ? ` ORDER BY ${column} ${order}, ticket_id ${order} LIMIT ${rows}` : '';
    if (beyond && !column) rest = ` AND (${sortBy}, t.id)${beyond}`;
    const range = (from: string) => `(SELECT ${column ? `c.${column}, ` : ''}c.ticket_id FROM ${from}
      AND c.account_id = ${account} AND NOT c.deleted AND c.inbox_id = ANY ((SELECT app_inboxes())::bigint[])
      ${requester ? `AND c.requester_id = ${requester}` : ''}
      ${filtered ? `AND c.status = ANY (${statuses})` : ''}${beyond && column ? ` AND (c.${column}, c.ticket_id)${beyond}` : ''}
      ${page})`;
    const among =
      of &&
      `EXISTS (SELECT FROM ticket_companies o
      WHERE o.account_id = c.account_id AND o.ticket_id = c.ticket_id AND o.company_id = ${of} OFFSET 0)`;
    const ranges = [
      range(`ticket_contacts c WHERE c.contact_id = ${contact}
        ${shared ? '' : `AND c.role = ANY (${bind(roles, 'text[]')})`}
        ${of ? `AND ${of} IS DISTINCT FROM ${company} AND ${among}` : ''}`),
    ];
    if (shared) {
      ranges.push(
        range(`ticket_companies c WHERE c.company_id = ${company}
        ${of ? `AND (${of} = ${company} OR ${among})` : ''}`),
      );
    }
    candidates = ranges.length === 1 ? ranges.join() : `${ranges.join(' UNION ')}${page}`;
  }

  const text = `
    SELECT ${ticketColumns}, r.read_at, ${hit} AS hit, ${sortBy} AS sort_key
    FROM (${candidates}) k
    JOIN tickets t ON t.account_id = ${account} AND t.id = k.ticket_id
    LEFT JOIN read_marks r ON r.account_id = t.account_id AND r.contact_id = ${contact} AND r.ticket_id = t.id
    WHERE true${rest}
    ORDER BY ${sortBy} ${order}, t.id ${order} LIMIT ${rows}`;
  const kind = ofRole ? 'own' : kindOf(scope);
  const name = [
    'tickets',
    query.sort,
    kind,
    q === undefined ? '' : 'q',
    after ? 'after' : '',
    filtered ? 'status' : '',
    requester ? 'requester' : '',
    conditions ? 'properties' : '',
  ];
  return { statement: { name: name.join('.'), text }, params };
}
