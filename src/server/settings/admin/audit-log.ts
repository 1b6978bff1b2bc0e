import type { AuditEntryWire } from '../../../wire/index.js';
import type { Param, Statement, Step } from '../../database.js';

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

/** What is called how now, by what it is in the entry or by its id. */
const names = `
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
      FROM regexp_matches(l.change::text, '"([A-Za-z0-9_-]{22})"', 'g') AS m (ids), LATERAL (${changed}) n), '{}')`;

export interface AuditSearch {
  /** Of these alone; `null` for every event. */
  readonly events: readonly string[] | null;
  /** An id, or a kind of actor; `null` for everybody. */
  readonly actor: string | null;
  /** Older than this entry; `null` for the newest. */
  readonly beyond: number | null;
}

const kinds: readonly string[] = ['contact', 'staff', 'admin', 'visitor'] satisfies AuditRow['actor'][];

/**
 * Which entries, so that each question reads little more than what it shows, however long the log. Entries of one event lie in
 * an index in their order, those of several do not: of each event the newest ones, and of these the newest. What one person
 * did, or all but contacts, is little: there the event is a filter.
 */
function entriesOf({ events, actor }: AuditSearch): Statement {
  const entries = (conditions: readonly string[]) =>
    `SELECT * FROM audit_log a WHERE ${['a.account_id = $1', 'a.id < $2', ...conditions].join(' AND ')}
      ORDER BY a.id DESC LIMIT $3`;
  const isKind = actor !== null && kinds.includes(actor);
  const of = isKind ? [`a.actor = '${actor}'`] : [];
  const asked = isKind ? actor : actor && 'person';
  if (asked === null || asked === 'contact') {
    return events
      ? {
          name: `events:${asked ?? ''}`,
          text: `SELECT a.* FROM (SELECT DISTINCT unnest($4::text[]) AS event) e,
            LATERAL (${entries(['a.event = e.event', ...of])}) a`,
        }
      : { name: asked ?? '', text: entries(of) };
  }
  const event = events ? ['a.event = ANY ($4)'] : [];
  const person = isKind ? [] : [`a.actor_id = $${events ? 5 : 4}`];
  return { name: `${asked}${events ? ':events' : ''}`, text: entries([...of, ...event, ...person]) };
}

/** The newest first. */
export function auditPage(account: number, search: AuditSearch, rows: number): Step {
  const { events, actor, beyond } = search;
  const { name, text } = entriesOf(search);
  const params: Param[] = [account, beyond ?? Number.MAX_SAFE_INTEGER, rows];
  if (events) params.push(events);
  if (actor !== null && !kinds.includes(actor)) params.push(actor);
  return {
    statement: {
      name: `admin_audit:${name}`,
      text: `SELECT l.id, l.at, l.portal, l.actor, l.actor_id, l.event, l.subjects, l.outcome, l.change, ${names} AS names
        FROM (SELECT * FROM (${text}) f ORDER BY f.id DESC LIMIT $3) l ORDER BY l.id DESC`,
    },
    params,
  };
}

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
