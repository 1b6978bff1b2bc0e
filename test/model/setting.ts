import { statuses } from '../../src/world/statuses.js';
import type { World } from '../../src/world/world.js';
import type { Permission, Settings } from './rules.js';

/** A world of the model in numbers: people, companies and tickets are named by their place. */

export interface Person {
  /** The primary one first, unless `primary` is `null`. */
  readonly companies: readonly number[];
  readonly primary: number | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly verified: boolean;
  /** In the access group. */
  readonly member: boolean;
}

export interface Said {
  /** A person, or `null` for support. */
  readonly by: number | null;
  readonly note: boolean;
  readonly text: string;
}

export interface Parties {
  readonly contacts: readonly number[];
  readonly participants: readonly number[];
  readonly companies: readonly number[];
}

export interface SeededTicket extends Parties {
  readonly requester: number;
  readonly status: number;
  readonly inbox: number;
  readonly deleted: boolean;
  readonly subject: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Hours before the world begins; what was said follows minute by minute. */
  readonly age: number;
  /** The first is the requester's. */
  readonly said: readonly Said[];
  readonly readBy: readonly number[];
}

export interface Setting {
  readonly companies: number;
  readonly people: readonly Person[];
  readonly tickets: readonly SeededTicket[];
  readonly permission: Permission;
  readonly actions: Settings;
}

export const companyNames = ['Acme', 'Globex', 'Initech'];
export const inboxes = ['support', 'billing', 'attic'];
/** The others are not in the portal. */
export const shownInboxes = 2;
export const firstNumber = 101;
export const staffName = 'Sam';
const label = (en: string) => ({ en, pl: en });
/** Tickets have `cost` as well, which nobody is shown. */
const propertyDefinitions: NonNullable<World['portal']['propertyDefinitions']> = [
  {
    name: 'product',
    type: 'choice',
    label: label('Product'),
    options: ['Dial', 'Hub'].map((value) => ({ value, label: label(value) })),
  },
  { name: 'units', type: 'number', label: label('Units'), options: null },
];
export { statuses };

export const personName = (person: number) => `Person ${person}`;
export const personId = (person: number) => `p${person}`;
export const companyId = (company: number) => `c${company}`;
const staffId = 'sam';

/**
 * The setting as a world of the demo's kind. Ids are the same in every world: what keeps two accounts apart must be the
 * account.
 *
 * @param name of account and portal
 */
export function toWorld(name: string, { people, companies, tickets, permission, actions }: Setting): World {
  const many = (all: readonly number[], id: (one: number) => string) => all.map(id);
  return {
    account: name.padEnd(22, '-'),
    password: 'portico-model-2026',
    portal: {
      slug: name,
      name: 'Model',
      locale: 'en',
      locales: ['en'],
      permission: permission as World['portal']['permission'],
      actions,
      inboxes: inboxes.slice(0, shownInboxes),
      properties: propertyDefinitions.map(({ name: property }) => property),
      propertyDefinitions,
    },
    inboxes: inboxes.map((id) => ({ id, name: id })),
    statuses,
    companies: companyNames.slice(0, companies).map((label, at) => ({ id: companyId(at), name: label })),
    contacts: people.map((person, at) => ({
      id: personId(at),
      name: personName(at),
      email: `${personId(at)}@example.com`,
      locale: 'en',
      companies: many(person.companies, companyId),
      primaryCompany: person.primary === null ? null : companyId(person.primary),
      properties: person.properties,
      enabled: person.enabled,
      verified: person.verified,
      hint: { en: '', pl: '' },
    })),
    staff: [{ id: staffId, name: staffName }],
    accessGroup: {
      name: 'Customers',
      members: people.flatMap(({ member }, at) => (member ? [personId(at)] : [])),
    },
    tickets: tickets.map((ticket, at) => ({
      id: `t${at}`,
      number: firstNumber + at,
      inbox: inboxes[ticket.inbox] ?? '',
      subject: ticket.subject,
      status: statuses[ticket.status]?.id ?? '',
      requester: personId(ticket.requester),
      contacts: many(ticket.contacts, personId),
      participants: many(ticket.participants, personId),
      companies: many(ticket.companies, companyId),
      deleted: ticket.deleted,
      properties: { ...ticket.properties, cost: 'ours' },
      messages: ticket.said.map(({ by, note, text }, place) => ({
        id: `m${at}-${place}`,
        kind: note ? 'note' : 'public',
        author: by === null ? staffId : personId(by),
        minutesAgo: ticket.age * 60 - place,
        text,
      })),
      readBy: many(ticket.readBy, personId),
    })),
  };
}

/** A contact has one role in a ticket. */
export function apart(requester: number, contacts: readonly number[], participants: readonly number[]) {
  const others = contacts.filter((one) => one !== requester);
  return {
    contacts: others,
    participants: participants.filter((one) => one !== requester && !others.includes(one)),
  };
}
