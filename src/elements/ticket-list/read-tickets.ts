import type { PortalBackend } from '../../backend/portal-backend.js';
import type { QueryOptions } from '../../controllers/query-controller.js';
import type { Page, Ticket, TicketState } from '../../model/index.js';

const pageSize = 25;
/** The most that a backend answers at once. */
const maximum = 100;

/** Reads as many tickets as are on the screen already, so that a refresh takes no row away; at least one page. */
export async function readTickets(
  backend: PortalBackend,
  state: TicketState,
  options: QueryOptions,
  shown = 0,
): Promise<Page<Ticket>> {
  const items: Ticket[] = [];
  let nextCursor: string | null = null;
  let asOf: Page<Ticket>['asOf'];
  do {
    const limit = Math.min(maximum, Math.max(pageSize, shown - items.length));
    const page: Page<Ticket> = await backend.listTickets(
      { state, limit, ...(nextCursor && { cursor: nextCursor }) },
      options,
    );
    items.push(...page.items);
    ({ nextCursor, asOf } = page);
  } while (nextCursor && items.length < shown);
  return { items, nextCursor, asOf };
}
