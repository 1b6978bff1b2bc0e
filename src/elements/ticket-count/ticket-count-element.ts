import { html, LitElement, type PropertyDeclarations } from 'lit';

import type { BackendError } from '../../backend/backend-error.js';
import type { PortalBackend, TokenProvider } from '../../backend/portal-backend.js';
import { PortalController } from '../../controllers/portal-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { PortalErrorEvent } from '../../events/portal-error-event.js';
import words from '../../i18n/en.dialog.json';
import { LocalizeController } from '../../i18n/localize-controller.js';
import { addEnglish, type Messages, type TicketWord } from '../../i18n/translate.js';
import type { Counts } from '../../model/index.js';
import { count } from './ticket-count.styles.js';

addEnglish(words);

/** A backend counts no further. */
const most = 1000;

/**
 * The number of tickets with something new in them, to stand in a link of the site's own, in a header or a menu. It shows
 * nothing while there is nothing new, nobody is signed in, or the number is not known.
 *
 * @fires {PortalErrorEvent} portal-error - A request failed.
 *
 * @csspart base - The outer wrapper.
 * @csspart count - The number.
 *
 * @cssprop [--portal-color-accent=#2f5fd0] - Colour of the main button and of marks.
 * @cssprop [--portal-color-on-accent=#fff] - Text on the accent.
 * @cssprop [--portal-font-weight-bold=600] - Weight of labels, names, buttons and what is new.
 * @cssprop [--portal-color-count=var(--portal-color-accent)] - Behind the number.
 * @cssprop [--portal-color-on-count=var(--portal-color-on-accent)] - The number.
 * @cssprop [--portal-count-radius=1em] - Corners of what is behind it.
 *
 * @cssstate loading - The number is not known yet.
 * @cssstate failed - The number could not be asked for.
 * @cssstate none - There is nothing new, or nobody is signed in.
 * @cssstate unread - The number is shown.
 */
export class TicketCountElement extends LitElement {
  static override styles = count;
  static override properties: PropertyDeclarations = {
    backend: {},
    messages: { attribute: false },
    tokenProvider: { attribute: false },
  };

  /** Sets the backend: an object from script, the address of a portal, or `demo`. */
  backend: PortalBackend | string | undefined;

  /** Replaces words, by language and key: `{ en: { 'count.unread_one': '{{count}} answer' } }`. */
  messages: Messages | undefined;

  /**
   * Signs in whom the page's own site knows already: is called with a nonce, and resolves with a signed token for it, or
   * with `null` when nobody is signed in at the site.
   */
  tokenProvider: TokenProvider | undefined;

  /** @ignore */
  readonly localize = new LocalizeController(this);
  /** @ignore */
  readonly portal = new PortalController(this);
  readonly #counts = new QueryController<[], Counts | undefined>(this, {
    args: () => (this.portal.client?.supports('counts') ? [] : null),
    ask: async (backend, _args, options) => backend.counts?.({}, options),
  });
  readonly #internals = this.attachInternals();

  /** @ignore */
  get ticketWord(): TicketWord | null | undefined {
    return this.portal.client?.settingsIn(this.localize.locale)?.words.ticket;
  }

  /** Asks for the number again; the last one stays until the answer is there. */
  refresh(): Promise<void> {
    return this.#counts.refresh();
  }

  /**
   * Called by the controllers for every failed read.
   * @ignore
   */
  portalFailed(error: BackendError): void {
    this.dispatchEvent(new PortalErrorEvent(error.code));
  }

  protected override render(): unknown {
    const { ready, locale, dir, t } = this.localize;
    const { client, error } = this.portal;
    const { value } = this.#counts;
    const unread = (ready && client?.contact && value?.unread) || 0;
    if (unread) this.#become('unread');
    else if (error ?? this.#counts.error) this.#become('failed');
    else this.#become(this.#isKnown ? 'none' : 'loading');
    // In the middle of somebody's header there is no place for what is waited for, or for what went wrong.
    if (!unread) return html`<span part="base"></span>`;
    const number = unread.toLocaleString(locale) + (unread < most ? '' : '+');
    return html`<span part="base" lang=${locale} dir=${dir}><span part="count" aria-hidden="true">${number}</span><span
      class="unseen"> ${t('count.unread', { count: unread })}</span></span>`;
  }

  /** It is settled whether there is a number. */
  get #isKnown(): boolean {
    const { client, elsewhere } = this.portal;
    if (elsewhere || client?.state === 'anonymous') return true;
    return client?.state === 'authenticated' && (!client.supports('counts') || !!this.#counts.value);
  }

  #become(state: 'loading' | 'failed' | 'none' | 'unread'): void {
    this.#internals.states.clear();
    this.#internals.states.add(state);
    this.dataset.state = state;
  }
}
