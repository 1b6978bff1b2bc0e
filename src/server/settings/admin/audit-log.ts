import type { AuditEntryWire } from '../../../wire/index.js';
import type { Statement } from '../../database.js';

export interface AuditRow
  extends Pick<AuditEntryWire, 'portal' | 'event' | 'subjects' | 'outcome' | 'change' | 'names'> {
  readonly id: number;
  readonly at: Date;
  readonly actor: AuditEntryWire['actor']['kind'];
  readonly actor_id: string | null;
}

const nameOf = (table: string, id: string, name = 'n.name') =>
  `(SELECT ${name} FROM ${table} n WHERE n.account_id = l.account_id AND n.public_id = ${id})`;
const ofSubject = (kind: string, table: string, name?: string) =>
  `'${kind}', ${nameOf(table, `l.subjects ->> '${kind}'`, name)}`;

/** What ids in a change are of. */
const changed = ['contacts', 'companies', 'inboxes']
  .map((table) => `SELECT public_id, name FROM ${table} WHERE account_id = l.account_id AND public_id = m.ids[1]`)
  .concat(`SELECT public_id, coalesce(host, '') FROM domains WHERE account_id = l.account_id AND public_id = m.ids[1]`)
  .join(' UNION ALL ');

/** The newest first. Parameters: account, events, id after the first or 0, how many, actor; NULL for all. */
export const listAudit: Statement = {
  name: 'admin_audit',
  text: `SELECT l.id, l.at, l.portal, l.actor, l.actor_id, l.event, l.subjects, l.outcome, l.change,
      jsonb_strip_nulls(jsonb_build_object(
        'actor', CASE l.actor WHEN 'staff' THEN ${nameOf('staff', 'l.actor_id')}
          WHEN 'contact' THEN ${nameOf('contacts', 'l.actor_id')} END,
        ${[
          ofSubject('contact', 'contacts'),
          ofSubject('company', 'companies'),
          ofSubject('staff', 'staff'),
          ofSubject('inbox', 'inboxes'),
          ofSubject('ticket', 'tickets', `'#' || n.number`),
        ].join(', ')})) || coalesce((SELECT jsonb_object_agg(n.public_id, n.name)
          FROM regexp_matches(l.change::text, '"([A-Za-z0-9_-]{22})"', 'g') AS m (ids), LATERAL (${changed}) n), '{}') AS names
    FROM audit_log l
    WHERE l.account_id = $1 AND ($2::text[] IS NULL OR l.event = ANY ($2)) AND ($3::bigint = 0 OR l.id < $3)
      AND ($5::text IS NULL OR l.actor_id = $5 OR l.actor = $5)
    ORDER BY l.id DESC LIMIT $4`,
};

export const toAuditEntry = (row: AuditRow): AuditEntryWire => ({
  at: row.at.toISOString(),
  portal: row.portal,
  actor: { kind: row.actor, id: row.actor_id },
  event: row.event,
  subjects: row.subjects,
  outcome: row.outcome,
  change: row.change,
  names: row.names,
});
