import type { PortalBackend } from '../../../backend/portal-backend.js';
import type { Status, Ticket, TicketProperty, TicketQuery } from '../../../model/index.js';
import { defineTicketList } from '../../ticket-list/define.js';
import type { SetupTranslate } from '../words.js';
import { type PreviewPortal, nothingThere, previewPortal } from './preview-portal.js';
import type { PropertyDraft } from './properties-section.js';

/** What the preview of the list shows: tickets that are made up, of a portal that is only in this page. */

/** Any days: the same in every picture. */
const days = ['2026-03-02', '2026-02-17', '2026-02-05'];
const numbers = ['12.5', '3', '40'];
const texts = ['TF-1042', 'TF-0987', 'TF-1130'];

/** What the ticket at this place has of a property. */
function valueOf({ type, options }: PropertyDraft, at: number): string {
  switch (type) {
    case 'choice':
      return String(at % Math.max(1, options.length));
    case 'number':
      return numbers[at] ?? '';
    case 'date':
      return days[at] ?? '';
    case 'boolean':
      return String(at !== 1);
    default:
      return texts[at] ?? '';
  }
}

/** Columns go by their place: while they are written, names are missing, and two may be the same. */
function toProperty({ type, label, options }: PropertyDraft, at: number, language: string): TicketProperty {
  const said = (words: PropertyDraft['label']) => words[language]?.trim() || '…';
  return {
    name: String(at),
    type: type as TicketProperty['type'],
    label: said(label),
    options: type === 'choice' ? options.map((one, place) => ({ value: String(place), label: said(one.label) })) : null,
  };
}

function isWithin(value: string, asked: string, type: TicketProperty['type']): boolean {
  if (type === 'text') return value.toLowerCase().includes(asked.toLowerCase());
  if (type !== 'number' && type !== 'date') return value === asked;
  const place = (one: string) => (type === 'number' ? Number(one) : Date.parse(one));
  const [from = '', to = ''] = asked.split('..');
  return (from === '' || place(from) <= place(value)) && (to === '' || place(value) <= place(to));
}

/** All are the reader's own. The filters of the list work, as what customers do with a column is part of what is set up. */
const isAsked = (ticket: Ticket, columns: readonly PropertyDraft[], query: TicketQuery): boolean =>
  (query.state === undefined ||
    query.state === 'all' ||
    (query.state === 'closed') === (ticket.status.category === 'closed')) &&
  query.scope !== 'participating' &&
  (query.turn === undefined || query.turn === ticket.turn) &&
  `#${ticket.number} ${ticket.subject}`.toLowerCase().includes((query.q ?? '').toLowerCase()) &&
  Object.entries(query.properties ?? {}).every(([name, asked]) => {
    const type = columns[Number(name)]?.type ?? 'none';
    return type !== 'none' && isWithin(ticket.properties[name] ?? '', asked, type);
  });

/** @param rows the properties as they are being set up, whenever they are asked for */
export function createListSample(t: SetupTranslate, rows: () => readonly PropertyDraft[]): PortalBackend {
  defineTicketList();
  const columns = () => rows().filter(({ type }) => type !== 'none');
  const contact = { id: 'preview', name: '', email: '', locale: 'en', company: null };
  const waiting: Status = { id: 'waiting', category: 'waiting_on_contact', label: t('brand.sample-waiting') };
  const done: Status = { id: 'done', category: 'closed', label: t('brand.sample-done') };
  const ticket = (at: number, number: number, subject: string, status: Status): Ticket => ({
    id: String(number),
    number,
    subject,
    status,
    turn: status === waiting ? 'contact' : null,
    requester: contact,
    company: null,
    createdAt: `${days[at]}T09:00:00.000Z`,
    updatedAt: `${days[at]}T15:00:00.000Z`,
    unread: false,
    snippet: null,
    get properties() {
      return Object.fromEntries(columns().map((column, place) => [String(place), valueOf(column, at)]));
    },
    why: { relation: 'requester', company: null, condition: null },
  });
  const tickets = [
    ticket(0, 128, t('brand.sample-first'), waiting),
    ticket(1, 117, t('brand.sample-second'), done),
    ticket(2, 109, t('definitions.sample'), done),
  ];
  const portal = (language: string): PreviewPortal => ({
    ...previewPortal(language),
    get properties() {
      return columns().map((column, at) => toProperty(column, at, language));
    },
  });
  return {
    session: async () => ({ contact, permission: 'own', expiresAt: null, draftKey: null }),
    portal: async ({ locale = 'en' } = {}) => portal(locale),
    listTickets: async (query = {}) => {
      const [by, sign] =
        query.sort?.startsWith('-') === false ? [query.sort, 1] : [query.sort?.slice(1) ?? 'updated', -1];
      const key = (one: Ticket) => (by === 'status' ? Number(one.status === done) : one.number);
      const items = tickets.filter((one) => isAsked(one, columns(), query));
      return { items: items.toSorted((one, other) => sign * (key(one) - key(other))), nextCursor: null };
    },
    getTicket: nothingThere,
    listMessages: nothingThere,
  };
}
