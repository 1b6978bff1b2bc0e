import type { PortalBackend } from '../../../backend/portal-backend.js';
import type { Status, Ticket } from '../../../model/index.js';
import { defineCustomerPortal } from '../../customer-portal/define.js';
import type { SetupTranslate } from '../words.js';

/** What the samples of a brand show: a real portal, in which nothing can be done. Loaded with the preview alone. */

const nothingThere = (): Promise<never> => new Promise<never>(() => {});

export function sampleBackend(t: SetupTranslate, name: string): PortalBackend {
  defineCustomerPortal();
  const statuses: readonly Status[] = [
    { id: 'waiting', category: 'waiting_on_contact', label: t('brand.sample-waiting') },
    { id: 'done', category: 'closed', label: t('brand.sample-done') },
  ];
  const [waiting, done] = statuses as readonly [Status, Status];
  const contact = { id: 'sample', name: 'Alex Kim', email: 'alex@example.com', locale: 'en', company: null };
  const ticket = (number: number, subject: string, status: Status, hours: number): Ticket => {
    const at = new Date(Date.now() - hours * 3_600_000).toISOString();
    return {
      id: `${number}`,
      number,
      subject,
      status,
      turn: status === waiting ? 'contact' : null,
      requester: contact,
      company: null,
      createdAt: at,
      updatedAt: at,
      unread: status === waiting,
      snippet: null,
      properties: {},
      why: { relation: 'requester', company: null, condition: null },
    };
  };
  const items = [ticket(128, t('brand.sample-first'), waiting, 2), ticket(117, t('brand.sample-second'), done, 90)];
  return {
    session: async () => ({ contact, permission: 'own', expiresAt: null, draftKey: null }),
    portal: async () => ({
      name,
      slug: 'sample',
      locale: 'en',
      locales: ['en'],
      signIn: ['password'],
      features: ['createTicket'],
      forms: [],
      statuses,
      words: { ticket: null },
      limits: { attachmentBytes: 0, attachmentsPerMessage: 0, messageLength: 10_000 },
    }),
    listTickets: async () => ({ items, nextCursor: null }),
    getTicket: nothingThere,
    listMessages: nothingThere,
    createTicket: nothingThere,
  };
}
