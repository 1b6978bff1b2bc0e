import type { Status, TicketProperty } from '../model/index.js';
import type {
  LinkedTicket,
  MessageRecord,
  NamedCompany,
  Party,
  ProjectionFacts,
  TicketRecord,
  Viewer,
} from '../policy/index.js';
import { publicIdOf } from './public-id.js';
import type { KeptEvent, KeptTicket } from './state.js';
import type { LocalText, World, WorldContact } from './world.js';

/** What the store keeps, in the shapes that the policy takes. */

export type Language = keyof LocalText;

/** The world's language for a BCP 47 tag; the portal's own for one that it does not speak. */
export function languageOf(world: World, locale?: string): Language {
  const primary = locale?.toLowerCase().split('-')[0];
  return world.portal.locales.find((language) => language === primary) ?? world.portal.locale;
}

export const viewerOf = (world: World, contact: WorldContact): Viewer => ({
  account: world.account,
  id: contact.id,
  enabled: contact.enabled,
  verified: contact.verified,
  primaryCompany: contact.primaryCompany,
  properties: contact.properties,
});

export const portalFacts = (world: World): ProjectionFacts => ({
  account: world.account,
  inboxes: world.portal.inboxes,
  permission: world.portal.permission,
  actions: world.portal.actions,
  properties: world.portal.properties,
  lacks: [],
});

export function statusOf(world: World, id: string, language: Language): Status {
  const status = world.statuses.find((one) => one.id === id);
  if (!status) throw new Error(`the world has no status "${id}"`);
  return { id, category: status.category, label: status.label[language] };
}

export function companyOf(world: World, id: string): NamedCompany {
  const company = world.companies.find((one) => one.id === id);
  if (!company) throw new Error(`the world has no company "${id}"`);
  return { id, publicId: publicIdOf('company', id), name: company.name };
}

function authorOf(world: World, id: string): MessageRecord['author'] {
  const contact = world.contacts.find((one) => one.id === id);
  if (contact) return { publicId: publicIdOf('contact', id), name: contact.name, side: 'contact' };
  const staff = world.staff.find((one) => one.id === id);
  if (!staff) throw new Error(`the world has nobody called "${id}"`);
  return { publicId: publicIdOf('staff', id), name: staff.name, side: 'support' };
}

const party = (world: World, id: string, role: Party['role']): Party => {
  const { publicId, name } = authorOf(world, id);
  return { id, publicId, name, role };
};

export const publicEvents = (ticket: KeptTicket): KeptEvent[] => ticket.events.filter(({ kind }) => kind !== 'note');

/** How many follow-ups of a ticket are told. */
const mostFollowUps = 20;

/** What a ticket says of itself when another one is tied to it. */
const linked = (world: World, ticket: KeptTicket): LinkedTicket => ({
  account: world.account,
  inbox: ticket.inbox,
  deleted: ticket.deleted,
  publicId: ticket.publicId,
  number: ticket.number,
  subject: ticket.subject,
  parties: [
    party(world, ticket.requester, 'requester'),
    ...ticket.contacts.map((id) => party(world, id, 'contact')),
    ...ticket.participants.map((id) => party(world, id, 'participant')),
  ],
  // In the order of the world, whichever was tied to the ticket first: as a server has them.
  companies: world.companies.filter(({ id }) => ticket.companies.includes(id)).map(({ id }) => companyOf(world, id)),
});

/**
 * The ticket, with the read mark and the rating of one contact.
 *
 * @param tickets those among which it may have follow-ups; a list tells of none
 */
export function toTicketRecord(
  world: World,
  ticket: KeptTicket,
  language: Language,
  reader: string | null,
  tickets: ReadonlyMap<string, KeptTicket> = new Map(),
): TicketRecord {
  const events = publicEvents(ticket);
  const [first, last] = [events.at(0), events.at(-1)];
  const earlier = tickets.get(ticket.followUpOf ?? '');
  if (!first || !last) throw new Error(`ticket ${ticket.number} has no message`);
  return {
    ...linked(world, ticket),
    status: statusOf(world, ticket.status, language),
    createdAt: first.at,
    updatedAt: last.at,
    lastContact: world.contacts.some(({ id }) => id === last.author) ? last.author : null,
    readAt: (reader !== null && ticket.readAt.get(reader)) || null,
    rating: (reader !== null && ticket.ratings.get(reader)) || null,
    properties: ticket.properties,
    followUpOf: earlier ? linked(world, earlier) : null,
    followUps: [...tickets.values()]
      .filter(({ followUpOf }) => followUpOf === ticket.publicId)
      .slice(-mostFollowUps)
      .map((one) => linked(world, one)),
  };
}

export const toMessageRecord = (world: World, event: KeptEvent, language: Language): MessageRecord => ({
  publicId: event.publicId,
  kind: event.kind === 'status' ? 'status' : 'message',
  internal: event.kind === 'note',
  createdAt: event.at,
  author: authorOf(world, event.author),
  text: event.text,
  html: event.html,
  status: event.status && {
    from: statusOf(world, event.status.from, language).label,
    to: statusOf(world, event.status.to, language).label,
  },
  attachments: event.files.map((file) => ({
    publicId: file.publicId,
    name: file.name,
    type: file.type,
    size: file.bytes.length,
    inline: file.contentId !== null,
    contentId: file.contentId,
  })),
});

/** The properties of tickets that customers see, with their labels. */
export const propertiesOf = ({ portal }: World, language: Language): TicketProperty[] =>
  (portal.propertyDefinitions ?? []).map(({ name, type, label, options }) => ({
    name,
    type,
    label: label[language],
    options: options?.map((option) => ({ value: option.value, label: option.label[language] })) ?? null,
  }));
