import { html, nothing } from 'lit';

import type { PortalRoute } from '../../../context/route-context.js';
import type { TicketDetail } from '../../../model/index.js';
import words from '../../../i18n/en.detail.json';
import { addEnglish } from '../../../i18n/translate.js';
import type { TicketDetailElement } from '../ticket-detail-element.js';
import { Colleague } from './colleague.js';
import { Details } from './details.js';
import { renderOffer, renderTies } from './follow-ups.js';
import { propertyFields } from '../../property-fields.styles.js';
import { more } from './more.styles.js';
import { renderPeople } from './people.js';
import { Rating } from './rating.js';
import { addStyles } from '../../late-styles.js';

addEnglish(words);

/** What else may be done with a ticket, beside reading and writing in it. */
export class More {
  readonly #host: TicketDetailElement;
  readonly #changed: (ticket: TicketDetail) => void;
  #whose = '';
  #colleague: Colleague | undefined;
  #details: Details | undefined;
  #rating: Rating | undefined;

  /** @param changed the ticket is another one now */
  constructor(host: TicketDetailElement, changed: (ticket: TicketDetail) => void) {
    this.#host = host;
    this.#changed = changed;
    addStyles(host, propertyFields, more);
  }

  /** Below the subject. */
  renderHead(ticket: TicketDetail, route: PortalRoute | undefined): unknown {
    const { t, locale } = this.#host.localize;
    const reader = this.#host.portal.client?.contact?.id;
    this.#begin(`${reader} ${ticket.id}`, ticket.id);
    const [details, colleague] = [this.#details, this.#colleague];
    const buttons = [details?.renderButton(ticket), colleague?.renderButton(ticket)];
    return html`${details?.render(ticket)} ${renderPeople(t, locale, ticket, reader)}
      ${buttons.some((button) => button !== nothing) ? html`<div part="changes" class="bar">${buttons}</div>` : nothing}
      ${colleague?.renderForm(ticket)} ${renderTies(t, ticket, route)}`;
  }

  /** Below the reply box. */
  renderLast(ticket: TicketDetail, route: PortalRoute | undefined): unknown {
    const { portal, localize } = this.#host;
    return portal.client?.supports('createTicket') ? renderOffer(localize.t, ticket, route) : nothing;
  }

  /** Below the thread. */
  renderBelow(ticket: TicketDetail): unknown {
    return this.#rating?.render(ticket);
  }

  /** What is chosen and written is of one ticket and one reader. */
  #begin(whose: string, id: string): void {
    if (whose === this.#whose) return;
    this.#whose = whose;
    for (const part of [this.#details, this.#colleague, this.#rating]) part?.leave();
    this.#details = new Details(this.#host, id, this.#changed);
    this.#colleague = new Colleague(this.#host, id, this.#changed);
    this.#rating = new Rating(this.#host, id, this.#changed);
  }
}
