import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';

import type { BackendError } from '../../backend/backend-error.js';
import type { SetupBackend, StaffSession } from '../../backend/setup/setup-backend.js';
import { CommandController } from '../../controllers/command-controller.js';
import { LocalizeController } from '../../i18n/localize-controller.js';
import { base } from '../../styles/base.styles.js';
import { field } from '../../styles/field.styles.js';
import { renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import { type Area, enterRoom, renderAreas } from './enter-room.js';
import { claimKeptValues, forgetKeptValues } from './kept-values.js';
import { consentText } from '../portal-login/consent.styles.js';
import { navigation } from './navigation.styles.js';
import { setup } from './portal-setup.styles.js';
import { sectionStyles } from './sections/sections.styles.js';
import { Reading } from './reading.js';
import type { Room, RoomHost } from './room.js';
import { brandStyles } from './sections/brand.styles.js';
import { SignInRoom } from './sign-in-room.js';
import { WelcomeRoom } from './welcome-room.js';
import { setupWords, type SetupTranslate } from './words.js';

/** A session is over, or there was none. */
const isSignedOut = ({ code }: BackendError): boolean => code === 'unauthenticated' || code === 'session-expired';

/** Of the one-time link by which the page was opened. */
const welcomeToken = (): string | undefined => /^#welcome=([\w-]+)$/.exec(location.hash)?.[1];

/**
 * Sets up customer portals: signs in an owner, and leads them from a name to what is pasted into a page. It is meant for the
 * admin page of the server, and is in no bundle that customers load. Where one is in it, is in the address behind the `#`.
 *
 * @csspart base - The outer wrapper.
 * @csspart skeleton - The lines shown while nothing is known yet.
 * @csspart skeleton-line - One of these lines.
 * @csspart bar - Who is signed in, and the way out.
 * @csspart areas - The links to what there is: portals, people, companies.
 * @csspart area - One of them.
 * @csspart heading - The heading of each view.
 * @csspart form - Every form.
 * @csspart field - A field with its label.
 * @csspart label - The label of a field, and of a group of them.
 * @csspart input - Every field that is written in or chosen from.
 * @csspart hint - What a field is for.
 * @csspart choices - Several choices with one label.
 * @csspart choice - One of them.
 * @csspart more - What goes along with the choice that is made.
 * @csspart group - Fields, or a text, that belong together.
 * @csspart filter - The filter on contacts, and on what is shown.
 * @csspart condition - One line of it.
 * @csspart joint - The word between two lines, or two groups.
 * @csspart remove - The button that takes a line away.
 * @csspart matches - How many contacts match.
 * @csspart sight - What a contact would see.
 * @csspart preview - How something will look.
 * @csspart in-force - Which text of the notice is asked, and since when.
 * @csspart notice-preview - The notice with what is around it, as customers see it.
 * @csspart notice-heading - What stands above it there.
 * @csspart consent-text - The notice as customers see it.
 * @csspart consent-link - A link in it.
 * @csspart tab - The tab of a browser with the portal's name.
 * @csspart tab-icon - The portal's own icon in it.
 * @csspart swatches - The colours of a brand.
 * @csspart colour - A field with what belongs beside it: a colour with the browser's own choice, or corners with their size.
 * @csspart picture - A logo or an icon, as it is.
 * @csspart choose-logo - The button that chooses a logo.
 * @csspart choose-icon - The button that chooses an icon.
 * @csspart samples - How the hosted page looks, on light and on dark.
 * @csspart sample - How the page looks to customers, on light or on dark.
 * @csspart sample-light - The one on light.
 * @csspart sample-dark - The one on dark.
 * @csspart sample-head - Logo and name in it.
 * @csspart sample-logo - The logo there.
 * @csspart address - The address of a portal.
 * @csspart steps - The steps of the set-up.
 * @csspart step - One of them.
 * @csspart number - Its number.
 * @csspart pages - The links to all that is set of a portal.
 * @csspart page - One of them.
 * @csspart needs - What one needs before.
 * @csspart need - One line of it.
 * @csspart before - The same, folded.
 * @csspart portals - The portals of the company.
 * @csspart portal - One of them.
 * @csspart people - Who works for the company.
 * @csspart person - One of them.
 * @csspart add - The button that adds somebody or something.
 * @csspart add-key - The button that adds the key of a site.
 * @csspart how - What unfolds how a site signs for its customers.
 * @csspart status - Whether it is open, or something is there.
 * @csspart rows - Contacts, companies, or tickets that a contact sees.
 * @csspart row - One of them.
 * @csspart ticked - A row that can be ticked.
 * @csspart tick - A box to tick before a row.
 * @csspart invite - The button that invites who is ticked.
 * @csspart again - The button that sends an invitation once more.
 * @csspart more-rows - The button that shows more of them.
 * @csspart enable - The button that lets a contact in, or keeps them out.
 * @csspart rename - The button that gives something another name.
 * @csspart change - The button that opens the form to change something.
 * @csspart up - The button that moves a status up.
 * @csspart down - The button that moves it down.
 * @csspart moved - Where it is now.
 * @csspart changes - What was changed, from what to what.
 * @csspart export - The button that downloads everything about a contact.
 * @csspart data-error - Why that, or the erasure, failed.
 * @csspart property - A property of a contact.
 * @csspart add-property - The button that adds one.
 * @csspart delete - The button that asks whether something is to be deleted.
 * @csspart delete-now - The button that deletes it.
 * @csspart choose-file - The button that chooses a table of people.
 * @csspart try - The button that tells what a table would do.
 * @csspart report - What a table has done, or would do.
 * @csspart time - When a ticket was changed, or something happened.
 * @csspart notice - What is to be known.
 * @csspart saved - It was saved.
 * @csspart entries - Properties, options or fields, in their order.
 * @csspart entry - One of them.
 * @csspart entry-head - Its name, with the buttons that move and remove it.
 * @csspart entry-toggle - The button that unfolds it.
 * @csspart entry-body - Its fields.
 * @csspart moves - The buttons that move and remove it.
 * @csspart move - One that moves it up or down.
 * @csspart labels - A text in each language of the portal.
 * @csspart option - One option of a property, with its labels.
 * @csspart add-form - The button that adds a form.
 * @csspart add-field - A button that adds a field to a form.
 * @csspart required - Whether a field has to be filled in.
 * @csspart form-preview - Around the form as customers see it.
 * @csspart list-preview - Around the list as customers see it.
 * @csspart allowed - The table of what a role may do.
 * @csspart may - A box to tick in that table, and its column where it is narrow.
 * @csspart changed - Says that it is not as usual.
 * @csspart usual - The button that makes everything as usual again.
 * @csspart code - A text to be pasted.
 * @csspart link - The way back to all portals.
 * @csspart actions - The buttons of a form.
 * @csspart look - The button that looks what a contact would see.
 * @csspart next - The button that saves and goes on.
 * @csspart button - Every button, and every link that looks like one.
 * @csspart button-primary - The main button.
 * @csspart button-plain - A button that looks like a link.
 * @csspart error - What went wrong, in words.
 * @csspart failure - The same as a notice, with the button that tries again.
 * @csspart retry - The button that tries again.
 *
 * @cssstate loading - Not yet known who is signed in.
 * @cssstate signed-out - The form to sign in with is shown.
 * @cssstate welcome - Somebody came by a one-time link.
 * @cssstate refused - Who is signed in sets up no portals.
 * @cssstate overview - The portals, and what is there for another one.
 * @cssstate step - A step of the set-up, or of the settings.
 * @cssstate sso - Where else people of a portal sign in.
 * @cssstate done - A portal is open: what to paste where.
 * @cssstate people - The contacts.
 * @cssstate contact - One contact.
 * @cssstate seen-as - The tickets that one contact sees.
 * @cssstate import - A table of people is read in.
 * @cssstate companies - The companies.
 * @cssstate company - One company.
 * @cssstate staff - Who answers and who sets up.
 * @cssstate inboxes - Where tickets are.
 * @cssstate desk - The company's own help desk.
 * @cssstate statuses - The statuses of tickets.
 * @cssstate audit - Who did what, and when.
 * @cssstate failed - There is an error and nothing else to show.
 */
export class PortalSetupElement extends LitElement implements RoomHost {
  static override styles = [base, field, setup, navigation, sectionStyles, consentText, brandStyles];

  static override properties: PropertyDeclarations = {
    backend: { attribute: false },
    headingLevel: { type: Number, attribute: 'heading-level' },
  };

  /** Sets what it talks to: an object from script. */
  backend: SetupBackend | undefined;

  /** Sets the level of the element's first heading in the page's outline. */
  headingLevel = 1;

  /** @ignore */
  readonly localize = new LocalizeController(this);
  /** @ignore */
  readonly t = this.localize.t as SetupTranslate;
  readonly #internals = this.attachInternals();
  readonly #command = new CommandController(this, { fail: () => false });
  readonly #session = new Reading<StaffSession>(
    { requestUpdate: () => this.requestUpdate(), fail: () => false },
    async (signal) => this.#claim(await this.setup.session({ signal })),
  );
  #room: Room | undefined;
  #area: Area = 'portals';
  /** The form to sign in with, while it stands before a room. */
  #signIn: SignInRoom | undefined;
  #focusing = '';

  /** @ignore */
  get messages() {
    return setupWords;
  }

  /** @ignore */
  get ticketWord(): undefined {
    return undefined;
  }

  /** @ignore */
  get locale(): string {
    return this.localize.locale;
  }

  /** @ignore */
  get setup(): SetupBackend {
    if (!this.backend) throw new Error('<portal-setup> has no backend');
    return this.backend;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#handlePlace);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#handlePlace);
    this.#leave();
    this.#session.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('backend') || !this.backend) return;
    this.#leave();
    const token = welcomeToken();
    if (token) this.#begin(token);
    else void this.#session.refresh();
  }

  protected override updated(): void {
    if (this.#focusing) this.focusOn(this.#focusing);
  }

  /** Focuses the heading. */
  override focus(): void {
    this.focusOn('[part~=heading]');
  }

  /** @ignore */
  focusOn(selector: string): void {
    // What is to be focused may come with the next render.
    if (this.isUpdatePending) {
      this.#focusing = selector;
      return;
    }
    const target = this.renderRoot.querySelector<HTMLElement>(selector);
    target?.focus();
    this.#focusing = target ? '' : selector;
  }

  /** @ignore */
  go(place: string): void {
    location.hash = place;
  }

  /** @ignore */
  fail(error: BackendError): boolean {
    if (!isSignedOut(error)) return false;
    this.#askToSignIn(true);
    return true;
  }

  protected override render(): unknown {
    const { locale, dir, ready } = this.localize;
    return html`<div part="base" lang=${locale} dir=${dir}>${ready ? this.#renderView() : this.#as('loading', renderSkeleton(nothing))}</div>`;
  }

  #renderView(): unknown {
    const { t } = this;
    const { value: session, error } = this.#session;
    if (this.#signIn) return this.#as('signed-out', this.#signIn.render());
    if (this.#room?.state === 'welcome') return this.#as('welcome', this.#room.render());
    if (error) return this.#as('failed', renderFailure(t, error, this.#session.refresh));
    if (!session) return this.#as('loading', renderSkeleton(t('loading')));
    if (!session.staff) {
      this.#askToSignIn(false);
      return this.#renderView();
    }
    if (session.staff.role !== 'admin')
      return this.#as(
        'refused',
        html`${this.#renderBar(session)}<div class="stack">${renderHeading(this.headingLevel, t('setup.title'))}
          <p part="notice">${t('setup.not-admin', { name: session.staff.name })}</p></div>`,
      );
    if (!this.#room) ({ room: this.#room, area: this.#area } = enterRoom(this, location.hash));
    return this.#as(this.#room.state, html`${this.#renderBar(session)}${this.#room.render()}`);
  }

  #renderBar({ staff, account }: StaffSession): unknown {
    return html`<div part="bar" class="bar">
      ${staff?.role === 'admin' ? renderAreas(this.t, this.#area) : nothing}
      <p class="meta"><bdi>${account?.name}</bdi> · <bdi>${staff?.name}</bdi></p>
      <button part="button button-plain" class="meta" type="button" aria-disabled=${this.#command.pending} @click=${this.#handleSignOut}>${this.t('setup.sign-out')}</button>
    </div>`;
  }

  #as(state: string, template: unknown): unknown {
    this.#internals.states.clear();
    this.#internals.states.add(state);
    this.dataset['state'] = state;
    return template;
  }

  #claim(session: StaffSession): StaffSession {
    if (session.staff) claimKeptValues(session.staff.id);
    return session;
  }

  #leave(): void {
    this.#room?.leave?.();
    this.#room = undefined;
  }

  #begin(token: string): void {
    // Whoever looks over a shoulder, or into the history, finds no link that lets them in.
    history.replaceState(history.state, '', location.pathname + location.search);
    this.#signIn = undefined;
    this.#room = new WelcomeRoom(this, token, (session) => {
      this.#leave();
      if (session) this.#session.value = this.#claim(session);
      else void this.#session.refresh();
      this.requestUpdate();
      this.focus();
    });
  }

  /** @param ended there was a session, and what was typed is still there behind the form */
  #askToSignIn(ended: boolean): void {
    this.#signIn ??= new SignInRoom(this, ended, (session) => {
      this.#signIn = undefined;
      // Somebody else has signed in: what the room shows may not be theirs.
      if (session.staff?.id !== this.#session.value?.staff?.id) this.#leave();
      this.#session.value = this.#claim(session);
      this.requestUpdate();
      this.focus();
    });
    this.requestUpdate();
  }

  readonly #handlePlace = (): void => {
    if (!this.backend) return;
    const token = welcomeToken();
    this.#leave();
    if (token) this.#begin(token);
    this.requestUpdate();
    this.focus();
  };

  readonly #handleSignOut = async (): Promise<void> => {
    const done = await this.#command.run(() => this.setup.signOut());
    if (!done) return;
    forgetKeptValues();
    this.#leave();
    this.#session.value = { staff: null, account: null, expiresAt: null };
    this.requestUpdate();
    this.focus();
  };
}
