import type { Preferences } from '../model/index.js';
import { publicIdOf } from './public-id.js';
import type { World, WorldAttachment, WorldMessage, WorldTicket } from './world.js';

/** What the store keeps, as plain as the world itself; ids of people, companies and statuses are the world's own. */

export interface KeptFile {
  readonly publicId: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** By which the HTML of its message refers to it. */
  readonly contentId: string | null;
}

export interface KeptEvent {
  readonly publicId: string;
  readonly kind: 'message' | 'note' | 'status';
  readonly at: Date;
  readonly author: string;
  readonly text: string;
  /** As it came by mail. */
  readonly html: string | null;
  readonly status: { readonly from: string; readonly to: string } | null;
  readonly files: readonly KeptFile[];
}

export interface KeptRating {
  readonly rating: number;
  readonly comment: string | null;
  readonly at: Date;
}

export interface KeptTicket {
  readonly publicId: string;
  /** Order of arrival: breaks ties of every sort. */
  readonly position: number;
  readonly number: number;
  inbox: string;
  readonly subject: string;
  status: string;
  readonly requester: string;
  contacts: readonly string[];
  participants: readonly string[];
  companies: readonly string[];
  deleted: boolean;
  /** Id of the ticket that it goes on with. */
  readonly followUpOf: string | null;
  properties: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly events: KeptEvent[];
  /** By contact. */
  readonly readAt: Map<string, Date>;
  /** By contact. */
  readonly ratings: Map<string, KeptRating>;
}

export interface State {
  /** People and settings as they stand now: a change puts another world in its place. */
  world: World;
  readonly tickets: Map<string, KeptTicket>;
  /** Files for messages that are still to be written, by id, and whose they are. */
  readonly uploads: Map<string, { readonly by: string; readonly file: KeptFile }>;
  /** By contact; whoever has never chosen is not there. */
  readonly preferences: Map<string, Preferences>;
}

/** The world's tickets, with its minutes counted back from `now`. */
export function seed(world: World, now: Date): State {
  const tickets = world.tickets.map((ticket, position) => kept(ticket, position, now));
  return {
    world,
    tickets: new Map(tickets.map((ticket) => [ticket.publicId, ticket])),
    uploads: new Map(),
    preferences: new Map(),
  };
}

function kept(ticket: WorldTicket, position: number, now: Date): KeptTicket {
  const events = ticket.messages.map((message) => keptEvent(message, now));
  return {
    publicId: publicIdOf('ticket', ticket.id),
    position,
    number: ticket.number,
    inbox: ticket.inbox,
    subject: ticket.subject,
    status: ticket.status,
    requester: ticket.requester,
    contacts: ticket.contacts,
    participants: ticket.participants,
    companies: ticket.companies,
    deleted: ticket.deleted,
    followUpOf: null,
    properties: ticket.properties,
    events,
    readAt: new Map(ticket.readBy.map((contact) => [contact, events.at(-1)?.at ?? now])),
    ratings: new Map(),
  };
}

const keptEvent = (message: WorldMessage, now: Date): KeptEvent => ({
  publicId: publicIdOf('message', message.id),
  kind: message.kind === 'public' ? 'message' : message.kind,
  at: new Date(Math.round(now.getTime() - message.minutesAgo * 60_000)),
  author: message.author,
  text: message.text,
  html: message.html ?? null,
  status: message.status ?? null,
  files: (message.attachments ?? []).map(keptFile),
});

const keptFile = (file: WorldAttachment): KeptFile => ({
  publicId: publicIdOf('file', file.id),
  name: file.name,
  type: file.type,
  contentId: file.contentId ?? null,
  bytes: file.base64 === undefined ? new TextEncoder().encode(file.text ?? '') : bytesOf(file.base64),
});

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
