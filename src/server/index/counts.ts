import type { Counts } from '../../model/index.js';
import { permissionOf } from '../../policy/index.js';
import type { Param, Step } from '../database.js';
import type { SignedIn } from '../identity/session.js';
import type { PortalSettings } from '../settings/portal.js';

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

/**
 * The statement that counts what the viewer sees, by the same rule as `listStep`. It reads at most `countLimit` entries of
 * each index range, so that its work does not grow with the data: where a range is left early, its number is the limit.
 * Unread ones, and those of further companies, are looked for among the newest `countLimit`.
 */
export function countsStep(portal: PortalSettings, session: SignedIn): Step {
  const params: Param[] = [portal.account, session.viewer.id, portal.inboxes, portal.statuses.map(({ id }) => id)];
  const primary = session.viewer.primaryCompany;
  const widened = primary !== null && permissionOf(session.viewer, portal.permission) === 'company';
  if (widened) params.push(primary);

  const from = `WHERE c.account_id = $1 AND NOT c.deleted`;
  const own = `ticket_contacts c ${from} AND c.contact_id = $2`;
  const company = `ticket_companies c ${from} AND c.company_id = $5`;
  const counted = (table: string) => `${table} AND c.inbox_id = g.inbox AND c.status = g.status`;
  const latest = (table: string) =>
    `(SELECT c.updated_at, c.ticket_id, c.last_contact_id FROM ${table} AND c.inbox_id = ANY ($3)
      ORDER BY c.updated_at DESC, c.ticket_id DESC LIMIT ${countLimit})`;
  const capped = `least(${countLimit}, count(*))`;
  const ofCompany = `SELECT k.status, k.ticket_id FROM ranges g, LATERAL (
        SELECT c.status, c.ticket_id FROM ${counted(company)} LIMIT ${countLimit}) k`;
  // Further companies widen nothing: theirs are among what is seen anyway.
  const among = `(SELECT count(*) FROM newest n WHERE EXISTS (SELECT FROM ticket_companies c ${from}
            AND c.company_id = o.id AND c.ticket_id = n.ticket_id OFFSET 0))`;
  const inCompany = `CASE WHEN o.id = $5 THEN (SELECT ${capped} FROM of_company) ELSE ${among} END`;

  const text = `
    WITH ranges AS (SELECT inbox, status FROM unnest($3::bigint[]) AS i(inbox), unnest($4::text[]) AS s(status)),
    own AS MATERIALIZED (
      SELECT k.status, k.role, k.ticket_id
      FROM ranges g, unnest('{requester,contact,participant}'::text[]) AS r(role), LATERAL (
        SELECT c.status, c.role, c.ticket_id FROM ${counted(own)} AND c.role = r.role LIMIT ${countLimit}) k
    ),
    of_company AS MATERIALIZED (
      ${widened ? ofCompany : 'SELECT status, ticket_id FROM own WHERE false'}
    ),
    newest AS MATERIALIZED (
      SELECT * FROM (${latest(own)}${widened ? ` UNION ${latest(company)}` : ''}) k
      ORDER BY updated_at DESC, ticket_id DESC LIMIT ${countLimit}
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
          ${widened ? inCompany : among}) ORDER BY m.is_primary DESC, o.name, o.id), '[]')
        FROM contact_companies m JOIN companies o ON o.account_id = m.account_id AND o.id = m.company_id
        WHERE m.account_id = $1 AND m.contact_id = $2) AS companies,
      (SELECT count(*) FROM newest n WHERE n.last_contact_id IS DISTINCT FROM $2
        AND NOT EXISTS (SELECT FROM read_marks r WHERE r.account_id = $1 AND r.contact_id = $2
          AND r.ticket_id = n.ticket_id AND r.read_at >= n.updated_at OFFSET 0)) AS unread`;
  return { statement: { name: widened ? 'counts:company' : 'counts:own', text }, params };
}

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
    unread: row.unread,
  };
}
