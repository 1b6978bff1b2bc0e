import type { RtClient } from './client.js';
import { anyOf, pageSize } from './query.js';
import type { RtEvent } from './schemas.js';
import { eventsSchema } from './schemas.js';

/** Of all that happens to a ticket what customers may know. A comment is none of it, even where RT would show it to us. */
const messageTypes = ['Create', 'Correspond'];
const publicTypes = [...messageTypes, 'Status'];

export const isMessage = ({ Type }: RtEvent): boolean => messageTypes.includes(Type);

/**
 * Public events of a ticket, the oldest first, those of tickets merged into it as well; of these only the messages. With
 * `only`, none but the event with that id.
 *
 * @throws DeskError
 */
export async function publicEvents(
  client: RtClient,
  ticket: string,
  signal: AbortSignal,
  only?: string,
): Promise<readonly RtEvent[]> {
  const events: RtEvent[] = [];
  for (let page = 1; ; page++) {
    const { items } = await client.get(
      eventsSchema,
      {
        name: 'read what happened',
        method: 'POST',
        path: `/REST/2.0/ticket/${ticket}/history`,
        query: {
          fields: 'Type,ObjectId,Created,OldValue,NewValue,Creator',
          'fields[Creator]': 'id,Name,RealName,EmailAddress',
          orderby: 'id',
          per_page: String(pageSize),
          page: String(page),
        },
        body: [...anyOf('Type', publicTypes), ...anyOf('id', only === undefined ? [] : [only])],
      },
      signal,
    );
    events.push(...items);
    if (items.length < pageSize) break;
  }
  return events
    .filter((event) => publicTypes.includes(event.Type) && (isMessage(event) || event.ObjectId === ticket))
    .sort((one, other) => Number(one.id) - Number(other.id));
}

/**
 * Times of events in their order, no two the same. RT knows seconds; what else happens within one follows a millisecond
 * later each. Only public events are counted, so that no time tells of another.
 */
export function timesOf(events: readonly Pick<RtEvent, 'Created'>[]): readonly Date[] {
  let last = Number.NEGATIVE_INFINITY;
  return events.map(({ Created }) => {
    last = Math.max(Created.getTime(), last + 1);
    return new Date(last);
  });
}
