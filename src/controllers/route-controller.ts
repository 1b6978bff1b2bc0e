import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Place } from '../context/route-context.js';
import { addressWith, readParams, type Routing } from './page-address.js';

const key = 'ticket';

/**
 * Keeps the place in the page's address (`?ticket=ID`, `#ticket=ID`) or, for pages that route themselves, only in
 * memory. It reads and writes its own key and leaves the rest of the address alone.
 */
export class RouteController implements ReactiveController {
  place: Place = null;
  readonly #host: ReactiveControllerHost;
  readonly #routing: () => Routing;

  constructor(host: ReactiveControllerHost, routing: () => Routing) {
    this.#host = host;
    this.#routing = routing;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('popstate', this.#follow);
    addEventListener('hashchange', this.#follow);
    this.#follow();
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#follow);
    removeEventListener('hashchange', this.#follow);
  }

  href(place: Place): string {
    return addressWith(this.#routing(), { [key]: place });
  }

  go(place: Place): void {
    // The state object may belong to the page's own router; it stays with the address.
    if (this.#routing() !== 'none') history.pushState(history.state, '', this.href(place));
    this.place = place;
    this.#host.requestUpdate();
  }

  readonly #follow = (): void => {
    if (this.#routing() === 'none') return;
    const place = readParams(this.#routing()).get(key) || null;
    if (place === this.place) return;
    this.place = place;
    this.#host.requestUpdate();
  };
}
