import { html, nothing, type ReactiveController } from 'lit';

import type { CustomerPortalElement } from './customer-portal-element.js';
import { makeTag } from './default-elements.js';
import type { TicketCountElement } from '../ticket-count/ticket-count-element.js';

const isOver = (one: DOMRect, other: DOMRect): boolean =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

/**
 * The button in the corner of the page that opens the dialog, with the number of unread tickets. It lies over the page, and
 * makes room for what has the focus beneath it.
 */
export class CornerButton implements ReactiveController {
  readonly #host: CustomerPortalElement;
  readonly #open: () => void;
  #count: TicketCountElement | undefined;

  constructor(host: CustomerPortalElement, open: () => void) {
    this.#host = host;
    this.#open = open;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('focusin', this.#handleFocus);
  }

  hostDisconnected(): void {
    document.removeEventListener('focusin', this.#handleFocus);
  }

  render(): unknown {
    const { localize, cornerButton } = this.#host;
    if (!cornerButton) return nothing;
    return html`<button part="button button-primary corner-button" type="button" aria-haspopup="dialog"
      lang=${localize.locale} dir=${localize.dir} @click=${this.#open}>${localize.t('dialog.corner')}${this.#unread()}</button>`;
  }

  /** Without it, the button is still one. */
  #unread(): TicketCountElement {
    if (!this.#count) {
      const { element, ready } = makeTag<TicketCountElement>(
        this.#host,
        'ticket-count',
        async () => (await import('../ticket-count/define.js')).defineTicketCount,
      );
      element.setAttribute('exportparts', 'base:corner-base,count:corner-count');
      ready.catch(() => {});
      this.#count = element;
    }
    return Object.assign(this.#count, { messages: this.#host.messages });
  }

  readonly #handleFocus = (): void => {
    // The browser first scrolls what has the focus into the window.
    requestAnimationFrame(() => {
      const button = this.#host.renderRoot.querySelector('[part~=corner-button]');
      if (!button) return;
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      // What only takes the focus to be read, such as a heading, is not acted on.
      const isBeneath =
        focused instanceof HTMLElement &&
        focused.tabIndex >= 0 &&
        isOver(button.getBoundingClientRect(), focused.getBoundingClientRect());
      button.classList.toggle('aside', isBeneath && focused !== button);
    });
  };
}
