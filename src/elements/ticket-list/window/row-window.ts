import type { LitElement, ReactiveController } from 'lit';

import type { Ticket } from '../../../model/index.js';
import { focusedTicket } from '../focused-ticket.js';
import { RowTops } from './row-tops.js';

/** Rows are there this far beyond the window, in px, so that scrolling and Tab find them; half of it is the least. */
const beyond = 240;

/** A row that is in the page, counted from 1. */
export interface PlacedTicket {
  readonly id: string;
  readonly ticket: Ticket;
  readonly at: number;
}

/** The next element outwards as a reader sees the page. */
const outwards = (element: Element): Element | null => {
  const parent = element.assignedSlot ?? element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
};

/**
 * Keeps only those rows of a long list in the page that are near what is seen of it, with the room of all others kept
 * free. It works with the page's own scrolling and inside whatever else scrolls. The row that has the focus is always
 * there, and its neighbours, so that Tab leads on from it. The browser's own search finds only rows that are there.
 */
export class RowWindow implements ReactiveController {
  readonly #host: LitElement;
  readonly #tops = new RowTops();
  readonly #resizing = new ResizeObserver(() => this.#handleResize());
  #items: readonly Ticket[] = [];
  /** The rows near what is seen, the second one left out. About as many as that may be, before there is a list to look at. */
  #range: readonly [number, number] = [0, 20];
  #placed: readonly PlacedTicket[] = [];
  #isUsed = false;
  #brought = -1;
  #width = 0;
  #scrolling = new AbortController();

  constructor(host: LitElement) {
    this.#host = host;
    // All of them are there still, or none is yet.
    const rows = [...(this.#list?.children ?? [])] as HTMLElement[];
    for (const row of rows) {
      const id = row.querySelector<HTMLElement>('[data-ticket]')?.dataset.ticket;
      if (id) this.#tops.measure(id, row.getBoundingClientRect().height);
    }
    host.addController(this);
  }

  get #list(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('[part=list]');
  }

  hostConnected(): void {
    this.#scrolling = new AbortController();
    const options = { capture: true, passive: true, signal: this.#scrolling.signal };
    // Scrolling is heard in the tree where it happens, and in no other.
    for (let root: Node | undefined = this.#host.getRootNode(); root; ) {
      root.addEventListener('scroll', this.#handleScroll, options);
      root = root instanceof ShadowRoot ? root.host.getRootNode() : undefined;
    }
    addEventListener('resize', this.#handleScroll, options);
  }

  hostDisconnected(): void {
    this.#scrolling.abort();
    this.#resizing.disconnect();
  }

  hostUpdate(): void {
    this.#isUsed = false;
  }

  /** The rows to have in the page, in their order. Called while the list is rendered. */
  placesOf(items: readonly Ticket[]): readonly PlacedTicket[] {
    const list = this.#list;
    // A page that lays out its rows side by side has all of them: what we know of their tops is of one below the other.
    this.#isUsed = !list || /block|flow/.test(getComputedStyle(list).display);
    if (!this.#isUsed) return items.map((ticket, place) => ({ id: ticket.id, ticket, at: place + 1 }));
    if (items !== this.#items) {
      const before = this.#items;
      this.#items = items;
      const isMoved = items.length !== before.length || items.some(({ id }, place) => id !== before[place]?.id);
      if (isMoved) this.#keepingScroll(() => this.#tops.layOut(items.map(({ id }) => id)));
      this.#range = this.#rangeWithin(beyond);
    }
    const [from, to] = this.#range;
    const focus = this.#tops.placeOf(focusedTicket(this.#host) ?? '') ?? -2;
    const places = new Set([focus - 1, focus, focus + 1, this.#brought]);
    for (let place = from; place < to; place++) places.add(place);
    this.#placed = [...places]
      .sort((one, other) => one - other)
      .flatMap((place) => {
        const ticket = items[place];
        return ticket ? [{ id: ticket.id, ticket, at: place + 1 }] : [];
      });
    return this.#placed;
  }

  hostUpdated(): void {
    const list = this.#list;
    if (!list || !list.checkVisibility()) return;
    if (!this.#isUsed) return this.#leave(list);
    this.#resizing.observe(list);
    const rows = [...list.children] as HTMLElement[];
    // Before anything is measured: a list that was short for a moment would have lost how far it is scrolled.
    this.#putInPlace(list, rows);
    const changed = rows.filter((row, index) =>
      this.#tops.measure(this.#placed[index]?.id ?? '', row.getBoundingClientRect().height),
    );
    if (changed.length)
      this.#keepingScroll(() => {
        this.#tops.layOut();
        this.#putInPlace(list, rows);
      });
    // Other rows may be near what is seen, now that these have their height.
    void this.#host.updateComplete.then(this.#handleScroll);
  }

  /** Brings a row into the page, wherever it is, and then does something with it. */
  async bring(place: number, then: () => void): Promise<void> {
    await this.#host.updateComplete;
    this.#brought = place;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    then();
    this.#brought = -1;
  }

  /** Keeps the room of all rows that are not there. Set through the object model, which a strict content policy allows. */
  #putInPlace(list: HTMLElement, rows: readonly HTMLElement[]): void {
    setStyle(list, 'min-block-size', pixels(this.#tops.topOf(this.#items.length)));
    // What moves when rows get their true height is put right here, in every browser alike.
    setStyle(list, 'overflow-anchor', 'none');
    let end = 0;
    for (const [index, row] of rows.entries()) {
      const place = (this.#placed[index]?.at ?? 1) - 1;
      setStyle(row, 'margin-block-start', pixels(this.#tops.topOf(place) - end));
      end = this.#tops.topOf(place + 1);
    }
  }

  /** The rows that are seen, and so many px before and behind. As before while nothing is seen. */
  #rangeWithin(margin: number): readonly [number, number] {
    const list = this.#list;
    if (!list?.checkVisibility()) return this.#range;
    const { top } = list.getBoundingClientRect();
    return [this.#tops.placeAt(-top - margin), this.#tops.placeAt(innerHeight - top + margin) + 1];
  }

  /** Changes where rows are, and scrolls along with the first one that is seen. */
  #keepingScroll(layOut: () => void): void {
    const list = this.#list;
    const place = list ? this.#tops.placeAt(-list.getBoundingClientRect().top) : 0;
    const id = this.#tops.idOf(place);
    const before = this.#tops.topOf(place);
    layOut();
    const now = this.#tops.placeOf(id ?? '');
    const moved = list && place > 0 && now !== undefined ? this.#tops.topOf(now) - before : 0;
    if (list && Math.abs(moved) >= 1) scrollerOf(list).scrollBy({ top: moved, behavior: 'instant' });
  }

  /** The list is short again, and all of it is there. */
  #leave(list: HTMLElement): void {
    for (const element of [list, ...list.children] as HTMLElement[]) element.removeAttribute('style');
    this.#items = [];
  }

  readonly #handleScroll = (): void => {
    if (!this.#items.length) return;
    const [from, to] = this.#rangeWithin(beyond / 2);
    if (from >= this.#range[0] && to <= this.#range[1]) return;
    this.#range = this.#rangeWithin(beyond);
    this.#host.requestUpdate();
  };

  #handleResize(): void {
    const width = this.#list?.clientWidth ?? 0;
    if (this.#width && width && width !== this.#width) {
      this.#tops.forget();
      this.#host.requestUpdate();
    }
    this.#width = width || this.#width;
  }
}

const pixels = (length: number): string => (length > 0.5 ? `${length}px` : '');

function setStyle({ style }: HTMLElement, name: string, value: string): void {
  if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
}

/** What scrolls when the list does. */
function scrollerOf(list: Element): Element {
  for (let around = outwards(list); around; around = outwards(around)) {
    const scrolls = /auto|scroll/.test(getComputedStyle(around).overflowY);
    if (scrolls && around.scrollHeight > around.clientHeight && around !== document.body) return around;
  }
  return document.scrollingElement ?? document.documentElement;
}
