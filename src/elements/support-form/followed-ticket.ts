import { html, nothing } from 'lit';

import { followedBy } from '../../context/follow-up-place.js';
import { QueryController } from '../../controllers/query-controller.js';
import type { TicketDetail } from '../../model/index.js';
import { onPlainClick } from '../clicks.js';
import type { SupportFormElement } from './support-form-element.js';

/** The earlier ticket that a new one goes on with: named by the page, or by the place in the portal. */
export class FollowedTicket {
  readonly #host: SupportFormElement;
  readonly #ticket: QueryController<[string], TicketDetail>;

  constructor(host: SupportFormElement) {
    this.#host = host;
    this.#ticket = new QueryController<[string], TicketDetail>(host, {
      args: () => (this.named ? [this.named] : null),
      about: () => this.named,
      keep: ([id]) => `ticket:${id}`,
      ask: (backend, [id], options) => backend.getTicket(id, options),
    });
  }

  /** Its id, to be sent along; empty for none, and for one that this contact does not have. */
  get id(): string {
    const { error, value } = this.#ticket;
    // A portal that knows of no follow-ups would refuse what it does not know.
    return error?.code === 'not-found' || (value && !value.followUps) ? '' : this.named;
  }

  /** Above the fields. Nothing while it is not known what it is called. */
  render(): unknown {
    const { value } = this.#ticket;
    const { t } = this.#host.localize;
    const route = this.#host.way;
    if (!value || !this.id) return nothing;
    const name = html`<bdi>${`#${value.number}`}</bdi> <bdi>${value.subject}</bdi>`;
    return html`<p class="meta" part="followed">
      ${t('follow-up.of')}
      ${route ? html`<a href=${route.href(value.id)} @click=${onPlainClick(() => route.go(value.id))}>${name}</a>` : name}
    </p>`;
  }

  /** The id that was named, whether or not there is such a ticket for this contact. */
  get named(): string {
    return this.#host.followUp || followedBy(this.#host.way?.place ?? null);
  }
}
