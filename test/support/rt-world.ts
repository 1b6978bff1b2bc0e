import type { ConnectorFactory } from '../../src/server/connectors/connector.js';
import { rtStatuses } from '../../src/server/connectors/rt/statuses.js';
import type {
  World,
  WorldAttachment,
  WorldContact,
  WorldMessage,
  WorldStatus,
  WorldTicket,
} from '../../src/world/world.js';
import { AGENT, type NewRtFile, type NewRtThread, type RtDesk, type RtThreadEvent } from './rt-desk.js';
import type { RtLogins } from './rt.js';

/**
 * A world in a Request Tracker: a contact is a user under the name in front of their address, a company a group of users and
 * in copy of its tickets, further contacts are requestors, participants are in copy, notes are comments.
 */

export const userOf = ({ email }: Pick<WorldContact, 'email'>): string => email.replace(/@.*$/s, '');

/** What RT calls the statuses of a world; the others are called the same. */
const renamed: Readonly<Record<string, string>> = { waiting: 'stalled', solved: 'resolved', closed: 'rejected' };
export const statusInRt = (id: string): string => renamed[id] ?? id;

/** The world as an RT has it: with its statuses. */
export function toRtStatuses(world: World): World {
  return {
    ...world,
    statuses: rtStatuses({}) as readonly WorldStatus[],
    tickets: world.tickets.map((ticket) => ({
      ...ticket,
      status: statusInRt(ticket.status),
      messages: ticket.messages.map(({ status, ...message }) => ({
        ...message,
        ...(status && { status: { from: statusInRt(status.from), to: statusInRt(status.to) } }),
      })),
    })),
  };
}

/** How a portal is connected that shows these queues, and whose companies are groups. */
export const settingsOf = ({ url, account: { user, password } }: RtLogins, queues: readonly string[]) => ({
  settings: { url, user, queues, company: 'group', replyAs: 'mail-gateway' },
  password,
});

/** All accounts have the same RT: one login is enough, which takes it a third of a second. */
export function oneConnector(create: ConnectorFactory): ConnectorFactory {
  let connector: ReturnType<ConnectorFactory> | undefined;
  return (settings) => (connector ??= create(settings, fetch));
}

/** Groups and users of the world, as they stand. A group that comes first is the primary company of those in both. */
export async function createPeople(desk: RtDesk, { contacts, companies }: Pick<World, 'contacts' | 'companies'>) {
  for (const contact of contacts) {
    await desk.createUser({
      name: userOf(contact),
      realName: contact.name,
      email: contact.email,
      disabled: !contact.enabled,
    });
  }
  for (const { id, name } of companies) {
    const members = contacts.filter((contact) => contact.companies.includes(id));
    await desk.createGroup(name, members.map(userOf));
  }
}

/** The world's tickets, with its minutes counted back from `now`. Answers with ids of RT, in the order of the world. */
export function createTickets(desk: RtDesk, world: World, now: Date): Promise<readonly string[]> {
  return desk.seedThreads(world.tickets.map((ticket) => threadOf(world, ticket, now)));
}

function threadOf(world: World, ticket: WorldTicket, now: Date): NewRtThread {
  const user = (id: string) => {
    const contact = world.contacts.find((one) => one.id === id);
    return contact ? userOf(contact) : AGENT;
  };
  const event = ({ kind, author, minutesAgo, text, status, attachments }: WorldMessage): RtThreadEvent => ({
    kind: kind === 'public' ? 'message' : kind,
    as: user(author),
    at: new Date(now.getTime() - minutesAgo * 60_000),
    text,
    ...(status && { status: status.to }),
    files: (attachments ?? []).map(fileOf),
  });
  const [first, ...more] = ticket.messages;
  if (!first) throw new Error(`ticket ${ticket.number} has no message`);
  return {
    subject: ticket.subject,
    queue: nameOf(world.inboxes, ticket.inbox),
    status: ticket.deleted ? 'deleted' : ticket.status,
    requestors: [ticket.requester, ...ticket.contacts].map(user),
    cc: ticket.participants.map(user),
    ccGroups: ticket.companies.map((id) => nameOf(world.companies, id)),
    messages: [event(first), ...more.map(event)],
  };
}

function nameOf(all: readonly { readonly id: string; readonly name: string }[], id: string): string {
  const found = all.find((one) => one.id === id);
  if (!found) throw new Error(`the world has no ${id}`);
  return found.name;
}

const fileOf = ({ name, type, text, base64 }: WorldAttachment): NewRtFile => ({
  name,
  type,
  content: base64 === undefined ? (text ?? '') : Buffer.from(base64, 'base64'),
});
