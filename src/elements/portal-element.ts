import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';

import type { BackendError } from '../backend/backend-error.js';
import type { PortalBackend, TokenProvider } from '../backend/portal-backend.js';
import { LateConsumer } from '../context/late-consumer.js';
import { routeContext } from '../context/route-context.js';
import type { PortalClient } from '../controllers/portal-client.js';
import { PortalController } from '../controllers/portal-controller.js';
import { PortalErrorEvent } from '../events/portal-error-event.js';
import { LocalizeController } from '../i18n/localize-controller.js';
import type { Messages, TicketWord } from '../i18n/translate.js';
import type { SignedInContact } from '../model/index.js';
import { renderFailure, renderSkeleton } from './templates.js';

/**
 * What every element of the portal begins with: a backend, a language, and the states that come before its own, from
 * "not known yet" to "nobody is signed in".
 */
export abstract class PortalElement extends LitElement {
  static override properties: PropertyDeclarations = {
    backend: {},
    headingLevel: { type: Number, attribute: 'heading-level' },
    exportAs: { attribute: false },
    messages: { attribute: false },
    tokenProvider: { attribute: false },
  };

  /** Sets the backend: an object from script, the address of a portal, or `demo`. */
  backend: PortalBackend | string | undefined;

  /** Sets the level of the element's first heading in the page's outline. */
  headingLevel = 2;

  /**
   * Exports every part under this name and a hyphen: `row` becomes `list-row`. `<customer-portal>` sets it, so that its
   * page can style what is inside.
   * @ignore
   */
  exportAs: string | undefined;

  /** Replaces words, by language and key: `{ en: { 'list.heading': 'My requests' } }`. */
  messages: Messages | undefined;

  /**
   * Signs in whom the page's own site knows already: is called with a nonce, and resolves with a signed token for it, or
   * with `null` when nobody is signed in at the site.
   */
  tokenProvider: TokenProvider | undefined;

  /** @ignore */
  readonly localize = new LocalizeController(this);
  protected readonly t = this.localize.t;
  /** @ignore */
  readonly portal = new PortalController(this);
  /** The way through `<customer-portal>`, inside one. */
  protected readonly route = new LateConsumer(this, routeContext);
  /** Shown beside the reason when there is nothing else to show. */
  protected readonly fallback: unknown = nothing;
  readonly #internals = this.attachInternals();
  #focusing = '';

  /** @ignore */
  get ticketWord(): TicketWord | null | undefined {
    return this.portal.client?.settingsIn(this.localize.locale)?.words.ticket;
  }

  /** Focuses the heading, as soon as there is one. */
  override focus(): void {
    this.focusOn('[part~=heading]');
  }

  /**
   * Focuses what a selector names, as soon as there is such a thing.
   * @ignore
   */
  focusOn(selector: string): void {
    const target = this.renderRoot.querySelector<HTMLElement>(selector);
    target?.focus();
    this.#focusing = target ? '' : selector;
  }

  /**
   * Called by the controllers for every failed read or write.
   * @ignore
   */
  portalFailed(error: BackendError): void {
    this.dispatchEvent(new PortalErrorEvent(error.code));
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.#focusing) this.focusOn(this.#focusing);
    if (!this.exportAs) return;
    const parts = new Set([...this.renderRoot.querySelectorAll('[part]')].flatMap(({ part }) => [...part]));
    this.setAttribute('exportparts', [...parts].map((part) => `${part}:${this.exportAs}-${part}`).join());
  }

  /** What there is to see once it is known who is signed in. */
  protected abstract renderFor(client: PortalClient, contact: SignedInContact | null): unknown;

  protected override render(): unknown {
    return html`<div part="base" lang=${this.localize.locale} dir=${this.localize.dir}>${this.#renderState()}</div>`;
  }

  /** Names the state for `:state()`, and is what `renderFor` returns its template through. */
  protected as(state: string, template: unknown): unknown {
    this.#internals.states.clear();
    this.#internals.states.add(state);
    return template;
  }

  protected renderSkeleton(): unknown {
    return this.as('loading', renderSkeleton(this.localize.ready ? this.t('loading') : nothing));
  }

  /** A failure that leaves nothing else to show. */
  protected renderFailed(error: BackendError, retry: () => void): unknown {
    return this.as('failed', html`${renderFailure(this.t, error, retry)}${this.fallback}`);
  }

  #renderState(): unknown {
    const { client, elsewhere, error } = this.portal;
    if (!this.localize.ready) return this.renderSkeleton();
    if (elsewhere)
      return this.as(
        'elsewhere',
        html`<p><a part="link" href=${elsewhere}>${this.t('elsewhere')}</a></p>${this.fallback}`,
      );
    if (error) return this.renderFailed(error, () => this.portal.retry());
    if (!client || client.state === 'unknown') return this.renderSkeleton();
    return this.renderFor(client, client.contact);
  }
}
