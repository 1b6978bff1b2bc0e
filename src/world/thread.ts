import type { MessagePage, MessageQuery } from '../model/index.js';
import { projectMessage } from '../policy/index.js';
import type { Cursors } from './cursors.js';
import type { Language } from './records.js';
import { publicEvents, toMessageRecord } from './records.js';
import type { KeptTicket } from './state.js';
import type { World, WorldContact } from './world.js';

/** One page of the public thread: the newest, or the one right before or after a cursor. */
export function listMessages(
  world: World,
  cursors: Cursors,
  contact: WorldContact,
  ticket: KeptTicket,
  query: MessageQuery,
  language: Language,
): MessagePage {
  const { limit = 25 } = query;
  const question = JSON.stringify(['messages', contact.id, ticket.publicId]);
  const placeOf = (token: string, path: string) => cursors.open(question, token, path)[0] ?? 0;
  // Threads only grow at their end, so a count from the start is a place.
  const thread = publicEvents(ticket);
  const before = query.before === undefined ? thread.length : placeOf(query.before, 'before');
  const from = query.after === undefined ? Math.max(0, before - limit) : placeOf(query.after, 'after');
  const to = query.after === undefined ? before : Math.min(thread.length, from + limit);
  const items = thread.slice(from, to).flatMap((event) => {
    const message = projectMessage(toMessageRecord(world, event, language));
    return message ? [message] : [];
  });
  return {
    items,
    previousCursor: from > 0 ? cursors.seal(question, [from]) : null,
    nextCursor: to < thread.length ? cursors.seal(question, [to]) : null,
    asOf: null,
  };
}
