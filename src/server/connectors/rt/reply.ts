import type { NewReply } from '../connector.js';
import { DeskError } from '../connector.js';
import { addCc } from './add-cc.js';
import type { RtAnswer } from './client.js';
import { isMessage, publicEvents } from './history.js';
import { markedType, markerIn } from './marker.js';
import type { Reading } from './messages.js';
import { addressOf, plainType, toRtFile } from './outgoing.js';
import { pagesOf } from './parts.js';
import type { TicketRow } from './schemas.js';
import { oneLine, withLine } from './service-line.js';
import { setStatus } from './set-status.js';
import { rtStatuses } from './statuses.js';
import { findTicket } from './tickets.js';

/** Nothing of a customer's is in it, so that it names no other ticket. */
const subject = 'Reply in the customer portal';
/** Where mails to RT go to by their header only: they are handed to its gateway. */
const desk = 'desk@portico.invalid';

const messageIdOf = ({ attempt }: NewReply) => `${attempt.id}@portico.invalid`;

/** Writes a reply and answers with the id of its event. What was tried before is looked for first. @throws DeskError */
export async function writeReply(reading: Reading, reply: NewReply, signal: AbortSignal): Promise<string> {
  const { client, settings } = reading;
  const ticket = await findTicket(client, settings, reply.ticket, signal);
  if (!ticket) throw new DeskError('refused', 'the ticket is gone');
  const by = addressOf(reply.by);
  if (reply.attempt.again) {
    const found = await findReply(reading, reply, signal);
    if (found !== null) {
      await openAgain(reading, ticket, signal);
      return found;
    }
  }
  if (reply.joins) await addCc(reading, reply.ticket, by, signal);
  const written =
    settings.replyAs === 'mail-gateway'
      ? await byMail(reading, reply, ticket.Queue.Name, signal)
      : await byRest(reading, reply, signal);
  await openAgain(reading, ticket, signal);
  return written;
}

/** RT opens what was closed when somebody writes, but leaves what waited for them as it was. @throws DeskError */
async function openAgain(reading: Reading, { id, Status }: TicketRow, signal: AbortSignal): Promise<void> {
  const statuses = rtStatuses(reading.settings);
  const open = statuses.findLast(({ category }) => category === 'open');
  const waited = statuses.find((status) => status.id === Status)?.category === 'waiting_on_contact';
  if (open && waited) await setStatus(reading, { ticket: id, status: open.id }, signal);
}

/** The event that this attempt left, `null` when it left none. @throws DeskError */
async function findReply({ client, settings }: Reading, reply: NewReply, signal: AbortSignal): Promise<string | null> {
  const mail = settings.replyAs === 'mail-gateway';
  const query = mail
    ? { field: 'MessageId', value: messageIdOf(reply) }
    : { field: 'Headers', operator: 'LIKE', value: `portico-attempt="${reply.attempt.id}"` };
  const parts = await pagesOf(client, reply.ticket, [query], signal);
  const part = parts.find(({ Headers }) => mail || markerIn(Headers)?.attempt === reply.attempt.id);
  if (!part) return null;
  const events = await publicEvents(client, reply.ticket, signal, part.TransactionId);
  return events.find((event) => event.id === part.TransactionId && isMessage(event))?.id ?? null;
}

/** RT takes the mail as it takes all mail: the writer is whom it is from, and may write or not. @throws DeskError */
async function byMail(reading: Reading, reply: NewReply, queue: string, signal: AbortSignal): Promise<string> {
  const { client, deps } = reading;
  const form = new FormData();
  form.set('SessionType', 'REST');
  form.set('queue', queue);
  form.set('action', 'correspond');
  form.set('ticket', reply.ticket);
  const message = await deps.composeMail({
    from: { name: oneLine(reply.by.name), email: addressOf(reply.by) },
    to: desk,
    subject,
    messageId: messageIdOf(reply),
    text: reply.text,
    files: reply.files.map(({ name, type, bytes }) => ({ name: oneLine(name), type: plainType(type), bytes })),
  });
  form.set('message', message);
  const path = '/REST/1.0/NoAuth/mail-gateway';
  const request = { name: 'hand over a mail', method: 'POST' as const, path, body: form, as: 'nobody' as const };
  const answer = await client.send(request, signal);
  if (answer.status !== 200) {
    throw new DeskError('misconfigured', `RT's mail gateway cannot be reached from here: RT answers ${answer.status}`);
  }
  // What it says is no proof: mail may be taken and dropped.
  const found = await findReply(reading, reply, signal);
  if (found !== null) return found;
  throw answer.text.startsWith('temporary failure')
    ? new DeskError('unavailable', "RT's mail gateway fails for a while")
    : new DeskError('refused', "RT's mail gateway did not take the reply");
}

/** With the writer's own token where there is one that RT takes, else by the service account. @throws DeskError */
async function byRest(reading: Reading, reply: NewReply, signal: AbortSignal): Promise<string> {
  const { people, settings } = reading;
  const by = addressOf(reply.by);
  const token = settings.replyAs === 'contact-token' ? settings.tokens?.get(by.toLowerCase()) : undefined;
  const own = token === undefined ? null : await correspond(reading, reply, { token }, signal);
  // RT takes no token of somebody whom it has locked out either.
  if (own?.status === 401 && (await people.contactByEmail(by, signal))?.enabled === false) {
    throw new DeskError('refused', 'RT has locked the contact out');
  }
  const answer = own && own.status !== 401 ? own : await correspond(reading, reply, null, signal);
  if (answer.status !== 201) throw new DeskError('refused', `reply: RT answers ${answer.status}`);
  const ref = /\/transaction\/(\d+)$/.exec(answer.headers.get('location') ?? '')?.[1];
  const found = ref ?? (await findReply(reading, reply, signal));
  if (found === null) throw new DeskError('unavailable', 'reply: RT does not say where it is');
  return found;
}

/** Writes as the holder of a token, or as the service account with a line that says for whom. @throws DeskError */
function correspond(
  { client }: Reading,
  { ticket, attempt, by, text, files }: NewReply,
  as: { readonly token: string } | null,
  signal: AbortSignal,
): Promise<RtAnswer> {
  const request = {
    name: 'reply',
    method: 'POST' as const,
    path: `/REST/2.0/ticket/${ticket}/correspond`,
    body: {
      Content: as ? text : withLine(by, text),
      ContentType: markedType({ attempt: attempt.id, by: addressOf(by) }),
      Attachments: files.map(toRtFile),
    },
    ...(as && { as }),
  };
  return client.send(request, signal);
}
