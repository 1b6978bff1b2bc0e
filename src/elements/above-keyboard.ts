import type { ReactiveController } from 'lit';

import type { PortalElement } from './portal-element.js';

const nearest: ScrollIntoViewOptions = { block: 'nearest', behavior: 'instant' };

/** Keeps the box that somebody writes in, and the button below it, above the keyboard that a phone puts over the page. */
export class AboveKeyboard implements ReactiveController {
  readonly #host: PortalElement;

  constructor(host: PortalElement) {
    this.#host = host;
  }

  hostConnected(): void {
    visualViewport?.addEventListener('resize', this.#keep);
  }

  hostDisconnected(): void {
    visualViewport?.removeEventListener('resize', this.#keep);
  }

  readonly #keep = ({ target }: Event): void => {
    const { scale, offsetTop, height } = target as VisualViewport;
    const box = this.#host.shadowRoot?.activeElement?.closest('textarea');
    // Who has zoomed in looks at something.
    if (!box || scale > 1) return;
    const submit = box.form?.querySelector('[type=submit]');
    submit?.scrollIntoView(nearest);
    // Safari takes what is below the keyboard for seen.
    const below = (submit ?? box).getBoundingClientRect().bottom - offsetTop - height;
    if (below > 0) scrollBy({ top: below, behavior: 'instant' });
    // Where there is no room for both, for the words.
    box.scrollIntoView(nearest);
  };
}
