import { html, nothing, type PropertyValues } from 'lit';

import type { BackendError } from '../../backend/backend-error.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { QueryController } from '../../controllers/query-controller.js';
import { PortalTicketSelectEvent } from '../../events/portal-ticket-select-event.js';
import { prepareTimes } from '../../i18n/format.js';
import type { Page, SignedInContact, Ticket } from '../../model/index.js';
import { base } from '../../styles/base.styles.js';
import { status } from '../../styles/status.styles.js';
import { isPlainClick } from '../clicks.js';
import { LatePart } from '../late-part.js';
import { PortalElement } from '../portal-element.js';
import { renderAsOf, renderFailure, renderHeading, renderKept } from '../templates.js';
import { Columns } from './columns.js';
import { focusedTicket } from './focused-ticket.js';
import { ListAddress } from './list-address.js';
import { everything, isNarrowed, type ListQuery } from './list-query.js';
import { renderEmpty, renderMore, renderNew, renderOnlyError, renderRows, renderSignedOut } from './list-view.js';
import { readTickets } from './read-tickets.js';
import type { RenderRow } from './render-row.js';
import type { RowContext } from './rows.js';
import type { ListTools } from './tools/list-tools.js';
import { list } from './ticket-list.styles.js';

/** With more rows, only those near what is seen are in the page. */
const many = 200;

/**
 * Lists the tickets that the signed-in customer may see, with whose turn it is and why each is in the list; with search,
 * filters, order and columns of the reader's choice.
 * Use it on a page of your own, where each link leads to `?ticket=ID`, or inside `<customer-portal>`.
 *
 * @fires {PortalTicketSelectEvent} portal-ticket-select - Somebody follows a ticket's link. Cancel it to open the ticket yourself.
 * @fires {PortalErrorEvent} portal-error - A request failed.
 *
 * @slot header - In the place of the heading, above the list.
 * @slot empty - In the place of what is said when there are no tickets at all, and of the link to the form there.
 * @slot no-match - In the place of what is said when none matches what was chosen; the button that shows all stays.
 * @slot signed-out - In the place of what is said when nobody is signed in.
 * @slot error - In the place of what is said when there is nothing to show but an error, and of the button that tries again:
 *   what has `data-retry` in it does that when it is pressed, and so does `refresh()`.
 * @slot row - A `<template>`: every row is a copy of it, a child of `<ticket-list>` that the page's style sheets reach. In it
 *   `data-field` names what the text of an element is: `subject`, `number`, `requester`, `company`, `status`, `turn`, `created`,
 *   `updated`, `unread`, `why`, `snippet` or `property:<name>`; an `<a>` without an `href` leads to the ticket. Each copy has
 *   `data-status`, `data-turn`, and where it is so `data-unread` and `data-open`.
 *
 * @csspart heading - The heading of the list.
 * @csspart header - The top line, with the heading and the link to the form.
 * @csspart new - The link to the form, inside `<customer-portal>`.
 * @csspart button-primary - The main button.
 * @csspart tools - Everything that chooses which tickets are shown, and how.
 * @csspart line - The line of it that is always there.
 * @csspart scope - The choice whose tickets are shown.
 * @csspart filter - The group of buttons for open and closed tickets.
 * @csspart filter-button - One of these buttons.
 * @csspart count - How many tickets a choice has.
 * @csspart search - The field to search in.
 * @csspart toggle - A button that opens further choices.
 * @csspart toggle-filter - The one for filters.
 * @csspart toggle-view - The one for order and columns.
 * @csspart panel - What such a button opens.
 * @csspart label - What a choice is called.
 * @csspart field - A choice with what it is called.
 * @csspart input - A field or a choice.
 * @csspart range - Two fields, from and to.
 * @csspart columns - The choice of columns.
 * @csspart column - One of these columns.
 * @csspart choice - Its box to tick.
 * @csspart export - The button that downloads the list.
 * @csspart chips - The filters that are in force.
 * @csspart chip - One of them; pressing takes it away.
 * @csspart chip-scope - The one that says whose tickets are shown, where the choice itself is out of sight.
 * @csspart clear - The button that takes all of them away.
 * @csspart arrived - The button that shows tickets which came while the reader was here.
 * @csspart as-of - Until when the list is complete, while the help desk behind the portal does not answer.
 * @csspart column-names - What the columns are called, where they do not speak for themselves.
 * @csspart list - The list of rows.
 * @csspart row - One ticket.
 * @csspart row-unread - One ticket with something new in it.
 * @csspart subject - The link with the ticket's subject.
 * @csspart snippet - What of a ticket matches the search.
 * @csspart mark - The words in it that do.
 * @csspart number - The number of a ticket.
 * @csspart meta - The line with number, requester and reason.
 * @csspart why - Why the reader sees the ticket.
 * @csspart requester - Who asked, when it is somebody else.
 * @csspart unread - The word that says that something is new.
 * @csspart status - The status of a ticket, with its shape.
 * @csspart status-open - The same, when support has to act.
 * @csspart status-waiting-on-contact - The same, when the customer has to act.
 * @csspart status-closed - The same, when nobody has to act.
 * @csspart cell - One thing about a ticket, in its column.
 * @csspart cell-name - What it is called, on a narrow list and for screen readers.
 * @csspart cell-status - The status and whose turn it is.
 * @csspart cell-number - The number, as a column.
 * @csspart cell-requester - Who asked, as a column.
 * @csspart cell-company - The company.
 * @csspart cell-created - When the ticket was opened.
 * @csspart cell-updated - When it was last updated.
 * @csspart cell-property - A property of the ticket.
 * @csspart state - Whose turn it is, and the status.
 * @csspart turn - The mark "Your turn".
 * @csspart turn-support - The words "With us".
 * @csspart time - When a ticket was last updated, or opened.
 * @csspart more - The button that loads further tickets.
 * @csspart empty - What is said instead of rows when there are none.
 * @csspart show-all - The button that drops all filters when nothing matches them.
 * @csspart signed-out - What is said when nobody is signed in.
 *
 * @cssprop [--portal-color-turn=var(--portal-color-accent)] - Behind the mark "Your turn".
 * @cssprop [--portal-color-on-turn=var(--portal-color-on-accent)] - Text of that mark.
 * @cssprop [--portal-turn-radius=1em] - Corners of that mark.
 * @cssprop [--portal-color-warning=#b45309] - Says that what is shown may be old.
 * @cssprop [--portal-color-unread=color-mix(in oklab, var(--portal-color-accent) 60%, currentColor)] - The mark of what is new.
 * @cssprop [--portal-color-current=color-mix(in oklab, var(--portal-color-accent) 12%, transparent)] - Behind the ticket that is open beside the list.
 * @cssprop [--portal-color-mark=color-mix(in oklab, var(--portal-color-accent) 22%, transparent)] - Behind words that match a search.
 * @cssprop [--portal-row-padding=8px] - Space above and below the text of a row.
 * @cssprop [--portal-row-gap=20px] - Space between the columns of a row.
 *
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate empty - There are no tickets at all.
 * @cssstate no-match - There are none that match the filters.
 * @cssstate none-here - There are none among those whose tickets were chosen.
 * @cssstate ready - Rows are shown.
 */
export class TicketListElement extends PortalElement {
  static override styles = [base, status, list];
  static override properties = {
    scope: {},
    state: {},
    sort: {},
    columns: {},
    routing: {},
    renderRow: { attribute: false },
  };

  /** Begins with the tickets of these: all that one may see, one's own, those one takes part in, or one's company's. */
  scope: 'all' | 'mine' | 'participating' | 'company' = 'all';

  /** Begins with tickets that are open, or with those that are closed. */
  state: 'all' | 'open' | 'closed' = 'all';

  /** Begins in this order; with a hyphen, the newest or the highest comes first. */
  sort: '-updated' | 'updated' | '-created' | 'created' | '-number' | 'number' | '-status' | 'status' = '-updated';

  /**
   * Shows these columns beside the subject, in this order, with spaces between: `status`, `number`, `requester`,
   * `company`, `created`, `updated`, and a property of tickets as `property:<name>`. Readers may choose others. Rows of the
   * page's own have no columns.
   */
  columns = '';

  /** Keeps what is asked in the query of the page's address, in its hash, or not there. In a portal, the portal decides. */
  routing: 'query' | 'hash' | 'none' = 'query';

  /**
   * Makes what is inside each row, of its ticket and of what our own row would say: a template of Lit, a node or a text, which
   * becomes a child of `<ticket-list>`. It links to the ticket by `view.href`. For `nothing`, `null` or `undefined`, and where
   * it throws, our own row is shown.
   */
  renderRow: RenderRow | undefined;

  readonly #asked = new ListAddress(this, () => this.route.value);
  readonly #tickets = new QueryController<[ListQuery], Page<Ticket>>(this, {
    args: () => [this.#asked.value],
    keep: ([query]) => `list:${JSON.stringify(query)}`,
    ask: async (backend, [query], options, last) => {
      const same = query === this.#answered ? last : undefined;
      const answer = readTickets(backend, query, options, same?.items);
      // While there is nothing else to do, and not in one go with what has been done.
      setTimeout(prepareTimes, 0, options.locale);
      const page = await answer;
      options.signal.throwIfAborted();
      // What comes by itself moves no rows under a reader's eyes; what somebody has asked for is shown.
      const read = this.#isAskedFor || !this.checkVisibility() ? undefined : same;
      this.#isAskedFor = false;
      this.#answered = query;
      // Code that did not come the last time may come now.
      if (last) void this.#tools.load();
      if (last && this.hasOwnRows) void this.#own.load();
      return this.#tools.value?.receive(page, read, !!last && !same) ?? page;
    },
  });
  readonly #tools: LatePart<ListTools> = new LatePart(this, async () => {
    const { ListTools } = await import('./tools/list-tools.js');
    return new ListTools(this, this.#asked, this.#tickets, this.#columns);
  });
  readonly #window = new LatePart(this, async () => {
    const { RowWindow } = await import('./window/row-window.js');
    return new RowWindow(this);
  });
  readonly #own = new LatePart(this, async () => {
    const { OwnRows } = await import('./own-rows/own-rows.js');
    return new OwnRows(this);
  });
  readonly #columns = new Columns();
  /** What the rows are an answer to. */
  #answered: ListQuery | undefined;
  #isAskedFor = false;
  #focused: string | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#focused = focusedTicket(this);
    if (this.hasOwnRows && !this.#own.settled) void this.#own.load();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { value, error } = this.#tickets;
    const isOfUse = value?.items.length || ((value || error) && isNarrowed(this.#asked.value));
    if (isOfUse && !this.#tools.settled) void this.#tools.load();
    if (value && value.items.length > many && !this.#window.settled) void this.#window.load();
    // The focus goes along with its ticket to another row.
    if (this.#focused && this.#focused !== focusedTicket(this)) this.focusTicket(this.#focused);
  }

  /**
   * Asks for the tickets again and shows them as they are now; the rows stay until the answer is there. After an error it asks
   * for whatever was missing.
   */
  async refresh(): Promise<void> {
    if (this.portal.error) return this.portal.retry();
    this.#isAskedFor = true;
    await this.#tickets.refresh();
  }

  /**
   * The page's template for a row.
   * @ignore
   */
  get rowTemplate(): HTMLTemplateElement | null {
    return this.querySelector<HTMLTemplateElement>(':scope > template[slot=row]');
  }

  /**
   * True when the page says what is in a row.
   * @ignore
   */
  get hasOwnRows(): boolean {
    return !!(this.renderRow ?? this.rowTemplate);
  }

  /**
   * Focuses the link of a ticket, or the heading when the ticket is not in the list.
   * @param ticketId The id of the ticket, as in the event `portal-ticket-select`.
   */
  focusTicket(ticketId: string): void {
    const find = () =>
      this.#own.value?.linkTo(ticketId) ??
      [...this.renderRoot.querySelectorAll<HTMLElement>('[part=subject]')].find(
        ({ dataset }) => dataset.ticket === ticketId,
      );
    const place = this.#tickets.value?.items.findIndex(({ id }) => id === ticketId) ?? -1;
    const window = this.#window.value;
    if (window && place >= 0 && !find()) void window.bring(place, () => find()?.focus());
    else (find() ?? this).focus();
  }

  protected override renderFor(client: PortalClient, contact: SignedInContact | null): unknown {
    if (!contact) return this.as('signed-out', renderSignedOut(this.t));
    const { value } = this.#tickets;
    const isEmpty = value && !value.items.length && !isNarrowed(this.#asked.value);
    const link = client.supports('createTicket') ? renderNew(this.t, this.route.value) : nothing;
    return html`<div class="bar" part="header">
        <slot name="header">${renderHeading(this.headingLevel, this.t('list.heading'))}</slot> ${isEmpty ? nothing : link}
      </div>
      <slot name="row" hidden @slotchange=${() => this.requestUpdate()}></slot>
      ${isEmpty ? nothing : this.#renderPlaceOfTools()} ${this.#renderAnswer(client, contact, link)}`;
  }

  #renderPlaceOfTools(): unknown {
    const { value } = this.#asked;
    const isChosen = isNarrowed({ ...value, scope: 'all', state: 'all', q: '' });
    const tools = this.#tools.value;
    return html`<search part="tools" class="${isChosen ? 'chosen' : ''} ${value.scope === 'all' ? '' : 'scoped'}" aria-label=${tools ? this.t('list.tools') : nothing}>${tools?.render() ?? nothing}</search>`;
  }

  #renderAnswer(client: PortalClient, contact: SignedInContact, link: unknown): unknown {
    const { value, error, pending } = this.#tickets;
    const tools = this.#tools.value;
    const retry = () => void this.refresh();
    if (!value) return error ? this.renderFailed(error, retry) : this.renderSkeleton();
    const isLong = value.items.length > many;
    // Of a list that is long from the beginning, as one that was kept may be, no row is made that nobody sees.
    if (isLong && !this.#window.settled && !this.renderRoot.querySelector('[part=list]')) return this.renderSkeleton();
    const before = [
      error ? renderFailure(this.t, error, retry) : nothing,
      renderAsOf(this.t, this.localize.locale, value.asOf),
      renderKept(this.t, this.localize.locale, this.#tickets.keptAt),
    ];
    if (!value.items.length) return [before, this.#renderNone(link)];
    // Rows that are there already stay until then.
    if (this.hasOwnRows && !this.#own.settled && this.dataset.state !== 'ready') return this.renderSkeleton();
    const window = isLong ? this.#window.value : undefined;
    const waiting = this.#asked.value === this.#answered ? undefined : pending;
    return this.as(
      'ready',
      html`${before}${tools?.renderArrived() ?? nothing}${renderRows(this.#rowContext(client, contact), value, window, waiting)}
        ${renderMore(this.t, value, tools?.more ?? { pending: false, error: undefined }, this.#handleMore)}`,
    );
  }

  #renderNone(link: unknown): unknown {
    const query = this.#answered ?? everything;
    if (!isNarrowed(query)) return this.as('empty', renderEmpty(this.t, link));
    if (!this.#tools.settled) return this.renderSkeleton();
    const isScopeAlone = !isNarrowed({ ...query, scope: 'all' });
    return this.as(isScopeAlone ? 'none-here' : 'no-match', this.#tools.value?.renderNone(query) ?? nothing);
  }

  #rowContext(client: PortalClient, contact: SignedInContact): RowContext {
    const { locale } = this.localize;
    const { scope } = this.#answered ?? everything;
    const route = this.route.value;
    // Of this page, whatever `<base>` says.
    const page = location.href.replace(/[?#].*/s, '');
    return {
      t: this.t,
      locale,
      properties: client.settingsIn(locale)?.properties ?? [],
      contact,
      columns: this.#columns.shown(client, locale, scope, this.columns),
      open: route?.place ?? null,
      headingLevel: this.headingLevel + 1,
      href: (id) => route?.href(id) ?? `${page}?ticket=${encodeURIComponent(id)}`,
      onSelect: this.#handleSelect,
      own: this.hasOwnRows ? this.#own.value : undefined,
    };
  }

  protected override renderFailure(error: BackendError, retry: () => void): unknown {
    const handleRetry = () => {
      // What was pressed goes away with what it does; the focus waits for the heading.
      this.focus();
      retry();
    };
    return renderOnlyError(this.t, error, retry, handleRetry);
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
    const first = await (await this.#tools.load())?.loadMore();
    if (first) this.focusTicket(first);
  };
}
