import type { PortalBackend } from '../../../src/backend/portal-backend.js';
import { defineTicketDetail } from '../../../src/elements/ticket-detail/define.js';
import type { Message } from '../../../src/model/index.js';
import { answers, ticketOf } from '../elements/tickets.js';
import { mailOf } from './mails.js';

/** What the bench has the page do. */
declare global {
  var prepareThread: () => Promise<void>;
  /** Shows a thread of so many HTML messages, and resolves when it has been painted. */
  var showThread: (count: number) => Promise<number>;
  /** Puts threads of 25 messages into the page and takes them out again, so often. */
  var cycle: (times: number) => Promise<void>;
}

const messages = (count: number): readonly Message[] =>
  Array.from({ length: count }, (_, place) => ({
    id: `m${place}`,
    kind: 'message',
    createdAt: new Date(Date.UTC(2026, 0, 5) + place * 60_000).toISOString(),
    author: {
      id: `p${place % 2}`,
      name: place % 2 ? 'Mia Lindqvist' : 'Alice Moreau',
      side: place % 2 ? 'support' : 'contact',
    },
    text: 'The text of the same.',
    html: mailOf(place),
    status: null,
    attachments: [],
  }));

const backendOf = (count: number): PortalBackend => {
  const detail = { ...ticketOf(1), actions: ['reply'] as const, participants: [], rating: null, readAt: null };
  return {
    session: async () => answers.session,
    portal: async () => answers.portal,
    listTickets: async () => ({ items: [], nextCursor: null }),
    getTicket: async () => detail,
    listMessages: async () => ({ items: messages(count), nextCursor: null, previousCursor: null }),
    reply: () => Promise.reject(new Error('not asked for')),
    subscribe: async () => {},
  };
};

const frames = async (count: number) => {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
};

async function mount(backend: PortalBackend) {
  const element = document.createElement('ticket-detail');
  element.ticketId = 't1';
  element.backend = backend;
  document.body.append(element);
  while (!element.matches(':state(ready)')) await frames(1);
  await frames(2);
  return element;
}

/** Code that comes later is there before anything is measured. */
globalThis.prepareThread = async () => {
  defineTicketDetail();
  (await mount(backendOf(2))).remove();
};
globalThis.showThread = async (count) => {
  const element = await mount(backendOf(count));
  return element.shadowRoot!.querySelectorAll('[part=html]').length;
};
/** One for all: what elements with the same backend share stays as long as the page. */
const backend = backendOf(25);
globalThis.cycle = async (times) => {
  for (let time = 0; time < times; time++) (await mount(backend)).remove();
};
