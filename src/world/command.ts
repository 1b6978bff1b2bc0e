import type { Preferences } from '../model/index.js';
import { type PropertyChanges, withChanges } from '../policy/index.js';
import { publicIdOf } from './public-id.js';
import type { Setting } from './setting.js';
import { applySetting, isSetting } from './setting.js';
import type { KeptEvent, KeptFile, KeptTicket, State } from './state.js';
import { bytesOf } from './state.js';

/**
 * Every change of the store as plain data: what was asked, when, and the id that it got. Carried out again in the same
 * order on the same world, commands give the same state; the journal rests on that.
 */
export type Command = { readonly at: string } & (
  | {
      readonly type: 'create';
      readonly id: string;
      readonly by: string;
      readonly key: string;
      readonly subject: string;
      readonly text: string;
      readonly properties: Readonly<Record<string, string>>;
      /** Id of the ticket that it goes on with. */
      readonly followUp?: string | null;
      /** Ids of uploads. */
      readonly files: readonly string[];
    }
  | {
      readonly type: 'reply';
      readonly id: string;
      readonly ticket: string;
      readonly by: string;
      readonly key: string;
      readonly text: string;
      readonly files: readonly string[];
    }
  | {
      readonly type: 'upload';
      readonly id: string;
      readonly by: string;
      readonly name: string;
      readonly media: string;
      readonly base64: string;
    }
  | { readonly type: 'read'; readonly ticket: string; readonly by: string }
  | {
      readonly type: 'rate';
      readonly ticket: string;
      readonly by: string;
      readonly rating: number;
      readonly comment: string | null;
    }
  | { readonly type: 'edit'; readonly ticket: string; readonly by: string; readonly properties: PropertyChanges }
  /** `contact` takes part from now on. */
  | { readonly type: 'invite'; readonly ticket: string; readonly by: string; readonly contact: string }
  | { readonly type: 'prefer'; readonly by: string; readonly preferences: Preferences }
  | {
      readonly type: 'answer' | 'note';
      readonly id: string;
      readonly ticket: string;
      readonly by: string;
      readonly text: string;
    }
  | {
      readonly type: 'status';
      readonly id: string;
      readonly ticket: string;
      readonly by: string;
      readonly status: string;
    }
  | { readonly type: 'move'; readonly ticket: string; readonly inbox: string }
  | { readonly type: 'delete'; readonly ticket: string }
  | Setting
);

/** Carries a command out. Whether it was allowed has been decided before; one on an unknown ticket does nothing. */
export function apply(state: State, command: Command): void {
  if (isSetting(command)) return applySetting(state, command);
  const at = new Date(command.at);
  if (command.type === 'upload') {
    const { id: publicId, by, name, media: type, base64 } = command;
    state.uploads.set(publicId, { by, file: { publicId, name, type, contentId: null, bytes: bytesOf(base64) } });
    return;
  }
  if (command.type === 'prefer') {
    state.preferences.set(command.by, command.preferences);
    return;
  }
  if (command.type === 'create') {
    const ticket = newTicket(state, command);
    state.tickets.set(ticket.publicId, ticket);
    addMessage(ticket, publicIdOf('message', command.id), command, at, takeFiles(state, command.files));
    ticket.readAt.set(command.by, at);
    return;
  }
  const ticket = state.tickets.get(command.ticket);
  if (!ticket) return;
  switch (command.type) {
    case 'reply':
      addMessage(ticket, command.id, command, at, takeFiles(state, command.files));
      takePart(ticket, command.by);
      setStatus(ticket, command.id, command.by, at, statusAfterReply(state, ticket));
      ticket.readAt.set(command.by, at);
      break;
    case 'answer':
      addMessage(ticket, command.id, command, at);
      setStatus(ticket, command.id, command.by, at, statusAfterAnswer(state, ticket));
      break;
    case 'note':
      addMessage(ticket, command.id, command, at, [], 'note');
      break;
    case 'status':
      setStatus(ticket, command.id, command.by, at, command.status);
      break;
    case 'read':
      ticket.readAt.set(command.by, at);
      break;
    case 'rate':
      ticket.ratings.set(command.by, { rating: command.rating, comment: command.comment, at });
      break;
    case 'edit':
      ticket.properties = withChanges(ticket.properties, command.properties);
      break;
    case 'invite':
      takePart(ticket, command.contact);
      break;
    case 'move':
      ticket.inbox = command.inbox;
      break;
    case 'delete':
      ticket.deleted = true;
      break;
  }
}

function newTicket({ world, tickets }: State, command: Command & { type: 'create' }): KeptTicket {
  const primary = world.contacts.find((contact) => contact.id === command.by)?.primaryCompany;
  const numbers = [...tickets.values()].map((ticket) => ticket.number);
  return {
    publicId: command.id,
    position: tickets.size,
    number: Math.max(0, ...numbers) + 1,
    inbox: world.portal.inboxes[0] ?? '',
    subject: command.subject,
    status: world.statuses.find((status) => status.category === 'open')?.id ?? '',
    requester: command.by,
    contacts: [],
    participants: [],
    companies: primary ? [primary] : [],
    deleted: false,
    followUpOf: command.followUp ?? null,
    properties: command.properties,
    events: [],
    readAt: new Map(),
    ratings: new Map(),
  };
}

function addMessage(
  ticket: KeptTicket,
  publicId: string,
  { by: author, text }: { readonly by: string; readonly text: string },
  at: Date,
  files: readonly KeptFile[] = [],
  kind: KeptEvent['kind'] = 'message',
): void {
  ticket.events.push({ publicId, kind, at, author, text, html: null, status: null, files });
}

/** Out of the uploads and into the message. */
function takeFiles({ uploads }: State, ids: readonly string[]): KeptFile[] {
  const files = ids.flatMap((id) => uploads.get(id)?.file ?? []);
  for (const id of ids) uploads.delete(id);
  return files;
}

/** The id of the change follows from that of its command. */
function setStatus(ticket: KeptTicket, id: string, author: string, at: Date, to: string): void {
  if (to === ticket.status) return;
  const publicId = publicIdOf('message', `${id} status`);
  const status = { from: ticket.status, to };
  ticket.events.push({ publicId, kind: 'status', at, author, text: '', html: null, status, files: [] });
  ticket.status = to;
}

/** Who does so already goes on as they do. */
function takePart(ticket: KeptTicket, contact: string): void {
  if ([ticket.requester, ...ticket.contacts, ...ticket.participants].includes(contact)) return;
  ticket.participants = [...ticket.participants, contact];
}

const isOpen = ({ world }: State, ticket: KeptTicket) =>
  world.statuses.some((status) => status.id === ticket.status && status.category === 'open');

/** A customer's reply brings the ticket back to support: to the last open status, for it is no longer new. */
const statusAfterReply = (state: State, ticket: KeptTicket): string =>
  isOpen(state, ticket)
    ? ticket.status
    : (state.world.statuses.findLast((status) => status.category === 'open')?.id ?? ticket.status);

/** Support's answer hands an open ticket to the customer. */
const statusAfterAnswer = (state: State, ticket: KeptTicket): string =>
  isOpen(state, ticket)
    ? (state.world.statuses.find((status) => status.category === 'waiting_on_contact')?.id ?? ticket.status)
    : ticket.status;
