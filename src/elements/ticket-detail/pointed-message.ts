import type { LitElement, ReactiveController } from 'lit';

import type { PortalRoute } from '../../context/route-context.js';
import { addressWith, readParams } from '../../controllers/page-address.js';
import type { Message } from '../../model/index.js';

/** The message that the page's address names, beside the ticket: `?ticket=ID&ticket.message=ID`. */
export class PointedMessage implements ReactiveController {
  readonly #host: LitElement;
  readonly #route: () => PortalRoute | undefined;
  #shown: string | null = null;

  constructor(host: LitElement, route: () => PortalRoute | undefined) {
    this.#host = host;
    this.#route = route;
    host.addController(this);
  }

  get id(): string | null {
    return readParams(this.#routing).get(this.#key);
  }

  /** The message itself, once it is shown. */
  get element(): HTMLElement | null {
    return this.id === null ? null : this.#host.renderRoot.querySelector(`[data-message="${CSS.escape(this.id)}"]`);
  }

  /** The address of a message, for who wants to point at it; absent where addresses say nothing. */
  get href(): ((message: Message) => string) | undefined {
    return this.#routing === 'none' ? undefined : ({ id }) => addressWith(this.#routing, { [this.#key]: id });
  }

  /** Has the address name a message. */
  readonly point = (message: Message): void => {
    const address = this.href?.(message);
    if (!address) return;
    history.replaceState(history.state, '', address);
    this.#host.requestUpdate();
  };

  /** Brings it into view as soon as it is there, once. */
  hostUpdated(): void {
    const { id, element } = this;
    if (id === this.#shown || (id && !element)) return;
    this.#shown = id;
    // What the view opens with has had the focus by then.
    void this.#host.updateComplete.then(() => {
      element?.scrollIntoView({ block: 'start' });
      element?.focus({ preventScroll: true });
    });
  }

  get #routing() {
    return this.#route()?.routing ?? 'query';
  }

  get #key(): string {
    return `${this.#route()?.key ?? 'ticket'}.message`;
  }
}
