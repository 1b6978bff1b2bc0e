import { html, nothing, type PropertyValues } from 'lit';

import { CommandController } from '../../controllers/command-controller.js';
import { takeSignInLink } from '../../controllers/sign-in-link.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { PortalSessionChangedEvent } from '../../events/portal-session-changed-event.js';
import { loadCode } from '../../load-code.js';
import type { SignedInContact } from '../../model/index.js';
import { base } from '../../styles/base.styles.js';
import { PortalElement } from '../portal-element.js';
import { errorText } from '../templates.js';
import { foreseeForm, loadForm } from './form-loader.js';
import type { Ending } from '../../controllers/sign-out.js';
import { login } from './portal-login.styles.js';
import type * as signIn from './sign-in-form.js';

/**
 * Signs a customer in and out, by every way that the portal offers, and says who is signed in.
 * Use it alone in a site's header, or let `<customer-portal>` show it where it is needed.
 *
 * @fires {PortalSessionChangedEvent} portal-session-changed - Somebody signed in or out here.
 * @fires {PortalErrorEvent} portal-error - A request failed, other than by a wrong password.
 *
 * @csspart heading - The heading of the form.
 * @csspart form - The form to sign in with.
 * @csspart label - The label of a field.
 * @csspart field - A label with its field and what helps with it.
 * @csspart input - A field of the form.
 * @csspart hint - What helps with a field, or when no code arrives.
 * @csspart control - A field with the button in it.
 * @csspart toggle - The button that shows and hides the password.
 * @csspart about - What a step is about, such as where a code was sent to.
 * @csspart code - The code of a mail, shown to be typed elsewhere.
 * @csspart submit - The button that sends the form.
 * @csspart button-primary - The main button.
 * @csspart send-code - The button that asks for a code instead of a password.
 * @csspart connection - A button that leads to a place elsewhere where people of the portal sign in.
 * @csspart connections - The list of places elsewhere to sign in at.
 * @csspart actions - The row of main buttons.
 * @csspart another-code - The button that asks for another code.
 * @csspart step - A button that leads to another step, such as that for a forgotten password.
 * @csspart steps - The row of quiet buttons below the form.
 * @csspart notice - A word about the session or about what was done, or about a portal that signs nobody in here.
 * @csspart person - The signed-in contact's name and company.
 * @csspart company - The company beside it.
 * @csspart name - The signed-in contact's name.
 * @csspart sign-out - The button that ends the session.
 * @csspart account - The name with the further ways to sign out below it.
 * @csspart sign-out-others - The button that ends all other sessions of the contact.
 * @csspart sign-out-all - The button that ends all sessions of the contact.
 * @csspart consent-open - The button that shows what the contact has agreed to.
 * @csspart consent - What the contact has agreed to.
 * @csspart consent-close - The button that hides it.
 * @csspart consent-text - The notice to agree to.
 * @csspart consent-link - A link in it.
 * @csspart agree - The button that agrees to it.
 * @csspart refuse - The button that does not.
 * @csspart consent-withdraw - The button that withdraws what was agreed to.
 * @csspart consent-question - Asks whether it may be withdrawn.
 * @csspart consent-keep - The button in it that changes nothing.
 * @csspart consent-withdraw-sure - The button in it that withdraws.
 * @csspart unsent - Asks whether what is written and not sent may be deleted.
 * @csspart stay - The button in it that changes nothing.
 * @csspart leave - The button in it that signs out.
 *
 * @cssprop [--portal-form-width=26em] - Greatest width of the form.
 *
 * @cssstate loading - Not yet known who is signed in, or the form is on its way.
 * @cssstate signed-out - The form is shown.
 * @cssstate signed-in - A name is shown.
 */
export class PortalLoginElement extends PortalElement {
  static override styles = [base, login];

  readonly #command = new CommandController(this, this.portal);
  /** What only few need who are signed in already. */
  #code: typeof signIn | undefined;
  #form: signIn.SignInForm | undefined;
  /** Other sessions have just been ended. */
  #alone = false;
  /** What is written and not sent, of who wants to sign out. */
  #unsent: { readonly count: number; readonly scope: Ending } | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    foreseeForm(this.portal);
  }

  /** Focuses the first field, or the name of who is signed in. */
  override focus(): void {
    this.focusOn('[part=person],[part=input],[part~=submit],[part~=step]');
  }

  protected override renderFor(client: PortalClient, contact: SignedInContact | null): unknown {
    if (contact) {
      // A link of a mail is of no use any more, and nothing that was typed is kept for the next one.
      takeSignInLink();
      this.#form = undefined;
      return this.as('signed-in', this.#renderPerson(client, contact));
    }
    this.#alone = false;
    if (this.#code && this.#form?.client !== client) this.#form = new this.#code.SignInForm(this, client);
    if (this.#form) return this.as('signed-out', this.#form.render());
    void this.#load();
    return this.renderSkeleton();
  }

  #renderPerson(client: PortalClient, contact: SignedInContact): unknown {
    const { error, pending } = this.#command;
    const { untilReload } = client;
    if (untilReload && !this.#code) void this.#load();
    const view = {
      host: this,
      t: this.t,
      pending,
      untilReload,
      alone: this.#alone,
      unsent: this.#unsent?.count ?? 0,
      signOut: this.#signOut,
      stay: this.#stay,
      leave: () => this.#unsent && this.#signOut(this.#unsent.scope, true),
    };
    const person = html`<bdi part="name">${contact.name}</bdi>${
      contact.company ? html`<span class="meta"> · <bdi part="company">${contact.company.name}</bdi></span>` : nothing
    }`;
    return html`<div class="bar">
        ${
          client.supports('signOut')
            ? html`<details part="account" @toggle=${this.#load}>
                  <summary part="person">${person}</summary>
                  ${this.#code?.renderSignOuts(view)}
                </details>
                <button class="meta" part="button button-plain sign-out" type="button" aria-disabled=${pending}
                  @click=${() => this.#signOut('this')}>${this.t('login.sign-out')}</button>`
            : html`<span part="person" tabindex="-1">${person}</span>`
        }
      </div>
      ${this.#code?.renderNotes(view)} ${this.#code?.renderUnsent(view)}
      <p part="error" role="alert" ?hidden=${!error}>${error && errorText(this.t, error)}</p>`;
  }

  readonly #load = async (): Promise<void> => {
    try {
      this.#code ??= await loadForm();
      this.requestUpdate();
    } catch (error) {
      this.portal.lack('unavailable', error);
    }
  };

  readonly #stay = (): void => {
    this.#unsent = undefined;
    this.requestUpdate();
  };

  readonly #signOut = async (scope: Ending, isSure = scope === 'others'): Promise<void> => {
    const { client } = this.portal;
    if (!client) return;
    this.#alone = false;
    const done = await this.#command.run(async () => {
      // Most visits sign nobody out; what is needed for it is loaded before anything is done.
      const { countUnsent, signOut } = await loadCode(() => import('../../controllers/sign-out.js'));
      const count = isSure ? 0 : await countUnsent(client);
      this.#unsent = count ? { count, scope } : undefined;
      if (!count) await signOut(client, scope);
    });
    if (!done) return;
    if (this.#unsent) {
      await this.#load();
      return this.focusOn('[part=unsent]');
    }
    this.#alone = scope === 'others';
    this.requestUpdate();
    if (this.#alone) return this.#code?.say(this.t('login.others-out'), this.localize.locale);
    await this.updateComplete;
    // The control that had the focus is gone.
    this.focus();
    this.dispatchEvent(new PortalSessionChangedEvent(false));
  };
}
