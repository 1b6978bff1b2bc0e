import type { Counts, TicketScope } from '../../model/index.js';
import { firstByName } from '../../policy/index.js';
import type { Param, Step } from '../database.js';
import type { PortalSettings } from '../settings/portal.js';
import { account, company, contact } from './asking.js';
import { companyOf, kindOf } from './scope.js';

/** Where counting stops: this number means "or more". */
export const countLimit = 1000;

export interface CountsRow {
  readonly mine: number;
  readonly participating: number;
  /** By status id; a status without tickets is missing. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The same of the scope; `null` for everything visible. */
  readonly scoped: Readonly<Record<string, number>> | null;
  /** Everybody, in no order. */
  readonly requesters: Counts['requesters'];
  /** The primary company first, then by name. */
  readonly companies: Counts['scopes']['company'];
  readonly unread: number;
}

const from = `WHERE c.account_id = ${account} AND NOT c.deleted`;
const own = `ticket_contacts c ${from} AND c.contact_id = ${contact}`;
const shared = `ticket_companies c ${from} AND c.company_id = ${company}`;
const counted = (table: string) => `${table} AND c.inbox_id = g.inbox AND c.status = g.status`;
const copies = 'updated_at, ticket_id, status, requester_id, last_contact_id';
const latest = (table: string, columns: string) =>
  `SELECT ${columns} FROM ${table} AND c.inbox_id = ANY ((SELECT app_inboxes())::bigint[])
    ORDER BY c.updated_at DESC, c.ticket_id DESC LIMIT ${countLimit}`;
const capped = `least(${countLimit}, count(*))`;
const byStatus = (rows: string) => `(SELECT coalesce(jsonb_object_agg(status, count), '{}') FROM (
        SELECT status, ${capped} AS count FROM (${rows}) k GROUP BY status) s)`;
const isOf = (company: string) => `EXISTS (SELECT FROM ticket_companies c ${from}
              AND c.company_id = ${company} AND c.ticket_id = n.ticket_id OFFSET 0)`;

/** The tickets of a scope: for their numbers by status, and the newest for who asked. */
function scoped(scope: TicketScope, of: string | null): { readonly counted: string | null; readonly newest: string } {
  if (scope === 'all') return { counted: null, newest: 'SELECT * FROM newest' };
  if (!of) {
    const role = scope === 'mine' ? `role <> 'participant'` : `role = 'participant'`;
    return {
      counted: `SELECT status FROM own WHERE ${role}`,
      newest: `SELECT ${copies} FROM newest_own WHERE ${role}`,
    };
  }
  // The company that the viewer sees has a range of its own; another one narrows what they see anyway.
  const among = (whole: string, columns: string) => `SELECT ${columns} FROM ${whole} WHERE ${of} = ${company}
    UNION ALL SELECT ${columns} FROM newest n WHERE ${of} IS DISTINCT FROM ${company} AND ${isOf(of)}`;
  return { counted: among('of_company', 'status'), newest: among('newest_shared', copies) };
}

/**
 * Counts what who asks sees, by the same rule as `listStep`. It reads at most `countLimit` entries of each index range, so
 * that its work does not grow with the data: where a range is left early, its number is the limit. Unread ones, who asked, and
 * tickets of further companies, which widen nothing, are looked for among the newest `countLimit`: of all, of one's own for a
 * scope of roles, of the company for that which one sees.
 */
export function countStep(scope: TicketScope): Step {
  const params: Param[] = [];
  const { counted: inScope, newest } = scoped(
    scope,
    companyOf(scope, (value, type) => `$${params.push(value)}::${type}`),
  );
  const text = `
    WITH ranges AS (
      SELECT i.inbox, s.id AS status FROM unnest((SELECT app_inboxes())::bigint[]) AS i (inbox), statuses s
      WHERE s.account_id = ${account}
    ),
    own AS MATERIALIZED (
      SELECT k.status, k.role, k.ticket_id
      FROM ranges g, unnest('{requester,contact,participant}'::text[]) AS r(role), LATERAL (
        SELECT c.status, c.role, c.ticket_id FROM ${counted(own)} AND c.role = r.role LIMIT ${countLimit}) k
    ),
    of_company AS MATERIALIZED (
      SELECT k.status, k.ticket_id FROM ranges g, LATERAL (
        SELECT c.status, c.ticket_id FROM ${counted(shared)} LIMIT ${countLimit}) k
    ),
    newest_own AS MATERIALIZED (${latest(own, `role, ${copies}`)}),
    newest_shared AS MATERIALIZED (${latest(shared, copies)}),
    newest AS MATERIALIZED (
      SELECT ${copies} FROM newest_own UNION SELECT ${copies} FROM newest_shared
      ORDER BY updated_at DESC, ticket_id DESC LIMIT ${countLimit}
    )
    SELECT
      (SELECT ${capped} FROM own WHERE role <> 'participant') AS mine,
      (SELECT ${capped} FROM own WHERE role = 'participant') AS participating,
      ${byStatus(`SELECT status FROM of_company UNION ALL SELECT status FROM own o
          WHERE NOT EXISTS (SELECT FROM of_company c WHERE c.ticket_id = o.ticket_id)`)} AS statuses,
      ${inScope ? byStatus(inScope) : 'NULL::jsonb'} AS scoped,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p -> 'publicId', 'name', p -> 'name', 'count', k.count)), '[]')
        FROM (SELECT requester_id, count(*) AS count, max(ticket_id) AS ticket FROM (${newest}) n GROUP BY requester_id) k,
          LATERAL (SELECT t.parties FROM tickets t WHERE t.account_id = ${account} AND t.id = k.ticket OFFSET 0) t,
          jsonb_array_elements(t.parties) p
        WHERE p ->> 'role' = 'requester') AS requesters,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.public_id, 'name', o.name, 'count',
          CASE WHEN o.id = ${company} THEN (SELECT ${capped} FROM of_company)
            ELSE (SELECT count(*) FROM newest n WHERE ${isOf('o.id')}) END)
          ORDER BY m.is_primary DESC, o.name, o.id), '[]')
        FROM contact_companies m JOIN companies o ON o.account_id = m.account_id AND o.id = m.company_id
        WHERE m.account_id = ${account} AND m.contact_id = ${contact}) AS companies,
      (SELECT count(*) FROM newest n WHERE n.last_contact_id IS DISTINCT FROM ${contact}
        AND NOT EXISTS (SELECT FROM read_marks r WHERE r.account_id = ${account} AND r.contact_id = ${contact}
          AND r.ticket_id = n.ticket_id AND r.read_at >= n.updated_at OFFSET 0)) AS unread`;
  return { statement: { name: scope === 'all' ? 'counts' : `counts.${kindOf(scope)}`, text }, params };
}

/** The row as the wire has it: every status of the portal, and what follows from them. Names in the order of `language`. */
export function toCounts({ statuses }: PortalSettings, row: CountsRow, language: string): Counts {
  const ofScope = row.scoped ?? row.statuses;
  // A ticket has one status, so their numbers add up; one that stopped makes its sum stop as well.
  const sum = (counted: CountsRow['statuses'], wanted: (category: string) => boolean) =>
    Math.min(
      countLimit,
      statuses.reduce((total, { id, category }) => total + (wanted(category) ? (counted[id] ?? 0) : 0), 0),
    );
  return {
    scopes: {
      all: sum(row.statuses, () => true),
      mine: row.mine,
      participating: row.participating,
      company: row.companies,
    },
    states: {
      open: sum(ofScope, (category) => category !== 'closed'),
      closed: sum(ofScope, (category) => category === 'closed'),
    },
    statuses: Object.fromEntries(statuses.map(({ id }) => [id, ofScope[id] ?? 0])),
    requesters: firstByName(row.requesters, language),
    unread: row.unread,
  };
}
