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

/** What the page has put in the place of something of ours, made ready for the focus; else what is there of ours. */
function standIn(ours: HTMLElement | null): HTMLElement | null {
  const [own] = (ours?.closest('slot')?.assignedElements() ?? []) as HTMLElement[];
  if (own && own.tabIndex < 0) own.tabIndex = -1;
  return own ?? ours;
}

/** Parts that a page styles wherever they are. */
const roles = /^(button|heading|input|label)/;

/**
 * What every element of the portal begins with: a backend, a language, and the states that come before its own, from
 * "not known yet" to "nobody is signed in".
 *
 * @fires {PortalErrorEvent} portal-error - A request failed.
 *
 * @csspart base - The outer wrapper.
 * @csspart skeleton - The lines shown while nothing is known yet.
 * @csspart skeleton-line - One of these lines.
 * @csspart button - Every button, and every link that looks like one.
 * @csspart button-plain - A button that looks like a link.
 * @csspart error - What went wrong, in words.
 * @csspart failure - The same as a notice, with the button that tries again.
 * @csspart retry - The button that tries again.
 * @csspart link - The link to the hosted portal, where this page cannot keep a session.
 *
 * @cssprop [--portal-color-accent=#2f5fd0] - Colour of the main button and of marks.
 * @cssprop [--portal-color-on-accent=#fff] - Text on the accent.
 * @cssprop [--portal-color-text=inherit] - Text; lines, borders and less important text are mixed from it.
 * @cssprop [--portal-color-muted=color-mix(in oklab, currentColor 74%, transparent)] - Less important text.
 * @cssprop [--portal-color-link=color-mix(in oklab, var(--portal-color-accent) 60%, currentColor)] - Links.
 * @cssprop [--portal-color-danger=#d13415] - Colour of errors, mixed with the text.
 * @cssprop [--portal-color-surface=transparent] - Behind everything.
 * @cssprop [--portal-surface-padding=0] - Space between its edge and what is on it.
 * @cssprop [--portal-color-surface-raised=transparent] - Behind fields and buttons.
 * @cssprop [--portal-color-tint=color-mix(in oklab, currentColor 5%, transparent)] - Behind a button under the pointer.
 * @cssprop [--portal-color-line=color-mix(in oklab, currentColor 16%, transparent)] - Lines.
 * @cssprop [--portal-color-border=color-mix(in oklab, currentColor 60%, transparent)] - Borders of fields and buttons.
 * @cssprop [--portal-color-focus=color-mix(in oklab, var(--portal-color-accent) 60%, currentColor)] - The ring around what has the focus.
 * @cssprop [--portal-focus-width=2px] - Width of that ring.
 * @cssprop [--portal-focus-offset=2px] - Space between that ring and what it is around.
 * @cssprop [--portal-font-family=inherit] - Typeface.
 * @cssprop [--portal-font-size=inherit] - Size of text, in px or rem: elements stand inside each other.
 * @cssprop [--portal-font-size-small=0.875em] - Size of less important text.
 * @cssprop [--portal-font-weight-bold=600] - Weight of labels, names, buttons and what is new.
 * @cssprop [--portal-line-height=1.5] - Height of a line of text.
 * @cssprop [--portal-heading-family=inherit] - Typeface of headings.
 * @cssprop [--portal-heading-size=1.375em] - Size of headings.
 * @cssprop [--portal-heading-weight=600] - Weight of headings.
 * @cssprop [--portal-space=16px] - Space between parts.
 * @cssprop [--portal-control-height=44px] - Least height of fields and buttons.
 * @cssprop [--portal-control-padding=16px] - Space before and after the words of a button.
 * @cssprop [--portal-control-border-width=1px] - Width of borders of fields and buttons.
 * @cssprop [--portal-radius=6px] - Corners of fields and buttons.
 * @cssprop [--portal-notice-radius=0] - Corners of notices and messages.
 * @cssprop [--portal-edge-width=3px] - Width of the line along notices and messages.
 * @cssprop [--portal-skeleton-height=20em] - Height kept free while nothing is known yet.
 * @cssprop [--portal-duration=0.2s] - How long the lines in the place of what is loading take to fade in.
 *
 * @cssstate loading - Nothing is known yet.
 * @cssstate failed - There is an error and nothing else to show; `data-error` is its code.
 * @cssstate elsewhere - The page cannot keep a session and links to the hosted portal.
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
   * Exports every part under this name and a hyphen: `row` becomes `list-row`. Buttons, fields, labels and headings keep
   * their own name as well, so that one rule reaches all of them. `<customer-portal>` sets it, so that its page can style
   * what is inside.
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
  protected readonly internals = this.attachInternals();
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
    const target = standIn(this.renderRoot.querySelector(selector));
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

  protected override update(changed: PropertyValues): void {
    const active = this.shadowRoot?.activeElement;
    super.update(changed);
    // The control that had the focus has done its work and is gone; without it, Tab would begin at the top of the page.
    if (active && !active.isConnected) this.focus();
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.#focusing) this.focusOn(this.#focusing);
    if (!this.exportAs) return;
    const parts = new Set([...this.renderRoot.querySelectorAll('[part]')].flatMap(({ part }) => [...part]));
    const names = [...parts].flatMap((part) => [
      `${part}:${this.exportAs}-${part}`,
      ...(roles.test(part) ? [part] : []),
    ]);
    this.setAttribute('exportparts', names.join());
  }

  /** What there is to see once it is known who is signed in. */
  protected abstract renderFor(client: PortalClient, contact: SignedInContact | null): unknown;

  protected override render(): unknown {
    return html`<div part="base" lang=${this.localize.locale} dir=${this.localize.dir}>${this.#renderState()}</div>`;
  }

  /** Names the state for `:state()` and in `data-state`, and is what `renderFor` returns its template through. */
  protected as(state: string, template: unknown): unknown {
    if (state !== 'failed') delete this.dataset.error;
    this.internals.states.clear();
    this.internals.states.add(state);
    this.dataset.state = state;
    return template;
  }

  protected renderSkeleton(): unknown {
    return this.as('loading', renderSkeleton(this.localize.ready ? this.t('loading') : nothing));
  }

  /** A failure that leaves nothing else to show. */
  protected renderFailed(error: BackendError, retry: () => void): unknown {
    this.dataset.error = error.code;
    return this.as('failed', html`${this.renderFailure(error, retry)}${this.fallback}`);
  }

  protected renderFailure(error: BackendError, retry: () => void): unknown {
    return renderFailure(this.t, error, retry);
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
