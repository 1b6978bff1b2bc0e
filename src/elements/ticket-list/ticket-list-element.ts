import { html, nothing, type PropertyValues } from 'lit';

import { CommandController } from '../../controllers/command-controller.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { QueryController } from '../../controllers/query-controller.js';
import { PortalTicketSelectEvent } from '../../events/portal-ticket-select-event.js';
import type { Page, SignedInContact, Ticket } from '../../model/index.js';
import { base } from '../../styles/base.styles.js';
import { status } from '../../styles/status.styles.js';
import { isPlainClick, onPlainClick } from '../clicks.js';
import { PortalElement } from '../portal-element.js';
import {
  renderAsOf,
  renderFailure,
  renderHeading,
  renderStatus,
  renderTime,
  renderTurn,
  whyText,
} from '../templates.js';
import { readTickets } from './read-tickets.js';
import { list } from './ticket-list.styles.js';

const states = ['all', 'open', 'closed'] as const;

/**
 * Lists the tickets that the signed-in customer may see, with whose turn it is and why each is in the list.
 * Use it on a page of your own, where each link leads to `?ticket=ID`, or inside `<customer-portal>`.
 *
 * @fires {PortalTicketSelectEvent} portal-ticket-select - Somebody follows a ticket's link. Cancel it to open the ticket yourself.
 * @fires {PortalErrorEvent} portal-error - A request failed.
 *
 * @csspart heading - The heading of the list.
 * @csspart header - The top line, with the heading and the link to the form.
 * @csspart new - The link to the form, inside `<customer-portal>`.
 * @csspart button-primary - The main button.
 * @csspart filter - The group of buttons that choose which tickets are shown.
 * @csspart filter-button - One of these buttons.
 * @csspart as-of - Until when the list is complete, while the help desk behind the portal does not answer.
 * @csspart list - The list of rows.
 * @csspart row - One ticket.
 * @csspart row-unread - One ticket with something new in it.
 * @csspart subject - The link with the ticket's subject.
 * @csspart number - The number of a ticket.
 * @csspart meta - The line with number, requester and reason.
 * @csspart why - Why the reader sees the ticket.
 * @csspart requester - Who asked, when it is somebody else.
 * @csspart unread - The word that says that something is new.
 * @csspart status - The status of a ticket, with its shape.
 * @csspart status-open - The same, when support has to act.
 * @csspart status-waiting-on-contact - The same, when the customer has to act.
 * @csspart status-closed - The same, when nobody has to act.
 * @csspart state - Whose turn it is, and the status.
 * @csspart turn - The mark "Your turn".
 * @csspart time - When a ticket was last updated.
 * @csspart more - The button that loads further tickets.
 * @csspart empty - What is said instead of rows when there are none.
 * @csspart show-all - The button that drops the filter when nothing matches it.
 * @csspart signed-out - What is said when nobody is signed in.
 *
 * @cssprop [--portal-color-turn=var(--portal-color-accent)] - Behind the mark "Your turn".
 * @cssprop [--portal-color-on-turn=var(--portal-color-on-accent)] - Text of that mark.
 * @cssprop [--portal-turn-radius=1em] - Corners of that mark.
 * @cssprop [--portal-color-warning=#b45309] - Says that what is shown may be old.
 * @cssprop [--portal-color-unread=color-mix(in oklab, var(--portal-color-accent) 60%, currentColor)] - The mark of what is new.
 * @cssprop [--portal-color-current=color-mix(in oklab, var(--portal-color-accent) 12%, transparent)] - Behind the ticket that is open beside the list.
 * @cssprop [--portal-row-padding=8px] - Space above and below the text of a row.
 * @cssprop [--portal-row-gap=20px] - Space between the columns of a row.
 *
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate empty - There are no tickets at all.
 * @cssstate no-match - There are none that match the filter.
 * @cssstate ready - Rows are shown.
 */
export class TicketListElement extends PortalElement {
  static override styles = [base, status, list];
  static override properties = { state: { reflect: true } };

  /** Shows only tickets that are open, or only those that are closed. */
  state: 'all' | 'open' | 'closed' = 'all';

  readonly #tickets = new QueryController<[TicketListElement['state']], Page<Ticket>>(this, {
    args: () => [this.state],
    ask: async (backend, [state], options, last) => {
      const sameState = state === this.#shownState;
      const page = await readTickets(backend, state, options, sameState ? last?.items.length : 0);
      this.#shownState = state;
      if (!sameState && last) this.#announceCount(page);
      return page;
    },
  });
  readonly #more = new CommandController(this, this.portal);
  #shownState: TicketListElement['state'] | undefined;
  #focused: string | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#focused = this.#focusedNow;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // The focus goes along with its ticket to another row.
    if (this.#focused && this.#focused !== this.#focusedNow) this.focusTicket(this.#focused);
  }

  get #focusedNow(): string | undefined {
    return (this.shadowRoot?.activeElement as HTMLElement | null)?.dataset.ticket;
  }

  /** Asks for the tickets again; the rows stay until the answer is there. */
  refresh(): Promise<void> {
    return this.#tickets.refresh();
  }

  /**
   * Focuses the link of a ticket, or the heading when the ticket is not in the list.
   * @param ticketId The id of the ticket, as in the event `portal-ticket-select`.
   */
  focusTicket(ticketId: string): void {
    const links = [...this.renderRoot.querySelectorAll<HTMLElement>('[part=subject]')];
    const link = links.find((candidate) => candidate.dataset.ticket === ticketId);
    if (link) link.focus();
    else this.focus();
  }

  protected override renderFor(client: PortalClient, contact: SignedInContact | null): unknown {
    if (!contact) return this.as('signed-out', html`<p part="signed-out">${this.t('list.signed-out')}</p>`);
    return html`<div class="bar" part="header">
        ${renderHeading(this.headingLevel, this.t('list.heading'))} ${this.#renderNew(client)}
      </div>
      <div part="filter" role="group" aria-label=${this.t('list.show')}>
        ${states.map(
          (state) => html`<button part="filter-button" type="button" aria-pressed=${state === this.state}
            @click=${() => this.#handleFilter(state)}>${this.t(`list.${state}`)}</button>`,
        )}
      </div>
      ${this.#renderAnswer(contact)}`;
  }

  #renderNew(client: PortalClient): unknown {
    const route = this.route.value;
    if (!route || !client.supports('createTicket')) return nothing;
    return html`<a part="button button-primary new" href=${route.href('new')} @click=${onPlainClick(() => route.go('new'))}>${this.t('list.new')}</a>`;
  }

  #renderAnswer(contact: SignedInContact): unknown {
    const { value, error } = this.#tickets;
    const retry = () => void this.refresh();
    if (!value) return error ? this.renderFailed(error, retry) : this.renderSkeleton();
    const failure = error ? renderFailure(this.t, error, retry) : nothing;
    const asOf = renderAsOf(this.t, this.localize.locale, value.asOf);
    if (!value.items.length) return [failure, asOf, this.#renderNone()];
    return this.as(
      'ready',
      html`${failure}${asOf}
        <ul part="list" role="list" aria-busy=${this.state !== this.#shownState}>
          ${value.items.map((ticket) => this.#renderRow(ticket, contact))}
        </ul>
        ${this.#renderMore(value)}`,
    );
  }

  #renderNone(): unknown {
    if (this.#shownState === 'all') return this.as('empty', html`<p part="empty">${this.t('list.empty')}</p>`);
    return this.as(
      'no-match',
      html`<div class="stack" part="empty">
        <p>${this.t('list.no-match')}</p>
        <button part="button show-all" type="button" @click=${() => this.#handleFilter('all')}>${this.t('list.show-all')}</button>
      </div>`,
    );
  }

  #renderRow(ticket: Ticket, contact: SignedInContact): unknown {
    const { id, number, subject, requester, unread, updatedAt } = ticket;
    const href = this.route.value?.href(id) ?? new URL(`?ticket=${encodeURIComponent(id)}`, location.href).href;
    return html`<li part=${unread ? 'row row-unread' : 'row'}>
      <div role="heading" aria-level=${this.headingLevel + 1}>
        <a part="subject" href=${href} data-ticket=${id} aria-current=${this.route.value?.place === id || nothing} dir="auto" @click=${this.#handleSelect}>${subject}</a>
      </div>
      <p class="meta" part="meta">
        ${unread ? html`<b part="unread">${this.t('list.unread')}</b> · ` : nothing}<bdi part="number">${`#${number}`}</bdi>
        ${requester.id === contact.id ? nothing : html` · <bdi part="requester">${requester.name}</bdi>`} · <span part="why">${whyText(this.t, ticket.why)}</span>
      </p>
      <p part="state">${renderTurn(this.t, ticket)} ${renderStatus(ticket.status)}</p>
      <p class="meta when">${renderTime(this.localize.locale, updatedAt)}</p>
    </li>`;
  }

  #renderMore({ nextCursor }: Page<Ticket>): unknown {
    const { pending, error } = this.#more;
    if (!nextCursor) return nothing;
    if (error) return renderFailure(this.t, error, this.#handleMore);
    return html`<button part="button more" type="button" aria-disabled=${pending} @click=${this.#handleMore}>
      ${this.t(pending ? 'loading' : 'list.more')}
    </button>`;
  }

  /** Nobody waits for it: its code comes when it is first needed. */
  #announceCount({ items }: Page<Ticket>): void {
    const text = this.t('list.count', { count: items.length });
    const { locale } = this.localize;
    import('../../controllers/announcer.js').then(
      ({ announce }) => announce(text, locale),
      () => {},
    );
  }

  #handleFilter(state: TicketListElement['state']): void {
    this.state = state;
    this.#more.reset();
  }

  readonly #handleSelect = (event: MouseEvent): void => {
    if (!isPlainClick(event)) return;
    const id = (event.currentTarget as HTMLElement).dataset.ticket ?? '';
    const refused = !this.dispatchEvent(new PortalTicketSelectEvent(id));
    const route = this.route.value;
    if (refused || route) event.preventDefault();
    if (!refused) route?.go(id);
  };

  readonly #handleMore = async (): Promise<void> => {
    const { client } = this.portal;
    const { state } = this;
    await this.#more.run(async () => {
      const { locale } = this.localize;
      for (let before = this.#tickets.value; client && before?.nextCursor; before = this.#tickets.value) {
        const page = await client.backend.listTickets({ state, cursor: before.nextCursor }, { locale });
        // Another filter was faster; its rows stand.
        if (this.state !== state) return;
        // So was a refresh: the page goes on from its rows.
        if (this.#tickets.value !== before) continue;
        const all = { items: [...before.items, ...page.items], nextCursor: page.nextCursor, asOf: page.asOf };
        this.#tickets.patch(all);
        this.#announceCount(all);
        await this.updateComplete;
        return this.focusTicket(page.items[0]?.id ?? '');
      }
    });
  };
}
