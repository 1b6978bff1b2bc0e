import { html } from 'lit';

import type { PortalBackend } from '../../../backend/portal-backend.js';
import { LatePart } from '../../late-part.js';
import type { SupportFormElement } from '../../support-form/support-form-element.js';
import { renderSkeleton } from '../../templates.js';
import type { RoomHost } from '../room.js';
import { type PreviewPortal, nothingThere, previewPortal } from './preview-portal.js';

type TicketDetail = Awaited<ReturnType<PortalBackend['getTicket']>>;
type Asks = Pick<PreviewPortal, 'forms' | 'properties'>;

const nobody = { id: 'preview', name: '' };
const aDay = '2026-03-02T09:00:00.000Z';

/** What is thanked for. */
const ticket: TicketDetail = {
  id: 'preview',
  number: 1042,
  subject: '',
  status: { id: 'open', category: 'open', label: '' },
  turn: 'support',
  requester: nobody,
  company: null,
  createdAt: aDay,
  updatedAt: aDay,
  unread: false,
  snippet: null,
  properties: {},
  why: { relation: 'requester', company: null, condition: null },
  actions: [],
  participants: [],
  rating: null,
  readAt: null,
};

/** A portal that is only in this page: it asks as it is being set up, and keeps nothing that is sent. */
function createPreviewBackend(asks: (language: string) => Asks): PortalBackend {
  const portal = (language: string): PreviewPortal => ({
    ...previewPortal(language),
    features: ['createTicket'],
    // As it is at this moment, whenever it is asked for.
    get forms() {
      return asks(language).forms;
    },
    get properties() {
      return asks(language).properties;
    },
  });
  return {
    session: async () => ({
      contact: { ...nobody, email: '', locale: 'en', company: null },
      permission: 'own',
      expiresAt: null,
      draftKey: null,
    }),
    portal: async ({ locale = 'en' } = {}) => portal(locale),
    listTickets: async () => ({ items: [], nextCursor: null }),
    getTicket: nothingThere,
    listMessages: nothingThere,
    createTicket: async () => ticket,
  };
}

const quiet = (event: Event): void => event.stopPropagation();

/** The form itself, as customers see it. Its code comes with it. */
export class FormPreview {
  readonly #host: RoomHost;
  readonly #form: LatePart<SupportFormElement>;

  /** @param asks what is set up, in a language */
  constructor(host: RoomHost, asks: (language: string) => Asks) {
    this.#host = host;
    this.#form = new LatePart(host, async () => {
      const { defineSupportForm } = await import('../../support-form/define.js');
      defineSupportForm();
      const form = document.createElement('support-form');
      form.backend = createPreviewBackend(asks);
      form.headingLevel = host.headingLevel + 2;
      return form;
    });
    void this.#form.load();
  }

  render(language: string): unknown {
    const form = this.#form.value;
    if (!form) return renderSkeleton(this.#host.t('loading'));
    // Nothing is sent, so nobody is to hear that something was.
    return html`<div part="form-preview" lang=${language} @portal-ticket-created=${quiet} @portal-error=${quiet}>${form}</div>`;
  }

  /** Something else is asked now. */
  refresh(): void {
    this.#form.value?.requestUpdate();
  }

  leave(): void {
    this.#form.value?.remove();
  }
}
