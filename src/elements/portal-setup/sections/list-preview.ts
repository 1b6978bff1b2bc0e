import { html } from 'lit';

import { LatePart } from '../../late-part.js';
import { renderSkeleton } from '../../templates.js';
import type { TicketListElement } from '../../ticket-list/ticket-list-element.js';
import type { RoomHost } from '../room.js';
import type { PropertyDraft } from './properties-section.js';

/** More are crowded beside each other; the rest is among the columns that the list offers. */
const most = 5;

/** The list itself with its columns, as customers see it, over tickets that are made up. Its code comes with it. */
export class ListPreview {
  readonly #host: RoomHost;
  readonly #rows: () => readonly PropertyDraft[];
  readonly #list: LatePart<TicketListElement>;
  #columns = '';

  /** @param rows the properties as they are being set up */
  constructor(host: RoomHost, rows: () => readonly PropertyDraft[]) {
    this.#host = host;
    this.#rows = rows;
    this.#list = new LatePart(host, () => this.#make());
    void this.#list.load();
  }

  render(language: string): unknown {
    const list = this.#list.value;
    if (!list) return renderSkeleton(this.#host.t('loading'));
    // No ticket is there to be opened, and nobody is to hear of one.
    return html`<div part="list-preview" lang=${language} @portal-ticket-select=${refuse} @portal-error=${refuse}>${list}</div>`;
  }

  /** Something else is set up now. */
  async refresh(): Promise<void> {
    const list = this.#list.value;
    if (!list) return;
    if (this.#columns === this.#names()) {
      list.requestUpdate();
      return;
    }
    // Other columns are another list: what somebody has tried out in this one was about those it had.
    this.#list.value = await this.#make();
    this.#host.requestUpdate();
  }

  leave(): void {
    this.#list.value?.remove();
  }

  async #make(): Promise<TicketListElement> {
    const { createListSample } = await import('./list-sample.js');
    this.#columns = this.#names();
    const list = document.createElement('ticket-list');
    list.backend = createListSample(this.#host.t, this.#rows);
    list.headingLevel = this.#host.headingLevel + 2;
    list.routing = 'none';
    list.columns = this.#columns;
    return list;
  }

  #names(): string {
    const columns = this.#rows().filter(({ type }) => type !== 'none');
    return columns
      .slice(0, most)
      .map((_, at) => `property:${at}`)
      .join(' ');
  }
}

const refuse = (event: Event): void => {
  event.preventDefault();
  event.stopPropagation();
};
