import { accessGroup, staff } from '../people.js';
import { statuses } from '../statuses.js';
import type { WorldAttachment, WorldMessage, WorldTicket } from '../world.js';

/**
 * Short forms in which the demo's tickets are written down. Like the product itself they move the status: an answer of
 * support to "waiting", an answer of a customer back to "open". `then` and `sets` say otherwise.
 */

/** How long ago: `'3d 4h 10m'`. */
export type Ago = string;
export type File = Omit<WorldAttachment, 'id'>;
type Entry = Omit<WorldMessage, 'id' | 'attachments'> & { readonly files?: readonly File[]; readonly then?: string };

interface SayOptions {
  readonly files?: readonly File[];
  readonly html?: string;
  /** Status that this message leads to. */
  readonly then?: string;
}

interface TicketInput {
  readonly number: number;
  readonly from: string;
  readonly of?: readonly string[];
  readonly subject: string;
  readonly thread: readonly Entry[];
  readonly inbox?: string;
  readonly contacts?: readonly string[];
  readonly participants?: readonly string[];
  readonly properties?: Readonly<Record<string, string>>;
  readonly deleted?: boolean;
  /** Who of those that may sign in has not read it yet. */
  readonly unreadBy?: readonly string[];
}

/** An attachment of lines; its type follows from the name. */
export const file = (name: string, ...lines: string[]): File => ({
  name,
  type: name.endsWith('.csv') ? 'text/csv' : 'text/plain',
  text: `${lines.join('\n')}\n`,
});

const minutesOf = { d: 1440, h: 60, m: 1 } as const;

export const minutes = (ago: Ago): number =>
  [...ago.matchAll(/(\d+)([dhm])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * minutesOf[unit as keyof typeof minutesOf],
    0,
  );

const isStaff = (id: string) => staff.some((one) => one.id === id);
const isOpen = (id: string) => statuses.some((status) => status.id === id && status.category === 'open');

/** A public message. */
export const says = (author: string, ago: Ago, text: string, options: SayOptions = {}): Entry => ({
  kind: 'public',
  author,
  minutesAgo: minutes(ago),
  text,
  ...options,
});

/** An internal note. */
export const notes = (author: string, ago: Ago, text: string, files: readonly File[] = []): Entry => ({
  kind: 'note',
  author,
  minutesAgo: minutes(ago),
  text,
  files,
});

/** A change of status without a message. */
export const sets = (author: string, ago: Ago, then: string): Entry => ({
  kind: 'status',
  author,
  minutesAgo: minutes(ago),
  text: '',
  then,
});

function statusAfter(entry: Entry, before: string): string {
  if (entry.then !== undefined) return entry.then;
  if (entry.kind !== 'public') return before;
  if (isStaff(entry.author)) return 'waiting';
  return isOpen(before) ? before : 'open';
}

/** One second after the message that caused it. */
const second = 1 / 60;

export function ticket(input: TicketInput): WorldTicket {
  const id = `t-${input.number}`;
  const messages: WorldMessage[] = [];
  let status = 'new';
  const add = (message: Omit<WorldMessage, 'id'>) => messages.push({ id: `${id}-${messages.length + 1}`, ...message });
  for (const entry of input.thread) {
    const { files = [], then: _, ...message } = entry;
    const to = statusAfter(entry, status);
    if (entry.kind !== 'status') {
      const number = messages.length + 1;
      const attachments = files.map((file, index) => ({ id: `${id}-${number}-${index + 1}`, ...file }));
      add(attachments.length > 0 ? { ...message, attachments } : message);
    }
    if (to !== status) {
      const minutesAgo = entry.kind === 'status' ? entry.minutesAgo : entry.minutesAgo - second;
      add({ kind: 'status', author: entry.author, minutesAgo, text: '', status: { from: status, to } });
    }
    status = to;
  }
  return {
    id,
    number: input.number,
    inbox: input.inbox ?? 'support',
    subject: input.subject,
    status,
    requester: input.from,
    contacts: input.contacts ?? [],
    participants: input.participants ?? [],
    companies: input.of ?? [],
    deleted: input.deleted ?? false,
    properties: input.properties ?? {},
    messages,
    readBy: accessGroup.members.filter((member) => !input.unreadBy?.includes(member)),
  };
}
