import type { DeskMessage, DeskPerson, DeskTicket } from '../connector.js';
import type { AnswerOf } from './schemas.js';

type Answer = AnswerOf<'ticket'>;

/** People in the first role of requester, contact, participant, each once. */
export function toTicket(ticket: NonNullable<Answer['ticket']>, messages: Answer['messages']): DeskTicket {
  const seen = new Set([ticket.requester.ref]);
  const others = (people: readonly DeskPerson[]) =>
    people.filter(({ ref }) => {
      const isNew = !seen.has(ref);
      seen.add(ref);
      return isNew;
    });
  const contacts = others(ticket.contacts);
  const said = ticket.deleted ? [] : toMessages(messages);
  return { ...ticket, contacts, participants: others(ticket.participants), messages: said };
}

/** The oldest first, no two at the same time: a clock that knows only seconds has them in the order in which they came. */
function toMessages(answer: Answer['messages']): readonly DeskMessage[] {
  const sorted = answer.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  let last = Number.NEGATIVE_INFINITY;
  return sorted.map((message) => {
    last = Math.max(message.at.getTime(), last + 1);
    return toMessage(message, new Date(last));
  });
}

function toMessage(message: Answer['messages'][number], at: Date): DeskMessage {
  const { ref, side } = message;
  // Nobody's business, even where the service sends it.
  const author = side === 'support' ? { ...message.author, email: null } : message.author;
  if (message.kind === 'status') {
    const { from, to } = message;
    return { ref, kind: 'status', at, side, author, text: '', html: null, status: { from, to }, files: [] };
  }
  const { text, html, files } = message;
  return { ref, kind: 'message', at, side, author, text, html, status: null, files };
}
