import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Place, Routing } from '../context/route-context.js';
import { addressWith, readParams } from './page-address.js';

export interface RouteHost extends ReactiveControllerHost {
  readonly routing: Routing;
  /** Name of the place in the address. */
  readonly routeKey: string;
}

/**
 * Keeps the place in the page's address (`?ticket=ID`, `#ticket=ID`) or, for pages that route themselves, only in
 * memory. It reads and writes its own key and leaves the rest of the address alone.
 */
export class RouteController implements ReactiveController {
  place: Place = null;
  readonly #host: RouteHost;

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

  href(place: Place): string {
    const { routing, routeKey } = this.#host;
    return addressWith(routing, { [routeKey]: place });
  }

  go(place: Place): void {
    // The state object may belong to the page's own router; it stays with the address.
    if (this.#host.routing !== 'none') history.pushState(history.state, '', this.href(place));
    this.place = place;
    this.#host.requestUpdate();
  }

  /** Reads the place anew: the address has changed, or where in it the place is. */
  readonly follow = (): void => {
    const { routing, routeKey } = this.#host;
    if (routing === 'none') return;
    const place = readParams(routing).get(routeKey) || null;
    if (place === this.place) return;
    this.place = place;
    this.#host.requestUpdate();
  };
}
