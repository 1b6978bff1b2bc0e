import * as z from 'zod/mini';
import type { NewTicket } from '../connector.js';
import { DeskError } from '../connector.js';
import { parseAnswer } from './client.js';
import { markedType } from './marker.js';
import type { Reading } from './messages.js';
import { addressOf, toRtFile } from './outgoing.js';
import { ourQueues, quoted } from './query.js';
import { idsSchema } from './schemas.js';
import { oneLine } from './service-line.js';

const createdSchema = z.object({ id: z.pipe(z.union([z.string(), z.number()]), z.transform(String)) });

/** What the ticket refers to: RT finds it by that, at once and exactly. */
const linkOf = ({ attempt }: NewTicket) => `portico:${attempt.id}`;

/**
 * Opens a ticket whose requestor is the writer. Never by mail: there a subject such as `[example.com #2]` would be a reply
 * to somebody else's ticket. @throws DeskError
 */
export async function createTicket(reading: Reading, ticket: NewTicket, signal: AbortSignal): Promise<string> {
  const { client, settings } = reading;
  if (!settings.queues.includes(ticket.inbox)) throw new DeskError('refused', 'the queue is none of ours');
  const by = addressOf(ticket.by);
  if (ticket.attempt.again) {
    const found = await findCreated(reading, ticket, signal);
    if (found !== null) return found;
  }
  const group = await groupOf(reading, by, signal);
  const request = {
    name: 'open a ticket',
    method: 'POST' as const,
    path: '/REST/2.0/ticket',
    body: {
      Queue: ticket.inbox,
      Subject: oneLine(ticket.subject),
      Requestor: by,
      ...(group && { Cc: group }),
      Content: ticket.text,
      ContentType: markedType({ attempt: ticket.attempt.id, by }),
      Attachments: ticket.files.map(toRtFile),
      RefersTo: linkOf(ticket),
    },
  };
  const answer = await client.send(request, signal);
  if (answer.status === 201) return parseAnswer(createdSchema, request, answer).id;
  if (answer.status === 403)
    throw new DeskError('misconfigured', 'the service account may not open tickets in the queue');
  throw new DeskError('refused', `open a ticket: RT answers ${answer.status}`);
}

/**
 * The writer's primary company where a group in copy is one: without it the ticket would be of none, as RT keeps no other tie
 * between the two. @throws DeskError
 */
async function groupOf({ settings, people }: Reading, email: string, signal: AbortSignal): Promise<string | null> {
  if (settings.company !== 'group') return null;
  const contact = await people.contactByEmail(email, signal);
  return contact?.companies[0]?.ref ?? null;
}

async function findCreated({ client, settings }: Reading, ticket: NewTicket, signal: AbortSignal) {
  const { items } = await client.get(
    idsSchema,
    {
      name: 'look for a ticket',
      path: '/REST/2.0/tickets',
      query: { query: `RefersTo = ${quoted(linkOf(ticket))} AND ${ourQueues(settings)}`, orderby: 'id' },
    },
    signal,
  );
  return items[0]?.id ?? null;
}
