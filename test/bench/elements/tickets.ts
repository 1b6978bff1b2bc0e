import type { Counts, Page, Portal, Ticket } from '../../../src/model/index.js';
import { portal, sessionOf } from '../../elements/fake-backend.js';

/** One page of what a list gets, in the shapes of the wire. */
export type TicketPage = Page<Ticket>;

export const alice = { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Alice Moreau' };

const idOf = (number: number): string => String(number).padStart(22, 'T');

export const ticketOf = (number: number, label = 'In progress'): Ticket => ({
  id: idOf(number),
  number,
  subject: `The thermostat in room ${number} shows a wrong temperature`,
  status: { id: 'open', category: 'open', label },
  turn: number % 3 === 0 ? 'contact' : 'support',
  requester: alice,
  company: null,
  createdAt: '2026-01-05T10:00:00.000Z',
  updatedAt: '2026-01-06T10:00:00.000Z',
  unread: number % 5 === 0,
  snippet: null,
  properties: {},
  why: { relation: 'requester', company: null, condition: null },
});

/** The newest `count` tickets of `newest`. */
export const pageOf = (count: number, newest = 1_000_000, nextCursor: string | null = null): TicketPage => ({
  items: Array.from({ length: count }, (_, index) => ticketOf(newest - index)),
  nextCursor,
  asOf: null,
});

/** What a portal answers, with all that ours can do: what is not offered costs nothing. */
export const answers = {
  session: { ...sessionOf(alice), contact: { ...alice, email: 'alice@acme.example', locale: 'en', company: null } },
  portal: {
    ...portal,
    connections: [],
    features: [
      ...portal.features,
      'counts',
      'preferences',
      'setPreferences',
      'exportTickets',
      'upload',
      'subscribe',
    ] as Portal['features'],
  },
  counts: {
    scopes: { all: 1000, mine: 420, participating: 3, company: [] },
    states: { open: 400, closed: 1000 },
    statuses: { open: 400 },
    requesters: [],
    unread: 84,
  } satisfies Counts,
};
