import { type TicketPermission, type Viewer, passedGroup, visible } from '../../../policy/index.js';
import type { EffectWire } from '../../../wire/index.js';
import type { Database, Statement } from '../../database.js';
import type { PortalSettings } from '../portal.js';

interface PersonRow extends Pick<Viewer, 'enabled' | 'verified' | 'properties'> {
  readonly id: number;
  readonly primary_company: number | null;
}

/** Parameters: account, id before the first, how many. */
const readPeople: Statement = {
  name: 'effect_people',
  text: `SELECT c.id, c.enabled, c.verified, c.properties, cc.company_id AS primary_company FROM contacts c
    LEFT JOIN contact_companies cc ON cc.account_id = c.account_id AND cc.contact_id = c.id AND cc.is_primary
    WHERE c.account_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3`,
};
const peopleAtOnce = 2000;

/**
 * How many tickets of their company everybody gains or loses: those of the company, without those that they are tied to
 * themselves. Parameters: account, inboxes, contacts who gain, contacts who lose.
 */
const count: Statement = {
  name: 'effect_count',
  text: `WITH people AS MATERIALIZED (
      SELECT cc.contact_id, cc.company_id, a.gains
      FROM (SELECT id, true AS gains FROM unnest($3::bigint[]) AS w (id)
        UNION ALL SELECT id, false FROM unnest($4::bigint[]) AS n (id)) a
      JOIN contact_companies cc ON cc.account_id = $1 AND cc.contact_id = a.id AND cc.is_primary),
    ofcompany AS MATERIALIZED (
      SELECT c.company_id, count(*) AS tickets FROM ticket_companies c
      WHERE c.account_id = $1 AND c.company_id IN (SELECT company_id FROM people) AND NOT c.deleted
        AND c.inbox_id = ANY ($2::bigint[])
      GROUP BY c.company_id),
    own AS MATERIALIZED (
      SELECT p.contact_id, count(*) AS tickets FROM people p
      JOIN ticket_contacts t ON t.account_id = $1 AND t.contact_id = p.contact_id AND NOT t.deleted
        AND t.inbox_id = ANY ($2::bigint[])
      JOIN ticket_companies c ON c.account_id = $1 AND c.company_id = p.company_id AND c.ticket_id = t.ticket_id
      GROUP BY p.contact_id)
    SELECT count(*) AS contacts, coalesce(sum(tickets) FILTER (WHERE gains), 0)::bigint AS more,
      coalesce(sum(tickets) FILTER (WHERE NOT gains), 0)::bigint AS fewer
    FROM (SELECT p.gains, c.tickets - coalesce(o.tickets, 0) AS tickets FROM people p
      JOIN ofcompany c ON c.company_id = p.company_id LEFT JOIN own o ON o.contact_id = p.contact_id) d
    WHERE tickets > 0`,
};

/** Nobody has this number. */
const nobody = -1;

/** Does the policy show a ticket to who is tied to it by their company alone? */
function seesColleagues(viewer: Viewer, portal: PortalSettings, permission: TicketPermission): boolean {
  const [inbox] = portal.inboxes;
  const { account, primaryCompany } = viewer;
  if (inbox === undefined || primaryCompany === null) return false;
  const tied = { requester: nobody, contacts: [], participants: [], companies: [primaryCompany] };
  return visible(viewer, { account, inbox, deleted: false, ...tied }, { ...portal, permission });
}

/**
 * What another permission of a portal would change. The policy says of each contact whether they see their company's tickets,
 * before and after; of those with whom that differs the tickets are counted.
 */
export async function readEffect(
  database: Pick<Database, 'batch'>,
  portal: PortalSettings,
  permission: TicketPermission,
): Promise<EffectWire> {
  const { account } = portal;
  const context = { role: 'staff', account } as const;
  const gain: number[] = [];
  const lose: number[] = [];
  let matching = 0;
  let last = 0;
  for (let full = true; full; ) {
    const params = [account, last, peopleAtOnce];
    // A transaction a page: nobody waits for all of them.
    const [rows] = (await database.batch(context, [{ statement: readPeople, params }])) as [PersonRow[]];
    for (const { primary_company: primaryCompany, ...row } of rows) {
      const viewer = { account, primaryCompany, ...row };
      if (viewer.enabled && passedGroup(viewer, permission)) matching += 1;
      const before = seesColleagues(viewer, portal, portal.permission);
      const after = seesColleagues(viewer, portal, permission);
      if (after && !before) gain.push(viewer.id);
      if (before && !after) lose.push(viewer.id);
      last = viewer.id;
    }
    full = rows.length === peopleAtOnce;
  }
  const params = [account, portal.inboxes, gain, lose];
  const [[counted]] = (await database.batch(context, [{ statement: count, params }])) as [
    Omit<EffectWire, 'matching'>[],
  ];
  const { contacts = 0, more = 0, fewer = 0 } = counted ?? {};
  return { contacts, more, fewer, matching: permission.kind === 'company-if' ? matching : null };
}
