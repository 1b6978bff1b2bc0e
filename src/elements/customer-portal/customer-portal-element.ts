import { html, nothing, type PropertyValues } from 'lit';

import { provideBackend } from '../../context/backend-context.js';
import { formPlace, type Place, type PortalRoute, provideRoute } from '../../context/route-context.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { RouteController } from '../../controllers/route-controller.js';
import { PortalNavigateEvent } from '../../events/portal-navigate-event.js';
import type { PortalSessionChangedEvent } from '../../events/portal-session-changed-event.js';
import { loadCode } from '../../load-code.js';
import type { SignedInContact } from '../../model/index.js';
import { base } from '../../styles/base.styles.js';
import { onPlainClick } from '../clicks.js';
import { PortalElement } from '../portal-element.js';
import { foreseeForm } from '../portal-login/form-loader.js';
import type { TicketListElement } from '../ticket-list/ticket-list-element.js';
import { portal } from './customer-portal.styles.js';
import { makeElement, type Slotted } from './default-elements.js';
import type { PortalDialog } from './dialog.js';
import { linkIn, placeInWindow, settle } from './list-pane.js';

/**
 * The whole portal in one tag: sign-in, list, ticket and form, each with an address of its own. Where it is 56rem wide the
 * list stays beside what is open, elsewhere one takes the place of the other.
 * Use it where customers should find everything; use the single elements to arrange a page yourself. With
 * `layout="dialog"` it opens over the page, from any link to `#` and its `id`.
 *
 * @fires {PortalNavigateEvent} portal-navigate - Somebody goes to another place in the portal. Cancel it to keep them where they are.
 * @fires {PortalOpenEvent} portal-open - Somebody opens the dialog. Cancel it to keep it closed.
 * @fires {PortalCloseEvent} portal-close - Somebody closes the dialog. Cancel it to keep it open.
 * @fires {PortalSessionChangedEvent} portal-session-changed - Somebody signed in or out.
 * @fires {PortalTicketSelectEvent} portal-ticket-select - Somebody follows a ticket's link. Cancel it to open the ticket yourself.
 * @fires {PortalTicketCreatedEvent} portal-ticket-created - A ticket was sent and stored.
 * @fires {PortalReplySentEvent} portal-reply-sent - A reply was sent and stored.
 * @fires {PortalErrorEvent} portal-error - A request failed.
 *
 * @slot - Shown until the portal is there, and beside the reason when it cannot be: a link to write to you, for example.
 * @slot header - The start of the top line, for a title.
 * @slot login - A `<portal-login>` of your own.
 * @slot list - A `<ticket-list>` of your own.
 * @slot detail - A `<ticket-detail>` of your own.
 * @slot form - A `<support-form>` of your own.
 *
 * @csspart header - The top line, with the title and who is signed in.
 * @csspart signed-out - What is said to who has to sign in before they see what they came for.
 * @csspart back - The link back to the list, where that is not beside.
 * @csspart list-only - The link that takes away what is open beside the list.
 * @csspart heading - Every heading inside.
 * @csspart label - Every label inside.
 * @csspart input - Every field inside.
 * @csspart button-primary - Every main button inside.
 * @csspart dialog - The dialog.
 * @csspart dialog-header - Its top line.
 * @csspart dialog-title - The name of the portal in it.
 * @csspart dialog-close - The button that closes it.
 * @csspart corner-button - The button in the page's corner that opens it. The number of unread tickets on it is the part `corner-count`.
 * @csspart ended - The sign-in in the place of what was open, after a session has ended.
 *
 * @cssprop [--portal-icon-back='←'] - What stands before "Back", a value of `content`; mirrored in right-to-left text.
 * @cssprop [--portal-list-top=0px] - Space kept free above the list beside a ticket, for a bar of the page that stays in sight.
 *
 * @cssprop [--portal-dialog-width=68rem] - Greatest width of the dialog.
 * @cssprop [--portal-dialog-height=46rem] - Greatest height of the dialog.
 * @cssprop [--portal-dialog-radius=10px] - Corners of the dialog.
 * @cssprop [--portal-dialog-surface=Canvas] - Behind what is in the dialog, instead of the colour that is behind the portal on its page.
 * @cssprop [--portal-dialog-backdrop=rgb(0 0 0 / 45%)] - Over the page while the dialog is open.
 * @cssprop [--portal-corner-radius=calc(var(--portal-control-height) / 2)] - Corners of the button in the page's corner.
 *
 * @cssstate open - The dialog is open.
 * @cssstate closed - The dialog is closed.
 * @cssstate loading - Not yet known who is signed in.
 * @cssstate signed-out - Only the sign-in is shown.
 * @cssstate list - The list is shown.
 * @cssstate detail - A ticket is shown.
 * @cssstate form - The form is shown.
 */
export class CustomerPortalElement extends PortalElement {
  static override styles = [base, portal];
  static override properties = {
    routing: {},
    routeKey: { attribute: 'route-key' },
    layout: {},
    open: { type: Boolean, reflect: true },
    cornerButton: { type: Boolean, attribute: 'corner-button' },
  };

  /** Keeps the place in the query of the page's address, in its hash, or not in the address at all. */
  routing: 'query' | 'hash' | 'none' = 'query';

  /** Names the place in the page's address (`?ticket=ID`), so that two portals on a page keep theirs apart. */
  routeKey = 'ticket';

  /** Shows the portal where it stands in the page, or in a dialog over it. */
  layout: 'page' | 'dialog' = 'page';

  /** Opens the dialog. */
  open = false;

  /** Shows a button in the page's corner that opens the dialog. */
  cornerButton = false;

  protected override readonly fallback = html`<slot></slot>`;
  readonly #place = new RouteController(this);
  readonly #backend = provideBackend(this, null);
  readonly #route = provideRoute(this, this.#routeTo(null));
  readonly #defaults = new Map<Slotted, PortalElement>();
  #shown: Place | undefined;
  #dialog: PortalDialog | undefined;
  #isDialogAsked = false;
  /** The code of the last default element that was made. */
  #loaded: Promise<void> | undefined;
  /** How far the page was scrolled when the list was left. */
  #scroll: ScrollToOptions = {};
  /** How far down the window the row was that leads to where somebody goes. */
  #rowTop: number | undefined;
  /** There was room for the list beside what is open. */
  #beside = false;
  /** Tells of that room: where there is none nobody asks for the list before it is looked at. */
  readonly #room = new ResizeObserver(([entry]) => {
    if (!entry?.contentRect.width) return;
    this.#beside = true;
    this.#room.disconnect();
    this.requestUpdate();
  });
  /** Whose place it is. */
  #owner: string | undefined;
  /** Where somebody was at work when their session ended. */
  #field = '';
  #ended = false;

  constructor() {
    super();
    this.addEventListener('portal-session-changed', this.#handleSession);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    foreseeForm(this.portal);
    if (this.layout === 'dialog' && !this.#isDialogAsked) void this.#loadDialog();
    const { client } = this.portal;
    const backend = client?.backend ?? null;
    if (backend !== this.#backend.value) this.#backend.setValue(backend);
    const owner = client?.contact?.id;
    if (owner && owner !== this.#owner) {
      // Who signs in after somebody else is not led to their ticket.
      if (this.#owner && this.#place.place) this.#place.go(null);
      this.#owner = owner;
    }
    const isElsewhere = changed.has('routing') || changed.has('routeKey');
    if (isElsewhere) this.#place.follow();
    const { place } = this.#place;
    const { place: before } = this.#route.value;
    if (place !== before) {
      if (before === null) this.#scroll = { top: this.#scroller.scrollTop, behavior: 'instant' };
      this.#rowTop = before === null ? placeInWindow(this.#element('list'), place, this.#scroller) : undefined;
      this.#field = '';
    }
    if (isElsewhere || place !== before) this.#route.setValue(this.#routeTo(place));
    const ended = !!client?.ended;
    // Who was at work here signs in again here, and goes on in the same field.
    if (ended && !this.#ended && this.matches(':focus-within')) {
      const active = this.#element(this.#view)?.shadowRoot?.activeElement;
      this.#field = active?.matches('input') ? `#${active.id}` : active?.closest('form') ? 'textarea' : '';
      void this.updateComplete.then(() => this.#focusLogin());
    }
    this.#ended = ended;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const before = this.#shown;
    const { place } = this.#place;
    if (!this.portal.client?.contact) return;
    const list = this.renderRoot.querySelector('.open > .list');
    if (list && !this.#beside) this.#room.observe(list);
    if (place === before) return;
    this.#shown = place;
    if (list?.checkVisibility()) settle(list, this.#scroller, linkIn(this.#element('list'), place), this.#rowTop);
    // The first view of a page takes no focus: the visitor may be reading elsewhere.
    if (before !== undefined) void this.#focusView(before);
  }

  /** Focuses the heading of what is shown, or the first field of the sign-in. */
  override focus(): void {
    if (this.portal.client?.contact) void this.#focusView(null);
    else this.#focusLogin();
  }

  /**
   * Goes to another place in the portal, and opens the dialog if it is in one. The page is not asked by an event: it is the
   * page that goes.
   * @param place A ticket's id, `new` for the form, `new.ID` for a follow-up of a ticket, `null` for the list.
   */
  show(place: string | null): void {
    this.#place.go(place);
    if (this.layout === 'dialog') this.open = true;
  }

  protected override render(): unknown {
    const dialog = this.#dialog;
    if (this.layout !== 'dialog') return super.render();
    // Its code cannot be loaded, perhaps: that is said in the portal's place.
    if (!dialog) return this.portal.error && super.render();
    return dialog.render(dialog.begun ? super.render() : this.as('closed', nothing));
  }

  /** A dialog that is closed is in no other state, whatever waits in it. */
  protected override as(state: string, template: unknown): unknown {
    const isDialog = this.layout === 'dialog';
    const result = super.as(isDialog && !this.open ? 'closed' : state, template);
    if (isDialog && this.open) {
      this.internals.states.add('open');
      this.dataset['state'] += ' open';
    }
    return result;
  }

  protected override renderFor({ ended }: PortalClient, contact: SignedInContact | null): unknown {
    const view = this.#view;
    const login = html`<slot name="login">${this.#default('login')}</slot>`;
    for (const slot of ['detail', 'form'] as const) if (slot !== view) this.#defaults.delete(slot);
    const asked =
      view !== 'list' &&
      html`<p part="signed-out">${this.t(view === 'form' ? 'form.signed-out' : 'detail.signed-out')}</p>`;
    return this.as(
      contact ? view : 'signed-out',
      html`<div part="header" class=${contact ? 'bar line' : ended ? 'line' : ''}>
          <slot name="header"></slot>
          ${ended ? nothing : [(!contact && asked) || nothing, login]}
        </div>
        ${contact ? this.#renderPanes(view) : ended ? html`<div part="ended">${login}</div>` : nothing}`,
    );
  }

  /** The list and what is open. Whether both are seen is up to the width, and to the sheet. */
  #renderPanes(view: Slotted): unknown {
    const hasList = view === 'list' || this.#beside || this.#defaults.has('list');
    return html`<div class=${view === 'list' ? '' : 'open'}>
      <div class="list"><slot name="list">${hasList ? this.#default('list') : nothing}</slot></div>
      ${
        view === 'list'
          ? nothing
          : html`<div class="view">
              ${this.#renderLeave('back')} ${this.#renderLeave('list-only')}
              <slot name=${view}>${this.#default(view)}</slot>
            </div>`
      }
    </div>`;
  }

  #renderLeave(part: 'back' | 'list-only'): unknown {
    return html`<a part="button button-plain ${part}" href=${this.#place.href(null)} @click=${onPlainClick(() => this.#go(null))}>
      ${this.t(`portal.${part}`)}
    </a>`;
  }

  async #loadDialog(): Promise<void> {
    this.#isDialogAsked = true;
    try {
      const { PortalDialog } = await loadCode(() => import('./dialog.js'));
      this.#dialog = new PortalDialog(this, this.#place, (place) => this.#go(place));
      this.requestUpdate();
    } catch (cause) {
      this.#isDialogAsked = false;
      this.portal.lack('unavailable', cause);
    }
  }

  /** What is scrolled to see more of the portal: the page, or the dialog. */
  get #scroller(): Element {
    return this.renderRoot.querySelector('dialog > .body') ?? document.documentElement;
  }

  /** The page's own element in a slot, else the default one, made when it is first needed. */
  #default(slot: Slotted): unknown {
    if (this.querySelector(`:scope > [slot=${slot}]`)) return nothing;
    const element = this.#defaults.get(slot) ?? this.#make(slot);
    return Object.assign(element, { exportAs: slot, messages: this.messages, headingLevel: this.headingLevel });
  }

  #make(slot: Slotted): PortalElement {
    const { element, ready } = makeElement(this, slot);
    this.#defaults.set(slot, element);
    this.#loaded = ready.catch((cause: unknown) => {
      this.#defaults.delete(slot);
      this.portal.lack('unavailable', cause);
    });
    return element;
  }

  get #view(): Slotted {
    const { place } = this.#place;
    return place === null ? 'list' : formPlace.test(place) ? 'form' : 'detail';
  }

  #element(slot: Slotted): HTMLElement | null | undefined {
    return this.querySelector<HTMLElement>(`:scope > [slot=${slot}]`) ?? this.#defaults.get(slot);
  }

  #routeTo(place: Place): PortalRoute {
    const { routing, routeKey: key } = this;
    return { place, routing, key, href: (to) => this.#place.href(to), go: (to) => this.#go(to) };
  }

  #go(place: Place): void {
    // Who follows the link of what is open beside it goes on there.
    if (place === this.#place.place) this.#element(this.#view)?.focus();
    else if (this.dispatchEvent(new PortalNavigateEvent(place, this.#place.href(place)))) this.#place.go(place);
  }

  /**
   * Puts the focus where reading goes on: on the heading of what opened, or on the very link that was followed. Who goes
   * through the list with tickets beside it stays in the list.
   */
  async #focusView(before: Place): Promise<void> {
    await this.#loaded;
    const list = this.#element('list') as TicketListElement | undefined;
    if (this.#view === 'detail' && list?.matches(':focus-within') && list.checkVisibility()) return this.#sayBeside();
    if (this.#view !== 'list') return this.#element(this.#view)?.focus();
    if (!before || !list?.focusTicket) return list?.focus();
    this.#scroller.scrollTo(this.#scroll);
    list.focusTicket(before);
  }

  async #sayBeside(): Promise<void> {
    const { announce } = await import('../../controllers/announcer.js');
    announce(this.t('portal.beside'), this.localize.locale);
  }

  #focusLogin(): void {
    this.#element('login')?.focus();
  }

  readonly #handleSession = async ({ signedIn }: PortalSessionChangedEvent): Promise<void> => {
    // Who signs in next is not led to a ticket of somebody else.
    if (!signedIn && this.#place.place) this.#place.go(null);
    await this.updateComplete;
    this.#shown = this.#place.place;
    if (!signedIn) return this.#focusLogin();
    const view = this.#element(this.#view) as PortalElement | null | undefined;
    if (this.#field && view?.focusOn) view.focusOn(this.#field);
    else void this.#focusView(null);
    this.#field = '';
  };
}
