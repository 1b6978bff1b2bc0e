import type { PortalBackend } from '../../backend/portal-backend.js';
import type { QueryOptions } from '../../controllers/query-controller.js';
import type { Page, Ticket } from '../../model/index.js';
import { type ListQuery, toTicketQuery } from './list-query.js';

const pageSize = 25;
/** The most that a backend answers at once. */
const maximum = 100;

/**
 * Reads at least one page, and of a list that is on the screen already as much as that holds, beside what is new: so a
 * ticket that is missing from the answer is gone, and was not only pushed out of it.
 */
export async function readTickets(
  backend: PortalBackend,
  query: ListQuery,
  options: QueryOptions,
  shown: readonly Ticket[] = [],
): Promise<Page<Ticket>> {
  const known = new Set(shown.map(({ id }) => id));
  const items: Ticket[] = [];
  let wanted = Math.max(pageSize, known.size);
  let cursor: string | null = null;
  let asOf: Page<Ticket>['asOf'];
  do {
    const limit = Math.min(maximum, wanted - items.length);
    const page: Page<Ticket> = await backend.listTickets(
      { ...toTicketQuery(query), limit, ...(cursor && { cursor }) },
      options,
    );
    items.push(...page.items);
    ({ nextCursor: cursor, asOf } = page);
    wanted = Math.max(wanted, known.size && known.size + items.filter(({ id }) => !known.has(id)).length);
  } while (cursor && items.length < wanted);
  return { items, nextCursor: cursor, asOf };
}
