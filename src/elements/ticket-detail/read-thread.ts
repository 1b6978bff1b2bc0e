import type { PortalBackend } from '../../backend/portal-backend.js';
import type { QueryOptions } from '../../controllers/query-controller.js';
import type { MessagePage } from '../../model/index.js';

/** Pages, of 100 messages each, that are read to come to the message that an address names. */
const furthest = 20;

/**
 * Reads the newest page of a thread and keeps the earlier messages that were loaded before it. When so much is new that
 * the two do not meet, the new page stands alone: a thread never has a gap.
 *
 * @param target id of a message that should be among them
 */
export async function readThread(
  backend: PortalBackend,
  ticketId: string,
  options: QueryOptions,
  last: MessagePage | undefined,
  target: string | null = null,
): Promise<MessagePage> {
  let page = joined(await backend.listMessages(ticketId, {}, options), last);
  for (let read = 0; target && read < furthest && !page.items.some(({ id }) => id === target); read++) {
    if (!page.previousCursor) break;
    const earlier = await backend.listMessages(ticketId, { before: page.previousCursor, limit: 100 }, options);
    page = { ...page, items: [...earlier.items, ...page.items], previousCursor: earlier.previousCursor };
  }
  return page;
}

function joined(page: MessagePage, last: MessagePage | undefined): MessagePage {
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
