import { html, nothing } from 'lit';

import { CommandController } from '../../controllers/command-controller.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { PortalSessionChangedEvent } from '../../events/portal-session-changed-event.js';
import type { SignedInContact } from '../../model/index.js';
import { base } from '../../styles/base.styles.js';
import { PortalElement } from '../portal-element.js';
import { errorText, renderHeading } from '../templates.js';
import { login } from './portal-login.styles.js';

/**
 * Signs a customer in and out, and says who is signed in.
 * Use it alone in a site's header, or let `<customer-portal>` show it where it is needed.
 *
 * @fires {PortalSessionChangedEvent} portal-session-changed - Somebody signed in or out here.
 * @fires {PortalErrorEvent} portal-error - A request failed, other than by a wrong password.
 *
 * @csspart base - The outer wrapper.
 * @csspart skeleton - The lines shown until it is known who is signed in.
 * @csspart heading - The heading of the form.
 * @csspart form - The form to sign in with.
 * @csspart label - The label of a field.
 * @csspart input - A field of the form.
 * @csspart toggle - The button that shows and hides the password.
 * @csspart submit - The button that sends the form.
 * @csspart error - What went wrong, in words.
 * @csspart retry - The button that tries again.
 * @csspart notice - A word about a session that has ended, or about a portal that signs nobody in here.
 * @csspart link - The link to the hosted portal, where this page cannot keep a session.
 * @csspart person - The signed-in contact's name and company.
 * @csspart sign-out - The button that ends the session.
 *
 * @cssprop [--portal-color-accent=#2f5fd0] - Colour of the main button, links and marks.
 * @cssprop [--portal-color-on-accent=#fff] - Text on the accent colour.
 * @cssprop [--portal-color-danger=#d13415] - Colour of errors.
 * @cssprop [--portal-color-muted=currentColor at 74%] - Less important text.
 * @cssprop [--portal-color-border=currentColor at 55%] - Borders of fields and buttons.
 * @cssprop [--portal-color-focus=the accent as text] - The ring around what has the focus.
 * @cssprop [--portal-radius=6px] - Corners of fields and buttons.
 * @cssprop [--portal-space=16px] - Space between parts.
 * @cssprop [--portal-control-height=44px] - Least height of fields and buttons.
 * @cssprop [--portal-heading-size=1.375em] - Size of the heading.
 *
 * @cssstate loading - Not yet known who is signed in.
 * @cssstate signed-out - The form is shown.
 * @cssstate signed-in - A name is shown.
 * @cssstate failed - The portal could not be reached.
 * @cssstate elsewhere - The page cannot keep a session and links to the hosted portal.
 */
export class PortalLoginElement extends PortalElement {
  static override styles = [base, login];

  readonly #command = new CommandController(this, this.portal);
  #visible = false;
  #missing: 'email' | 'password' | undefined;

  /** Focuses the first field, or the name of who is signed in. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=person],input')?.focus();
  }

  protected override renderFor(client: PortalClient, contact: SignedInContact | null): unknown {
    return contact
      ? this.as('signed-in', this.#renderPerson(client, contact))
      : this.as('signed-out', this.#renderForm(client));
  }

  #renderForm(client: PortalClient): unknown {
    const { pending } = this.#command;
    if (!client.supports('signIn')) return html`<p part="notice">${this.t('login.unavailable')}</p>`;
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${renderHeading(this.headingLevel, this.t('login.heading'))}
      ${client.ended ? html`<p class="meta" part="notice">${this.t('login.ended')}</p>` : nothing}
      <div class="field">
        <label part="label" for="email">${this.t('login.email')}</label>
        <input part="input" id="email" name="email" type="email" autocomplete="username" ?readonly=${pending}
          aria-invalid=${this.#missing === 'email'} aria-describedby="error" />
      </div>
      <div class="field">
        <label part="label" for="password">${this.t('login.password')}</label>
        <div class="password">
          <input part="input" id="password" name="password" type=${this.#visible ? 'text' : 'password'}
            autocomplete="current-password" ?readonly=${pending}
            aria-invalid=${this.#missing === 'password'} aria-describedby="error" />
          <button class="button plain" part="toggle" type="button" aria-pressed=${this.#visible} aria-controls="password"
            aria-label=${this.t('login.show-password')} @click=${this.#handleToggle}>${this.t('login.show')}</button>
        </div>
      </div>
      ${this.#renderError()}
      <button class="button primary" part="submit" type="submit" aria-disabled=${pending}>
        ${this.t(pending ? 'login.waiting' : 'login.submit')}
      </button>
    </form>`;
  }

  #renderPerson(client: PortalClient, contact: SignedInContact): unknown {
    return html`<div class="bar">
      <span part="person" tabindex="-1"><bdi>${contact.name}</bdi>${
        contact.company ? html`<span class="meta"> · <bdi>${contact.company.name}</bdi></span>` : nothing
      }</span>
      ${
        client.supports('signOut')
          ? html`<button class="button plain meta" part="sign-out" type="button" aria-disabled=${this.#command.pending}
              @click=${this.#handleSignOut}>${this.t('login.sign-out')}</button>`
          : nothing
      }
    </div>
    ${this.#renderError()}`;
  }

  #renderError(): unknown {
    const { error } = this.#command;
    const text = this.#missing
      ? this.t(`login.missing-${this.#missing}`)
      : error && (error.code === 'unauthenticated' ? this.t('login.wrong') : errorText(this.t, error));
    return html`<p id="error" part="error" role="alert" ?hidden=${!text}>${text}</p>`;
  }

  #field(name: 'email' | 'password'): HTMLInputElement | null {
    return this.renderRoot.querySelector(`#${name}`);
  }

  readonly #handleToggle = (): void => {
    this.#visible = !this.#visible;
    this.requestUpdate();
  };

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const [email, password] = [String(data.get('email')).trim(), String(data.get('password'))];
    this.#missing = !email ? 'email' : !password ? 'password' : undefined;
    this.requestUpdate();
    if (this.#missing) this.#field(this.#missing)?.focus();
    else void this.#change(true, (client) => client.signIn({ method: 'password', email, password }));
  };

  readonly #handleSignOut = (): void => {
    void this.#change(false, (client) => client.signOut());
  };

  async #change(signedIn: boolean, work: (client: PortalClient) => Promise<void>): Promise<void> {
    const { client } = this.portal;
    if (!client) return;
    const done = await this.#command.run(() => work(client));
    await this.updateComplete;
    // The control that had the focus may be gone.
    if (!done) return this.#field('password')?.select();
    this.focus();
    this.dispatchEvent(new PortalSessionChangedEvent(signedIn));
  }
}
