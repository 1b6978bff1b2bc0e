import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { PortalRoute, Routing } from '../../context/route-context.js';
import { addressWith, readParams } from '../../controllers/page-address.js';
import type { PortalController } from '../../controllers/portal-controller.js';
import { isSameQuery, type ListQuery, type ListStart, paramsOf, readQuery } from './list-query.js';

/** The element that asks. */
export interface ListAddressHost extends ReactiveControllerHost, ListStart {
  /** Where it keeps what is asked, unless it is in a portal. */
  readonly routing: Routing;
  readonly portal: PortalController;
}

/**
 * Keeps what is asked of the list in the page's address, so that it comes back with the page and by back and forward. It
 * replaces the entry of the browser's history that there is: a filter is no place to go back to. What somebody asked is
 * forgotten when they sign out: what was looked for is nobody else's business.
 */
export class ListAddress implements ReactiveController {
  /** What is asked now. The same object until something else is asked. */
  value: ListQuery;
  readonly #host: ListAddressHost;
  readonly #route: () => PortalRoute | undefined;
  #start: ListStart;
  /** Where it was read. */
  #read = '';
  #owner: string | undefined;

  constructor(host: ListAddressHost, route: () => PortalRoute | undefined) {
    this.#host = host;
    this.#route = route;
    this.#start = startOf(host);
    this.value = this.#begin();
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('popstate', this.#follow);
    addEventListener('hashchange', this.#follow);
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#follow);
    removeEventListener('hashchange', this.#follow);
    this.#read = '';
  }

  hostUpdate(): void {
    const before = this.#start;
    this.#start = startOf(this.#host);
    const changed = Object.entries(this.#start).filter(([name, value]) => value !== before[name as keyof ListStart]);
    if (changed.length) this.#become({ ...this.value, ...Object.fromEntries(changed) });
    const place = `${this.#routing} ${this.#prefix}`;
    // Only now it is known where; what the page has set before that is where the list begins.
    if (place !== this.#read) this.#follow();
    else if (changed.length) this.#write();
    this.#read = place;
    this.#forgetOthers();
  }

  /** Asks for something else from now on. */
  ask(changes: Partial<ListQuery>): void {
    this.#become({ ...this.value, ...changes });
    this.#write();
  }

  get #routing(): Routing {
    return this.#route()?.routing ?? this.#host.routing;
  }

  get #prefix(): string {
    return `${this.#route()?.key ?? 'ticket'}s.`;
  }

  #begin(): ListQuery {
    return readQuery(new URLSearchParams(), '', this.#start);
  }

  #forgetOthers(): void {
    const { client } = this.#host.portal;
    if (!client || client.state === 'unknown' || client.ended) return;
    const owner = client.contact?.id;
    if (this.#owner && owner !== this.#owner) this.ask(this.#begin());
    this.#owner = owner;
  }

  #write(): void {
    if (this.#routing === 'none') return;
    const before = readParams(this.#routing);
    const params = paramsOf(this.value, this.#prefix, this.#start, before);
    if (Object.entries(params).every(([name, value]) => before.get(name) === value)) return;
    // The state object may belong to the page's own router; it stays with the address.
    history.replaceState(history.state, '', addressWith(this.#routing, params));
  }

  readonly #follow = (): void => {
    if (this.#routing !== 'none') this.#become(readQuery(readParams(this.#routing), this.#prefix, this.#start));
  };

  #become(query: ListQuery): void {
    if (isSameQuery(query, this.value)) return;
    this.value = query;
    this.#host.requestUpdate();
  }
}

const startOf = ({ scope, state, sort }: ListStart): ListStart => ({ scope, state, sort });
