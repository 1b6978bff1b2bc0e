import type { DeskMessage, DeskPerson } from '../connector.js';
import type { RtClient } from './client.js';
import { isMessage, publicEvents, timesOf } from './history.js';
import type { Marker } from './marker.js';
import { markerIn } from './marker.js';
import { isBody, isFile, partsOf, textsOf, toFile } from './parts.js';
import type { People } from './people.js';
import { nameOf, support } from './people.js';
import type { Part, RtEvent, TicketRow } from './schemas.js';
import { without } from './service-line.js';
import type { RtDeps, RtSettings } from './settings.js';
import { rtStatuses } from './statuses.js';
import { partiesOf } from './tickets.js';

export interface Reading {
  readonly client: RtClient;
  readonly settings: RtSettings;
  readonly deps: RtDeps;
  readonly people: People;
}

/** RT's own users, who do what nobody did. */
const automatons = ['RT_System', 'Nobody'];

/** Milliseconds that RT takes, at the most, to do what follows from a message. */
const atOnce = 10_000;

type Author = Pick<DeskMessage, 'side' | 'author'>;

/** Public messages and changes of status of a ticket that was just found. @throws DeskError */
export async function readMessages(
  reading: Reading,
  ticket: TicketRow,
  signal: AbortSignal,
): Promise<readonly DeskMessage[]> {
  const { client, settings, deps } = reading;
  const { id: ref } = ticket;
  const events = await publicEvents(client, ref, signal);
  const ids = events.filter(isMessage).map(({ id }) => id);
  const parts = await partsOf(client, ref, ids, signal);
  const texts = await textsOf(client, ref, parts.filter(isBody), signal);
  const times = timesOf(events);
  const messages: DeskMessage[] = [];
  for (const [place, event] of events.entries()) {
    const own = parts.filter(({ TransactionId }) => TransactionId === event.id);
    const at = times[place] as Date;
    const marker = ofService(event, settings) ? firstMarker(own) : null;
    const author = await authorOf(reading, ticket, event, marker, signal);
    const before = messages.at(-1);
    if (isMessage(event)) {
      const { text, html } = bodyOf(own.filter(isBody), texts, deps);
      const files = own.filter(isFile).map(toFile);
      if (text === '' && html === null && files.length === 0) continue;
      const said = marker && event.Type === 'Correspond' ? without(text) : text;
      messages.push({ ref: event.id, kind: 'message', at, ...author, text: said, html, status: null, files });
    } else {
      const status = { from: event.OldValue, to: event.NewValue };
      const { side, author: by } = before && followsFrom(before, event, settings) ? before : author;
      messages.push({ ref: event.id, kind: 'status', at, side, author: by, text: '', html: null, status, files: [] });
    }
  }
  return messages;
}

/** Did the status change because of that message, by RT itself or by us? Then whoever wrote it has changed it. */
function followsFrom(before: DeskMessage, event: RtEvent, settings: RtSettings): boolean {
  if (before.kind !== 'message') return false;
  if (automatons.includes(event.Creator.Name)) return event.Created.getTime() - before.at.getTime() < atOnce;
  if (!ofService(event, settings) || before.side !== 'contact') return false;
  const category = (status: string) => rtStatuses(settings).find(({ id }) => id === status)?.category;
  return category(event.OldValue) === 'waiting_on_contact' && category(event.NewValue) === 'open';
}

const ofService = ({ Creator }: RtEvent, { user }: RtSettings) => Creator.Name.toLowerCase() === user.toLowerCase();

function firstMarker(parts: readonly Part[]): Marker | null {
  for (const part of parts.filter(isBody)) {
    const marker = markerIn(part.Headers);
    if (marker) return marker;
  }
  return null;
}

/** Who did it, and for which side. Addresses of staff stay where they are. @throws DeskError */
async function authorOf(
  { settings, people }: Reading,
  ticket: TicketRow,
  event: RtEvent,
  marker: Marker | null,
  signal: AbortSignal,
): Promise<Author> {
  const { requester, contacts, participants } = partiesOf(ticket);
  const parties = [requester, ...contacts, ...participants];
  if (marker) return { side: 'contact', author: await writerOf(marker, parties, people, signal) };
  if (ofService(event, settings)) {
    return event.Type === 'Create' ? { side: 'contact', author: requester } : { side: 'support', author: support };
  }
  const { Creator } = event;
  if (automatons.includes(Creator.Name)) return { side: 'support', author: support };
  const party = parties.find(({ ref }) => ref === Creator.id);
  if (party) return { side: 'contact', author: party };
  const person = { ref: Creator.id, name: nameOf(Creator) };
  return (await people.isStaff(Creator.id, signal))
    ? { side: 'support', author: { ...person, email: null } }
    : { side: 'contact', author: { ...person, email: Creator.EmailAddress || null } };
}

async function writerOf(
  { by }: Marker,
  parties: readonly DeskPerson[],
  people: People,
  signal: AbortSignal,
): Promise<DeskPerson> {
  const party = parties.find(({ email }) => email?.toLowerCase() === by.toLowerCase());
  if (party) return party;
  const contact = await people.contactByEmail(by, signal);
  const { ref, name, email } = contact ?? { ref: '0', name: by.replace(/@.*$/s, ''), email: by };
  return { ref, name, email };
}

/** A message with a plain text says the same in HTML; of one without, the text is made. */
function bodyOf(
  bodies: readonly Part[],
  texts: ReadonlyMap<string, string>,
  { toText }: RtDeps,
): Pick<DeskMessage, 'text' | 'html'> {
  const read = (type: RegExp) =>
    bodies
      .filter(({ ContentType }) => type.test(ContentType))
      .map(({ id }) => (texts.get(id) ?? '').replace(/\r\n?/g, '\n').replace(/\n+$/, ''))
      .filter((text) => text.trim() !== '');
  const [plain, html] = [read(/plain$/i).join('\n\n'), read(/html$/i).join('\n')];
  return { text: plain || (html && toText(html)), html: html === '' ? null : html };
}
