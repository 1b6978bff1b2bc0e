import type { Counts } from '../../model/index.js';
import type { Statement } from '../database.js';
import type { PortalSettings } from '../settings/portal.js';
import { account, company, contact } from './asking.js';

/** Where counting stops: this number means "or more". */
export const countLimit = 1000;

export interface CountsRow {
  readonly mine: number;
  readonly participating: number;
  /** By status id; a status without tickets is missing. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The primary company first, then by name. */
  readonly companies: Counts['scopes']['company'];
  readonly unread: number;
}

const from = `WHERE c.account_id = ${account} AND NOT c.deleted`;
const own = `ticket_contacts c ${from} AND c.contact_id = ${contact}`;
const shared = `ticket_companies c ${from} AND c.company_id = ${company}`;
const counted = (table: string) => `${table} AND c.inbox_id = g.inbox AND c.status = g.status`;
const latest = (table: string) =>
  `(SELECT c.updated_at, c.ticket_id, c.last_contact_id FROM ${table} AND c.inbox_id = ANY ((SELECT app_inboxes())::bigint[])
    ORDER BY c.updated_at DESC, c.ticket_id DESC LIMIT ${countLimit})`;
const capped = `least(${countLimit}, count(*))`;

/**
 * Counts what who asks sees, by the same rule as `listStep`. It reads at most `countLimit` entries of each index range, so
 * that its work does not grow with the data: where a range is left early, its number is the limit. Unread ones, and those of
 * further companies, which widen nothing, are looked for among the newest `countLimit`.
 */
export const countTickets: Statement = {
  name: 'counts',
  text: `
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
    newest AS MATERIALIZED (
      SELECT * FROM (${latest(own)} UNION ${latest(shared)}) k ORDER BY updated_at DESC, ticket_id DESC LIMIT ${countLimit}
    )
    SELECT
      (SELECT ${capped} FROM own WHERE role <> 'participant') AS mine,
      (SELECT ${capped} FROM own WHERE role = 'participant') AS participating,
      (SELECT coalesce(jsonb_object_agg(status, count), '{}') FROM (
        SELECT status, ${capped} AS count
        FROM (SELECT status FROM of_company UNION ALL SELECT status FROM own o
          WHERE NOT EXISTS (SELECT FROM of_company c WHERE c.ticket_id = o.ticket_id)) k
        GROUP BY status) s) AS statuses,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.public_id, 'name', o.name, 'count',
          CASE WHEN o.id = ${company} THEN (SELECT ${capped} FROM of_company)
            ELSE (SELECT count(*) FROM newest n WHERE EXISTS (SELECT FROM ticket_companies c ${from}
              AND c.company_id = o.id AND c.ticket_id = n.ticket_id OFFSET 0)) END)
          ORDER BY m.is_primary DESC, o.name, o.id), '[]')
        FROM contact_companies m JOIN companies o ON o.account_id = m.account_id AND o.id = m.company_id
        WHERE m.account_id = ${account} AND m.contact_id = ${contact}) AS companies,
      (SELECT count(*) FROM newest n WHERE n.last_contact_id IS DISTINCT FROM ${contact}
        AND NOT EXISTS (SELECT FROM read_marks r WHERE r.account_id = ${account} AND r.contact_id = ${contact}
          AND r.ticket_id = n.ticket_id AND r.read_at >= n.updated_at OFFSET 0)) AS unread`,
};

/** The row as the wire has it: every status of the portal, and what follows from them. */
export function toCounts(portal: PortalSettings, row: CountsRow): Counts {
  const of = (status: string) => row.statuses[status] ?? 0;
  // A ticket has one status, so their numbers add up; one that stopped makes its sum stop as well.
  const sum = (wanted: (category: string) => boolean) =>
    Math.min(
      countLimit,
      portal.statuses.reduce((total, { id, category }) => total + (wanted(category) ? of(id) : 0), 0),
    );
  return {
    scopes: {
      all: sum(() => true),
      mine: row.mine,
      participating: row.participating,
      company: row.companies,
    },
    states: {
      open: sum((category) => category !== 'closed'),
      closed: sum((category) => category === 'closed'),
    },
    statuses: Object.fromEntries(portal.statuses.map(({ id }) => [id, of(id)])),
    requesters: [],
    unread: row.unread,
  };
}
