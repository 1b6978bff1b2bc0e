import type { TicketDetailView } from '../../policy/index.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { contextOf } from '../identity/session.js';
import { lockFor, readView, type Writes } from './writes.js';

const keep: Statement = {
  name: 'rating_keep',
  text: `INSERT INTO ratings (account_id, ticket_id, contact_id, rating, comment, rated_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account_id, ticket_id, contact_id)
    DO UPDATE SET rating = excluded.rating, comment = excluded.comment, rated_at = excluded.rated_at`,
};

export interface RatingInput {
  /** 1 to 5. */
  readonly rating: number;
  readonly comment?: string | undefined;
}

/**
 * Keeps what the writer thinks of the help, in the place of what they thought before. It is ours whatever desk has the
 * ticket, and no desk is told of it.
 *
 * @throws ApiError `not-found`, `forbidden` where the policy allows no rating
 */
export function rate(deps: AppDeps, who: Writes, ticket: string, input: RatingInput): Promise<TicketDetailView> {
  const { account, id: contact } = who.session.viewer;
  return deps.database.tx(contextOf(who.portal, contact), async (tx) => {
    const { row } = await lockFor(tx, who, ticket, 'rate');
    await tx.query(keep, [account, row.id, contact, input.rating, input.comment ?? null, deps.clock()]);
    return readView(tx, who, ticket);
  });
}
