import type { PortalBackend } from '../../src/backend/portal-backend.js';
import type { Attachment, Message, Portal, Session, Ticket, TicketDetail } from '../../src/model/index.js';

/** Answers by hand, for the states that a real backend does not come into when it is asked to. */

export const alice = { id: 'alice', name: 'Alice Moreau' };
const acme = { id: 'acme', name: 'Acme' };

export const signedOut: Session = { contact: null, permission: null, expiresAt: null, draftKey: null };

export const sessionOf = (person: { id: string; name: string }): Session => ({
  contact: { ...person, email: `${person.id}@acme.example`, locale: 'en', company: acme },
  permission: 'own',
  expiresAt: null,
  draftKey: null,
});

export const portal: Portal = {
  name: 'Support',
  slug: 'help',
  locale: 'en',
  locales: ['en', 'pl'],
  signIn: ['password'],
  features: ['signIn', 'signOut', 'createTicket', 'reply', 'close', 'reopen', 'markRead', 'download'],
  forms: [],
  statuses: [],
  words: { ticket: null },
  limits: { attachmentBytes: 1000, attachmentsPerMessage: 1, messageLength: 100 },
};

export const ticketOf = (changes: Partial<TicketDetail> = {}): TicketDetail => ({
  id: 't1',
  number: 1042,
  subject: 'The hub is silent',
  status: { id: 'open', category: 'open', label: 'In progress' },
  turn: 'support',
  requester: alice,
  company: acme,
  createdAt: '2026-01-05T10:00:00.000Z',
  updatedAt: '2026-01-06T10:00:00.000Z',
  unread: false,
  snippet: null,
  properties: {},
  why: { relation: 'requester', company: null, condition: null },
  actions: ['reply'],
  participants: [],
  rating: null,
  readAt: null,
  ...changes,
});

/** Tickets with ids and subjects counted from `from`. */
export const ticketsOf = (count: number, from = 1): Ticket[] =>
  Array.from({ length: count }, (_, index) =>
    ticketOf({ id: `t${from + index}`, number: 1000 + from + index, subject: `Question ${from + index}` }),
  );

export const messageOf = (changes: Partial<Message> = {}): Message => ({
  id: 'm1',
  kind: 'message',
  createdAt: '2026-01-05T10:00:00.000Z',
  author: { ...alice, side: 'contact' },
  text: 'It is silent since Monday.',
  html: null,
  status: null,
  attachments: [],
  ...changes,
});

export const log: Attachment = {
  id: 'f1',
  name: 'hub.log',
  type: 'text/plain',
  size: 2048,
  inline: false,
  contentId: null,
};

/** Alice is signed in and has one ticket with one message; `changes` says what is different. */
export const fakeBackend = (changes: Partial<PortalBackend> = {}): PortalBackend => ({
  session: async () => sessionOf(alice),
  portal: async () => portal,
  listTickets: async () => ({ items: [ticketOf()], nextCursor: null }),
  getTicket: async (id) => ticketOf({ id }),
  listMessages: async () => ({ items: [messageOf()], nextCursor: null, previousCursor: null }),
  signIn: async () => sessionOf(alice),
  signOut: async () => {},
  createTicket: async ({ subject }) => ticketOf({ id: 'new1', number: 1043, subject }),
  reply: async (_id, { body }) => messageOf({ id: 'm2', text: body }),
  markRead: async () => {},
  download: async () => new Blob(['log']),
  ...changes,
});
