import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Place, Routing } from '../context/route-context.js';
import { addressWith, isAnchor, readParams } from './page-address.js';

export interface RouteHost extends ReactiveControllerHost {
  readonly routing: Routing;
  /** Name of the place in the address. */
  readonly routeKey: string;
}

/**
 * Keeps the place in the page's address (`?ticket=ID`, `#ticket=ID`) or, for pages that route themselves, only in
 * memory. It reads and writes its own key and leaves the rest of the address alone. One place after the other is one entry
 * of the history each, never two.
 */
export class RouteController implements ReactiveController {
  place: Place = null;
  readonly #host: RouteHost;
  #resting = false;

  constructor(host: RouteHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('popstate', this.follow);
    addEventListener('hashchange', this.follow);
    this.follow();
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.follow);
    removeEventListener('hashchange', this.follow);
  }

  /** The place that the page's address names. */
  get named(): Place {
    const { routing, routeKey } = this.#host;
    return readParams(routing).get(routeKey) || null;
  }

  href(place: Place): string {
    const { routing, routeKey } = this.#host;
    // The message that was pointed at belongs to the ticket that was there.
    return addressWith(routing, { [routeKey]: place, [`${routeKey}.message`]: null });
  }

  go(place: Place): void {
    this.#write(place);
    this.#resting = false;
    this.place = place;
    this.#keep();
    this.#host.requestUpdate();
  }

  /** Takes the place out of the address and keeps it: nobody looks at it now, and may go on there later. */
  rest(): void {
    this.#write(null);
    this.#resting = true;
  }

  /** Reads the place anew: the address has changed, or where in it the place is. */
  readonly follow = (): void => {
    const { routing } = this.#host;
    const { named } = this;
    if (routing === 'none' || (this.#resting && !named)) return;
    this.#resting = false;
    // Who follows an anchor of the page stays where they are in the portal.
    const place = isAnchor(routing) ? this.#kept : named;
    if (place !== this.place) {
      this.place = place;
      this.#host.requestUpdate();
    }
    this.#keep();
  };

  #write(place: Place): void {
    // The state object may belong to the page's own router; it stays with the address.
    if (this.#host.routing !== 'none' && place !== this.named) history.pushState(history.state, '', this.href(place));
  }

  /** What an entry of the history was about whose address is an anchor; it names no place. */
  get #kept(): Place {
    const kept = (history.state as Record<string, Place | undefined> | null)?.[this.#mark];
    return kept === undefined ? this.place : kept;
  }

  /** Notes it beside what the page's own router keeps there. */
  #keep(): void {
    const state: unknown = history.state ?? {};
    if (isAnchor(this.#host.routing) && state instanceof Object)
      history.replaceState({ ...state, [this.#mark]: this.place }, '');
  }

  get #mark(): string {
    return `portico.${this.#host.routeKey}`;
  }
}
