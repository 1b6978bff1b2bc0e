import { html, nothing, type ReactiveController } from 'lit';

import type { Ticket } from '../../../model/index.js';
import type { RowContext } from '../rows.js';
import type { TicketListElement } from '../ticket-list-element.js';
import { setAttribute } from './attributes.js';
import { FunctionRows } from './function-rows.js';
import type { RowFiller } from './row-filler.js';
import { TemplateRows } from './template-rows.js';

/** What is inside a row, and where its links lead. */
interface OwnRow {
  readonly place: HTMLElement;
  href: string;
}

/**
 * Rows that the page makes. What is inside them lies in the page's own tree: a child of `<ticket-list>` for each, slotted
 * into its item of the list. In a shadow root the classes of the page's design system would mean nothing, and rows are
 * written in such classes. The items stay ours, and with them order, places, focus and the window of a long list; a row's
 * child is there as long as its item is.
 */
export class OwnRows implements ReactiveController {
  readonly #host: TicketListElement;
  #filler: RowFiller | undefined;
  /** By the id of their tickets. */
  readonly #rows = new Map<string, OwnRow>();
  /** Those that are rendered. */
  readonly #used = new Set<string>();
  /**
   * The page's own, which stands back while rows change: the list keeps its room until they have. Where slots come or go,
   * WebKit lays out the page once without all that is in the list, and what was scrolled would be back at its top.
   */
  #minBlockSize = '';

  constructor(host: TicketListElement) {
    this.#host = host;
    // A copy of the page, as some routers keep one to come back to, has rows from before in it.
    for (const left of host.querySelectorAll(':scope > [slot^="row-"]')) left.remove();
    host.addController(this);
  }

  hostUpdate(): void {
    this.#used.clear();
    this.#choose();
    const { style, offsetHeight } = this.#host;
    this.#minBlockSize = style.minBlockSize;
    style.minBlockSize = `${offsetHeight}px`;
  }

  hostUpdated(): void {
    for (const id of this.#rows.keys()) if (!this.#used.has(id)) this.#remove(id);
    // The page is laid out before the room is given back.
    void this.#host.offsetHeight;
    this.#host.style.minBlockSize = this.#minBlockSize;
  }

  /** What is inside the item of a ticket; `undefined` when that is left to us. */
  render(context: RowContext, ticket: Ticket): unknown {
    const { id, subject } = ticket;
    const filler = this.#filler;
    const row = this.#rows.get(id) ?? this.#make(id);
    const { place } = row;
    setAttribute(place, 'lang', context.locale);
    if (!filler?.fill(place, context, ticket)) {
      this.#remove(id);
      return undefined;
    }
    this.#used.add(id);
    row.href = context.href(id);
    const isOpen = context.open === id;
    mark(place, ticket, isOpen);
    for (const link of linksIn(row)) setAttribute(link, 'aria-current', isOpen ? 'true' : null);
    // A page or its framework may have emptied the element meanwhile.
    if (place.parentNode !== this.#host) this.#host.append(place);
    return html`<div class="main" data-ticket=${id} @click=${(event: MouseEvent) => follow(event, row, context)}>
      ${filler.isBare ? html`<a part="subject" href=${row.href} aria-label=${subject} aria-current=${isOpen || nothing}></a>` : nothing}
      <slot name=${place.slot}></slot>
    </div>`;
  }

  /** What takes the focus for a ticket: the link to it, else whatever is in its row. */
  linkTo(ticketId: string): HTMLElement | null | undefined {
    const row = this.#rows.get(ticketId);
    const over = row?.place.assignedSlot?.parentElement?.querySelector('a');
    return row && (over ?? linksIn(row)[0] ?? (row.place.firstElementChild as HTMLElement | null));
  }

  /** A function says more than a template, and goes before it. */
  #choose(): void {
    const { renderRow, rowTemplate } = this.#host;
    const filler = this.#filler;
    if (renderRow && filler instanceof FunctionRows) filler.renderRow = renderRow;
    else if (renderRow) this.#begin(new FunctionRows(renderRow));
    else if (!rowTemplate) this.#begin(undefined);
    else if (!(filler instanceof TemplateRows && filler.template === rowTemplate))
      this.#begin(new TemplateRows(this.#host, rowTemplate, this.#handleChange));
  }

  /** From now on rows are made in another way. */
  #begin(filler: RowFiller | undefined): void {
    for (const id of this.#rows.keys()) this.#remove(id);
    this.#filler = filler;
  }

  readonly #handleChange = (): void => {
    this.#begin(undefined);
    this.#host.requestUpdate();
  };

  #make(id: string): OwnRow {
    const place = document.createElement('div');
    place.slot = `row-${id}`;
    place.dataset.ticket = id;
    const row = { place, href: '' };
    this.#rows.set(id, row);
    return row;
  }

  #remove(id: string): void {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#filler?.leave(row.place);
    row.place.remove();
    this.#rows.delete(id);
  }
}

const linksIn = ({ place, href }: OwnRow): HTMLAnchorElement[] =>
  [...place.querySelectorAll('a')].filter((link) => link.href === href);

/** What a style sheet of the page goes by: a template has no conditions. */
function mark(place: HTMLElement, { unread, turn, status }: Ticket, isOpen: boolean): void {
  setAttribute(place, 'data-unread', unread ? '' : null);
  setAttribute(place, 'data-turn', turn);
  setAttribute(place, 'data-status', status.category.replaceAll('_', '-'));
  setAttribute(place, 'data-open', isOpen ? '' : null);
}

/** A link to the ticket is ours to follow, wherever in the row it is; any other is the page's. */
function follow(event: MouseEvent, { href }: OwnRow, { onSelect }: RowContext): void {
  if (event.defaultPrevented) return;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (link?.href === href && /^(_self)?$/.test(link.target)) onSelect(event);
}
