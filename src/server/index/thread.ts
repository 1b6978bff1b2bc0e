import type { MessageRecord } from '../../policy/index.js';
import type { Param, Step } from '../database.js';
import { account } from './asking.js';
import { htmlVersion } from './html.js';

export interface MessageRow {
  readonly id: number;
  readonly public_id: string;
  readonly kind: 'message' | 'status';
  readonly internal: boolean;
  readonly side: 'contact' | 'support';
  readonly author_id: string;
  readonly author_name: string;
  readonly text: string;
  readonly html: string | null;
  readonly status_from: string | null;
  readonly status_to: string | null;
  /** Customer labels by language of those of its statuses that were deleted, by their ids. */
  readonly former: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
  readonly created_at: Date;
  readonly files: readonly {
    readonly publicId: string;
    readonly name: string;
    readonly type: string;
    readonly size: number;
    readonly inline: boolean;
    readonly contentId: string | null;
  }[];
}

/** Place of a message in its thread. */
export interface ThreadPosition {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly id: number;
}

export const messageColumns = `
  m.id, m.public_id, m.kind, m.internal, m.side, m.author_id, m.author_name, m.text,
  CASE WHEN m.html_version = ${htmlVersion} THEN m.html END AS html, m.status_from, m.status_to, m.created_at,
  CASE WHEN m.kind = 'status' THEN (SELECT jsonb_object_agg(f.id, f.label) FROM former_statuses f
    WHERE f.account_id = m.account_id AND f.id IN (m.status_from, m.status_to)) END AS former,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('publicId', a.public_id, 'name', a.name, 'type', a.type, 'size', a.size,
      'inline', a.inline, 'contentId', a.content_id) ORDER BY a.id), '[]')
    FROM attachments a WHERE a.account_id = m.account_id AND a.ticket_id = m.ticket_id AND a.message_id = m.id) AS files`;

/**
 * One page of a ticket's public thread, by the ticket's public id, one row more than asked for: the newest without a
 * position, newest first; or right `before` one, newest first; or right `after` one, oldest first.
 */
export function threadStep(
  ticket: string,
  from: { readonly direction: 'before' | 'after'; readonly position: ThreadPosition } | null,
  limit: number,
): Step {
  const params: Param[] = [ticket, limit + 1];
  let beyond = '';
  if (from) {
    params.push(new Date(from.position.at), from.position.id);
    beyond = ` AND (m.created_at, m.id) ${from.direction === 'before' ? '<' : '>'} ($3::timestamptz, $4::bigint)`;
  }
  const order = from?.direction === 'after' ? 'ASC' : 'DESC';
  const text = `
    SELECT ${messageColumns} FROM messages m
    WHERE m.account_id = ${account}
      AND m.ticket_id = (SELECT t.id FROM tickets t WHERE t.account_id = ${account} AND t.public_id = $1)
      AND NOT m.internal${beyond}
    ORDER BY m.created_at ${order}, m.id ${order} LIMIT $2`;
  return { statement: { name: `thread:${from?.direction ?? 'newest'}`, text }, params };
}

/** The row as the policy takes it. `label` names a status by its id, or by the labels that it had when it was deleted. */
export const toMessageRecord = (
  row: MessageRow,
  label: (status: string, former: Readonly<Record<string, string>> | undefined) => string,
): MessageRecord => ({
  publicId: row.public_id,
  kind: row.kind,
  internal: row.internal,
  createdAt: row.created_at,
  author: { publicId: row.author_id, name: row.author_name, side: row.side },
  text: row.text,
  html: row.html,
  status:
    row.status_from !== null && row.status_to !== null
      ? {
          from: label(row.status_from, row.former?.[row.status_from]),
          to: label(row.status_to, row.former?.[row.status_to]),
        }
      : null,
  attachments: row.files,
});
