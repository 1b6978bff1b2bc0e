import { html, nothing, type ReactiveController } from 'lit';

import type { Place } from '../../context/route-context.js';
import { readParams } from '../../controllers/page-address.js';
import type { RouteController } from '../../controllers/route-controller.js';
import { hasSignInLink } from '../../controllers/sign-in-link.js';
import { PortalCloseEvent } from '../../events/portal-close-event.js';
import { PortalOpenEvent } from '../../events/portal-open-event.js';
import words from '../../i18n/en.dialog.json';
import { addEnglish } from '../../i18n/translate.js';
import { isPlainClick } from '../clicks.js';
import { CornerButton } from './corner-button.js';
import type { CustomerPortalElement } from './customer-portal-element.js';
import { dialogStyles } from './dialog.styles.js';
import { addStyles } from '../late-styles.js';

addEnglish(words);

const darkness = matchMedia('(prefers-color-scheme: dark)');

/** Safari before 26.2 hears no command of a button: there we go by the press on it. */
const hearsCommands = 'commandForElement' in HTMLButtonElement.prototype;

/** What has the focus, into shadow roots. */
function focusedNow(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

const outwards = (node: Node): Node | null => node.parentNode ?? (node as ShadowRoot).host ?? null;

/** The colour that is behind an element on its page; nothing where that is the browser's own. */
function surfaceAround(element: Element): string {
  for (let node: Node | null = element; node; node = outwards(node)) {
    const { backgroundColor = '' } = node instanceof Element ? getComputedStyle(node) : {};
    if (backgroundColor && !/^transparent$|[,/] ?0\)$/.test(backgroundColor)) return backgroundColor;
  }
  return '';
}

/**
 * The portal in a native dialog over the page, and what opens it: a link to `#` and the portal's id, a link to a ticket, a
 * button with `command="--open"`, the button in the corner, or `open` from markup and script. Its code comes only where it
 * is asked for. What is inside stays when it is closed, and with it what somebody has typed.
 */
export class PortalDialog implements ReactiveController {
  readonly #host: CustomerPortalElement;
  readonly #route: RouteController;
  readonly #go: (place: Place) => void;
  readonly #corner: CornerButton;
  /** Gets the focus back. */
  #opener: HTMLElement | undefined;
  #begun = false;
  #wasOpen = false;
  /** The focus has come to what is inside. */
  #arrived = false;

  constructor(host: CustomerPortalElement, route: RouteController, go: (place: Place) => void) {
    this.#host = host;
    this.#route = route;
    this.#go = go;
    this.#corner = new CornerButton(host, () => this.#ask(true));
    addStyles(host, dialogStyles);
    host.addController(this);
    if (hasSignInLink()) host.open = true;
  }

  /** It has been opened before: until then there is nothing inside, and nothing is asked for. */
  get begun(): boolean {
    return (this.#begun ||= this.#host.open);
  }

  hostConnected(): void {
    document.addEventListener('click', this.#handleClick);
    darkness.addEventListener('change', this.#paint);
    addEventListener('popstate', this.#follow);
    addEventListener('hashchange', this.#follow);
    this.#host.addEventListener('command', this.#handleCommand);
    this.#follow();
  }

  hostDisconnected(): void {
    document.removeEventListener('click', this.#handleClick);
    darkness.removeEventListener('change', this.#paint);
    removeEventListener('popstate', this.#follow);
    removeEventListener('hashchange', this.#follow);
    this.#host.removeEventListener('command', this.#handleCommand);
  }

  hostUpdate(): void {
    const { open } = this.#host;
    if (open === this.#wasOpen) return;
    this.#wasOpen = open;
    // Where somebody was when it was closed has an address again.
    if (open && this.#route.place) this.#route.go(this.#route.place);
    if (!open) this.#route.rest();
  }

  hostUpdated(): void {
    const { open, portal } = this.#host;
    const dialog = this.#dialog;
    if (!dialog) return;
    if (open && !dialog.open) this.#show(dialog);
    if (!open && dialog.open) this.#hide(dialog);
    const isKnown = portal.error || (portal.client && portal.client.state !== 'unknown');
    if (!open || this.#arrived || !isKnown) return;
    this.#arrived = true;
    // Who has gone on by then is not called back.
    if (dialog.querySelector('[autofocus]')?.matches(':focus')) this.#host.focus();
  }

  render(inside: unknown): unknown {
    const { localize, portal, headingLevel } = this.#host;
    if (!localize.ready) return nothing;
    const title = portal.client?.settingsIn(localize.locale)?.name ?? localize.t('dialog.corner');
    return html`<dialog part="dialog" aria-labelledby="title" lang=${localize.locale} dir=${localize.dir}
        @cancel=${this.#handleCancel} @close=${this.#handleClose}>
        <div part="dialog-header">
          <div id="title" part="dialog-title" role="heading" aria-level=${headingLevel} tabindex="-1" autofocus dir="auto">${title}</div>
          <button part="button button-plain dialog-close" type="button" @click=${() => this.#ask(false)}>${localize.t('dialog.close')}</button>
        </div>
        <div class="body">${inside}</div>
      </dialog>
      ${this.#corner.render()}`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }

  #show(dialog: HTMLDialogElement): void {
    this.#opener ??= focusedNow();
    this.#arrived = false;
    this.#paint();
    dialog.showModal();
  }

  /** The page may change its colours while the dialog is open. */
  readonly #paint = (): void => {
    const dialog = this.#dialog;
    if (!dialog) return;
    dialog.style.removeProperty('--portico-page');
    const around = surfaceAround(this.#host);
    // The browser's own colour goes along with the scheme by itself.
    if (around !== getComputedStyle(dialog).backgroundColor) dialog.style.setProperty('--portico-page', around);
  };

  #hide(dialog: HTMLDialogElement): void {
    dialog.close();
    this.#left();
  }

  #left(): void {
    this.#opener?.focus();
    this.#opener = undefined;
  }

  /** Somebody wants to open or close it; the page may have something against that. */
  #ask(open: boolean, opener?: HTMLElement): void {
    if (open === this.#host.open) return;
    if (!this.#host.dispatchEvent(open ? new PortalOpenEvent() : new PortalCloseEvent())) return;
    this.#opener = opener ?? this.#opener;
    this.#host.open = open;
  }

  /** The address of the page that opens it. */
  get #anchor(): string {
    return this.#host.id && new URL(`#${this.#host.id}`, location.href).href;
  }

  readonly #handleClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || !isPlainClick(event)) return;
    const path = event.composedPath();
    const pressed = hearsCommands ? undefined : path.find((node) => node instanceof HTMLButtonElement);
    if (pressed && this.#isFor(pressed)) return this.#obey(pressed.getAttribute('command'), pressed);
    const link = path.find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href || (link.target && link.target !== '_self')) return;
    const place = readParams(this.#host.routing, link).get(this.#host.routeKey);
    const isTicket = place && this.#route.href(place) === link.href;
    if (!isTicket && link.href !== this.#anchor) return;
    event.preventDefault();
    if (isTicket) this.#go(place);
    this.#ask(true, link);
  };

  readonly #handleCommand = (event: Event): void => {
    const { command, source } = event as Event & { readonly command: string; readonly source?: HTMLElement };
    this.#obey(command, source);
  };

  #obey(command: string | null, source?: HTMLElement): void {
    if (command === '--open' || command === '--close') this.#ask(command === '--open', source);
  }

  /** An id is looked for where the button is, as a browser does that hears commands. */
  #isFor(button: HTMLButtonElement): boolean {
    const id = button.getAttribute('commandfor');
    return !!id && (button.getRootNode() as Document | ShadowRoot).getElementById(id) === this.#host;
  }

  /** The page was opened at a ticket or at the portal, or the history leads there. */
  readonly #follow = (): void => {
    const isHere = location.href === this.#anchor;
    // A reload after it was closed does not open it again.
    if (isHere) history.replaceState(history.state, '', location.pathname + location.search);
    if (isHere || this.#route.named) this.#host.open = true;
  };

  readonly #handleCancel = (event: Event): void => {
    // A file chooser in the dialog is cancelled by an event of the same name.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.#ask(false);
  };

  /** Closed by us, or by a browser that does not ask. It is told of a moment later, when the dialog may be open again. */
  readonly #handleClose = (): void => {
    if (!this.#host.open || this.#dialog?.open) return;
    this.#host.dispatchEvent(new PortalCloseEvent());
    this.#host.open = false;
    this.#left();
  };
}
