import type { LinkedTicket } from '../../policy/index.js';
import type { Statement, Step } from '../database.js';

/** A ticket that another one is tied to, as a row has it: of the account that was asked. */
export type LinkedRow = Omit<LinkedTicket, 'account'>;

/** How many follow-ups of a ticket are told. */
const mostFollowUps = 20;

const linked = `jsonb_build_object('publicId', o.public_id, 'number', o.number, 'subject', o.subject, 'inbox', o.inbox_id,
  'deleted', o.deleted_at IS NOT NULL, 'parties', o.parties, 'companies', o.companies)`;

/** Of ticket `t`: `follow_up_of` and `follow_ups`, as far as row level security shows them to who asks. */
export const followUpColumns = `
  (SELECT ${linked} FROM follow_ups f JOIN tickets o ON o.account_id = f.account_id AND o.id = f.earlier_id
    WHERE f.account_id = t.account_id AND f.ticket_id = t.id) AS follow_up_of,
  (SELECT coalesce(jsonb_agg(latest.ticket ORDER BY latest.id), '[]') FROM (
    SELECT o.id, ${linked} AS ticket FROM follow_ups f JOIN tickets o ON o.account_id = f.account_id AND o.id = f.ticket_id
    WHERE f.account_id = t.account_id AND f.earlier_id = t.id ORDER BY f.ticket_id DESC LIMIT ${mostFollowUps}) latest
  ) AS follow_ups`;

/** Ties a new ticket of who asks to one that they see, by their public ids; once. */
export const insertFollowUp: Statement = {
  name: 'follow_up',
  text: `INSERT INTO follow_ups (account_id, ticket_id, earlier_id)
    SELECT t.account_id, t.id, e.id FROM tickets t JOIN tickets e ON e.account_id = t.account_id AND e.public_id = $3
    WHERE t.account_id = $1 AND t.public_id = $2 ON CONFLICT DO NOTHING`,
};

const tieWritten: Statement = {
  name: 'follow_up_written',
  text: `INSERT INTO follow_ups (account_id, ticket_id, earlier_id)
    SELECT t.account_id, t.id, e.id FROM desk_writes w
    JOIN tickets t ON t.account_id = w.account_id AND t.desk_ref = w.done_ref
    JOIN tickets e ON e.account_id = w.account_id AND e.public_id = w.request->>'followUp'
    WHERE w.account_id = $1 AND w.done_ref = $2 AND w.request ? 'followUp' ON CONFLICT DO NOTHING`,
};

/**
 * Ties a ticket of a help desk to the one that its writer has gone on with, if it was written here. Whoever comes last does
 * it: the one who has written it there, or the one who finds it there.
 */
export const tieWrittenStep = (account: number, ref: string): Step => ({
  statement: tieWritten,
  params: [account, ref],
});
