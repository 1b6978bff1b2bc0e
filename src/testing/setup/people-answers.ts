import { BackendError } from '../../backend/backend-error.js';
import type {
  Company,
  Contact,
  ContactProperty,
  Invitation,
  InvitingLine,
  PeopleBackend,
  SeenTicket,
} from '../../backend/setup/people-backend.js';

/** The people of a small company's customers: always the same, whatever is asked for. */

const id = (letter: string) => letter.repeat(22);

export const companies: readonly Company[] = [
  { id: id('k'), name: 'Acme', emailDomains: ['acme.example'], version: '1' },
  { id: id('g'), name: 'Globex', emailDomains: [], version: '1' },
];
const [acme, globex] = companies as [Company, Company];

export const contact: Contact = {
  id: id('c'),
  email: 'bob@acme.example',
  name: 'Bob Okafor',
  companies: [acme, globex].map(({ id: company, name }) => ({ id: company, name })),
  primaryCompany: acme.id,
  properties: { role: 'manager', seats: '24' },
  verified: true,
  accessGroups: ['Customers'],
  enabled: true,
  version: '1',
};

export const disabled: Contact = {
  ...contact,
  id: id('e'),
  email: 'eve@globex.example',
  name: 'Eve Lindqvist',
  companies: [],
  primaryCompany: null,
  properties: {},
  accessGroups: [],
  enabled: false,
};

export const properties: readonly ContactProperty[] = [
  {
    id: id('r'),
    name: 'role',
    label: 'Role',
    type: 'choice',
    options: ['buyer', 'engineer', 'manager'],
    portals: [{ slug: 'help', name: 'Tarnfield help' }],
  },
  { id: id('n'), name: 'seats', label: 'Seats', type: 'number', options: null, portals: [] },
  { id: id('u'), name: 'renewal', label: 'Renews on', type: 'date', options: null, portals: [] },
  { id: id('v'), name: 'vip', label: 'VIP', type: 'boolean', options: null, portals: [] },
];

const seen: readonly SeenTicket[] = [
  {
    id: id('1'),
    number: 1058,
    subject: 'Hub on the 3rd floor drops offline every night',
    status: { label: 'Open' },
    updatedAt: '2026-03-01T09:00:00.000Z',
    why: { relation: 'company', company: { id: acme.id, name: acme.name }, condition: null },
  },
  {
    id: id('2'),
    number: 1051,
    subject: 'Invoice for February',
    status: { label: 'Closed' },
    updatedAt: '2026-02-27T09:00:00.000Z',
    why: { relation: 'requester', company: null, condition: null },
  },
];

export const invitations: readonly Invitation[] = ['nora', 'otto'].map((name, at) => ({
  id: id(String(at)),
  email: `${name}@initech.example`,
  expiresAt: '2026-03-08T09:00:00.000Z',
  accessGroups: ['Customers'],
}));

function toLine(email: string): InvitingLine {
  if (!email.includes('@')) return { email, outcome: 'refused', code: 'malformed' };
  if (email === disabled.email) return { email, outcome: 'refused', code: 'disabled' };
  if (email === contact.email) return { email, outcome: 'member' };
  return { email, outcome: invitations.some((open) => open.email === email) ? 'open' : 'invited' };
}

const has = (q: string | undefined, ...texts: string[]) =>
  texts.some((text) => text.toLowerCase().includes(q?.toLowerCase() ?? ''));

function one<Item extends { readonly id: string }>(items: readonly Item[], asked: string): Item {
  const item = items.find((other) => other.id === asked);
  if (!item) throw new BackendError('not-found');
  return item;
}

export const peopleAnswers: PeopleBackend = {
  listContacts: async ({ q }) => ({
    items: [contact, disabled].filter(({ name, email }) => has(q, name, email)),
    nextCursor: null,
  }),
  getContact: async (asked) => one([contact, disabled], asked),
  createContact: async (input) => ({ ...disabled, ...input, id: contact.id, companies: [], enabled: true }),
  updateContact: async (asked, { enabled = true, name = contact.name }) => ({
    ...one([contact, disabled], asked),
    enabled,
    name,
  }),
  exportContact: async (asked) => ({ contact: one([contact, disabled], asked) }),
  eraseContact: async () => {},
  ticketsAs: async () => ({ items: seen, nextCursor: null }),
  importContacts: async () => ({
    lines: [
      { line: 2, email: 'pat@acme.example', outcome: 'created' },
      { line: 3, email: 'bob@acme.example', outcome: 'updated' },
      { line: 4, email: 'eve@globex.example', outcome: 'unchanged' },
      { line: 5, email: 'nobody', outcome: 'refused', code: 'email' },
    ],
    created: 1,
    updated: 1,
    refused: 1,
    companies: ['Initech'],
  }),

  listInvitations: async () => invitations,
  invite: async (_slug, { email }, accessGroups = ['Customers']) => ({
    ...(invitations[0] as Invitation),
    ...{ email, accessGroups },
  }),
  inviteMany: async (_slug, people) => people.map(({ email }) => toLine(email)),
  revokeInvitation: async () => {},
  listContactProperties: async () => [],
  addContactProperty: async (input) => ({ ...input, id: id('w'), portals: [] }),
  updateContactProperty: async (asked, change) => ({ ...one(properties, asked), ...change }),
  deleteContactProperty: async () => {},

  listCompanies: async ({ q }) => ({ items: companies.filter(({ name }) => has(q, name)), nextCursor: null }),
  getCompany: async (asked) => one(companies, asked),
  createCompany: async (input) => ({ ...input, id: acme.id, version: '1' }),
  updateCompany: async (asked, change) => ({ ...one(companies, asked), ...change }),
  deleteCompany: async () => {},
};
