import type { PortalBackend } from '../../backend/portal-backend.js';
import type { QueryOptions } from '../../controllers/query-controller.js';
import type { MessagePage } from '../../model/index.js';

/**
 * Reads the newest page of a thread and keeps the earlier messages that were loaded before it. When so much is new that
 * the two do not meet, the new page stands alone: a thread never has a gap.
 */
export async function readThread(
  backend: PortalBackend,
  ticketId: string,
  options: QueryOptions,
  last: MessagePage | undefined,
): Promise<MessagePage> {
  const page = await backend.listMessages(ticketId, {}, options);
  const first = page.items[0];
  const meeting = last && first ? last.items.findIndex(({ id }) => id === first.id) : -1;
  if (!last || meeting < 0) return page;
  return {
    items: [...last.items.slice(0, meeting), ...page.items],
    previousCursor: meeting ? last.previousCursor : page.previousCursor,
    nextCursor: page.nextCursor,
    asOf: page.asOf,
  };
}
