import type { ReactiveController, ReactiveControllerHost } from 'lit';

import {
  isLoaded,
  loadCatalogue,
  type MessageArgs,
  type MessageKey,
  type Messages,
  supportedLocale,
  type TicketWord,
  translate,
} from './translate.js';

export interface LocalizeHost extends ReactiveControllerHost, HTMLElement {
  /** The page's own wording. */
  messages: Messages | undefined;
  /** The portal's own word for a ticket in the language shown, where it has one. */
  readonly ticketWord: TicketWord | null | undefined;
}

const controllers = new Set<LocalizeController>();
let observer: MutationObserver | undefined;

/** The next node outwards as a reader sees the page: through slots and out of shadow roots. */
const outwards = (node: Node): Node | null =>
  (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;

/**
 * Speaks the language of the nearest `lang` around an element and follows its changes. One observer serves all elements.
 * A new language is shown only once its catalogue is there, so that no reader sees a mixture or a flash of English.
 */
export class LocalizeController implements ReactiveController {
  /** The language shown now, as BCP 47. */
  locale = 'en';
  /** False until the first catalogue is there: show nothing that is made of words. */
  ready = false;
  readonly #host: LocalizeHost;

  constructor(host: LocalizeHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The words of a key in the language shown, with the page's own wording first, then the portal's. */
  readonly t = (key: MessageKey, args?: MessageArgs): string =>
    translate(this.locale, key, args, this.#host.messages, this.#host.ticketWord);

  hostConnected(): void {
    observer ??= new MutationObserver(() => {
      for (const controller of controllers) void controller.follow();
    });
    controllers.add(this);
    // From its own root on: what the page has slotted into the host reads the language there.
    for (let node: Node | null = this.#host.shadowRoot ?? this.#host; node; node = outwards(node)) {
      if (node instanceof Document || node instanceof ShadowRoot)
        observer.observe(node, { subtree: true, attributes: true, attributeFilter: ['lang', 'dir'] });
    }
    void this.follow();
  }

  hostDisconnected(): void {
    controllers.delete(this);
    if (controllers.size) return;
    observer?.disconnect();
    observer = undefined;
  }

  /** Where lines begin: as the page says beside its language or inside of it, else as the language shown is written. */
  get dir(): string {
    return this.#nearest('[lang],[dir]')?.dir || (/^ar/i.test(this.locale) ? 'rtl' : 'ltr');
  }

  /** Reads the language anew. */
  async follow(): Promise<void> {
    const locale = this.#asked();
    // Nothing is shown yet, so nothing can mix: the backend is asked in the new language at once.
    if (!this.ready) this.locale = locale;
    if (!isLoaded(locale)) {
      await loadCatalogue(locale);
      // While it loaded, the page may have changed its mind.
      if (this.#asked() !== locale) return;
    }
    this.locale = locale;
    this.ready = true;
    this.#host.requestUpdate();
  }

  #asked(): string {
    const lang = this.#nearest('[lang]')?.lang;
    return supportedLocale(lang || navigator.language, !!lang);
  }

  /** The nearest element that matches, the host included. */
  #nearest(selector: string): HTMLElement | null {
    let node: Node | null = this.#host;
    // Shadow roots and the document match nothing.
    while (node && !(node as Element).matches?.(selector)) node = outwards(node);
    return node as HTMLElement | null;
  }
}
