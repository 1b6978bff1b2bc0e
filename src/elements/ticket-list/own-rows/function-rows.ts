import { nothing, render, type RootPart } from 'lit';

import type { Ticket } from '../../../model/index.js';
import type { RenderRow, RowView } from '../render-row.js';
import type { RowContext } from '../rows.js';
import type { RowFiller } from './row-filler.js';
import { rowTexts } from './row-text.js';

/** What a place was filled with. */
interface Filled {
  readonly by: RenderRow;
  readonly from: string;
  readonly part: RootPart;
}

/** Rows by the page's function, which is called again only for a row whose ticket or whose words have changed. */
export class FunctionRows implements RowFiller {
  readonly isBare = false;
  renderRow: RenderRow;
  readonly #filled = new WeakMap<HTMLElement, Filled>();
  /** Functions whose error was told. */
  readonly #told = new WeakSet<RenderRow>();

  constructor(renderRow: RenderRow) {
    this.renderRow = renderRow;
  }

  fill(place: HTMLElement, context: RowContext, ticket: Ticket): boolean {
    const by = this.renderRow;
    const view = viewOf(context, ticket);
    const from = JSON.stringify([ticket, view]);
    const before = this.#filled.get(place);
    if (before?.by === by && before.from === from) return true;
    try {
      const content = by(ticket, view);
      if (content === undefined || content === null || content === nothing) return false;
      this.#filled.set(place, { by, from, part: render(content, place) });
      return true;
    } catch (error) {
      this.#tell(error);
      return false;
    }
  }

  leave(place: HTMLElement): void {
    this.#filled.get(place)?.part.setConnected(false);
  }

  #tell(error: unknown): void {
    if (this.#told.has(this.renderRow)) return;
    this.#told.add(this.renderRow);
    // oxlint-disable-next-line no-console -- It is for whoever builds the site, and nobody else.
    console.error('<ticket-list>: renderRow failed, and rows of our own stand in.', error);
  }
}

const viewOf = (context: RowContext, ticket: Ticket): RowView => ({
  href: context.href(ticket.id),
  isOpen: context.open === ticket.id,
  locale: context.locale,
  headingLevel: context.headingLevel,
  text: rowTexts(context, ticket),
});
