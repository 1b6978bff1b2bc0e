import type { DeskMessage, DeskPerson, DeskTicket } from '../connector.js';
import type { RtClient } from './client.js';
import { support, toPerson } from './people.js';
import { isId, ourQueues } from './query.js';
import type { TicketRow, Watcher } from './schemas.js';
import { ticketRowsSchema } from './schemas.js';
import type { RtSettings } from './settings.js';

const watcherFields = 'id,Name,RealName,EmailAddress';

/**
 * The ticket, when it is in one of our queues. Asked as a search, RT finds neither a deleted ticket nor one that was merged
 * into another, and says of a ticket that we may not see what it says of one that does not exist.
 *
 * @throws DeskError
 */
export async function findTicket(
  client: RtClient,
  settings: RtSettings,
  ref: string,
  signal: AbortSignal,
): Promise<TicketRow | null> {
  if (!isId(ref)) return null;
  const { items } = await client.get(
    ticketRowsSchema,
    {
      name: 'read a ticket',
      path: '/REST/2.0/tickets',
      query: {
        query: `id = ${ref} AND ${ourQueues(settings)}`,
        fields: 'Subject,Status,Queue,Requestor,Cc,Created,LastUpdated,EffectiveId',
        'fields[Queue]': 'Name',
        'fields[Requestor]': watcherFields,
        'fields[Cc]': `${watcherFields},Domain`,
      },
    },
    signal,
  );
  return items.find(({ id, EffectiveId }) => id === ref && EffectiveId === ref) ?? null;
}

const isUser = ({ type }: Watcher) => type === 'user';

/** Users with a role on the ticket: each once, in the first role of requester, contact, participant. */
export function partiesOf({ Requestor, Cc }: Pick<TicketRow, 'Requestor' | 'Cc'>): {
  readonly requester: DeskPerson;
  readonly contacts: readonly DeskPerson[];
  readonly participants: readonly DeskPerson[];
} {
  const [requester = support, ...contacts] = Requestor.filter(isUser).map(toPerson);
  const others = [requester, ...contacts];
  const participants = Cc.filter(isUser)
    .map(toPerson)
    .filter(({ ref }) => !others.some((other) => other.ref === ref));
  return { requester, contacts, participants };
}

export function toTicket(
  row: TicketRow,
  { company }: Pick<RtSettings, 'company'>,
  messages: readonly DeskMessage[],
): DeskTicket {
  const groups = row.Cc.filter(({ type, Domain }) => type === 'group' && Domain === 'UserDefined');
  return {
    ref: row.id,
    number: Number(row.id),
    inbox: row.Queue.Name,
    subject: row.Subject,
    status: row.Status,
    createdAt: row.Created,
    deleted: row.Status === 'deleted',
    ...partiesOf(row),
    companies: company === 'group' ? groups.map(({ id, Name }) => ({ ref: id, name: Name })) : null,
    properties: {},
    messages,
  };
}
