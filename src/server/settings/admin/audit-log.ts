import type { AuditEntryWire } from '../../../wire/index.js';
import type { Statement } from '../../database.js';

export interface AuditRow extends Pick<AuditEntryWire, 'portal' | 'event' | 'subjects' | 'outcome' | 'change'> {
  readonly id: number;
  readonly at: Date;
  readonly actor: AuditEntryWire['actor']['kind'];
  readonly actor_id: string | null;
}

/** The newest first. Parameters: account, NULL, id after the first or 0, how many. */
export const listAudit: Statement = {
  name: 'admin_audit',
  text: `SELECT id, at, portal, actor, actor_id, event, subjects, outcome, change FROM audit_log
    WHERE account_id = $1 AND $2::text IS NULL AND ($3::bigint = 0 OR id < $3) ORDER BY id DESC LIMIT $4`,
};

export const toAuditEntry = ({ at, portal, actor, actor_id, event, subjects, outcome, change }: AuditRow) => ({
  at: at.toISOString(),
  portal,
  actor: { kind: actor, id: actor_id },
  event,
  subjects,
  outcome,
  change,
});
