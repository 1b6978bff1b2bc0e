import { html, nothing } from 'lit';

import type { BackendError } from '../../backend/backend-error.js';
import { toBackendError } from '../../controllers/portal-client.js';
import { signIn } from '../../controllers/sign-in.js';
import { signOut } from '../../controllers/sign-out.js';
import words from '../../i18n/en.consent.json';
import { addEnglish } from '../../i18n/translate.js';
import type { ConsentNotice } from '../../model/index.js';
import { addStyles } from '../late-styles.js';
import { renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import { consentStyles, consentText } from './consent.styles.js';
import { renderConsentText } from './consent-text.js';
import type { SignInForm } from './sign-in-form.js';

addEnglish(words);

/** Somebody has shown who they are and reads what they are to agree to before their session starts. */
export class ConsentStep {
  /** Its text has changed since it was read. */
  changed = false;
  #notice: ConsentNotice | undefined;
  #failure: BackendError | undefined;
  /** The language that it was asked for in. */
  #asked: string | undefined;
  readonly #form: SignInForm;

  constructor(form: SignInForm) {
    this.#form = form;
    addStyles(form.host, consentText, consentStyles);
  }

  /** Asks for the text, and asks to sign in again where nobody waits for it any more. */
  async load(): Promise<void> {
    const { client, host } = this.#form;
    const { locale } = host.localize;
    this.#asked = locale;
    this.#failure = undefined;
    try {
      const notice = await client.backend.consent?.({ locale });
      if (this.#asked !== locale) return;
      // There is nothing to agree to any more: signing in again does it.
      if (!notice) return this.#form.leaveConsent('consent.over');
      this.#notice = notice;
    } catch (error) {
      const failure = toBackendError(error);
      if (isOver(failure)) return this.#form.leaveConsent('consent.over');
      this.#failure = failure;
    }
    host.requestUpdate();
  }

  render(): unknown {
    const { host, problem, pending, notice: said } = this.#form;
    const { t, locale } = host.localize;
    if (this.#asked !== locale) void this.load();
    const notice = this.#notice;
    if (this.#failure) return renderFailure(t, this.#failure, this.#handleRetry);
    if (!notice) return renderSkeleton(t('loading'));
    return html`<form part="form" class="stack consent" novalidate @submit=${this.#handleAgree}>
      ${renderHeading(host.headingLevel, t('consent.heading'))}
      ${said ? html`<p part="notice">${t(said)}</p>` : nothing}
      ${renderConsentText(notice)}
      <p id="error" part="error" role="alert" ?hidden=${!problem}>${problem?.text}</p>
      <div part="actions">
        <button part="button button-primary submit agree" type="submit" aria-disabled=${pending}>
          ${t(pending ? 'consent.agreeing' : 'consent.agree')}
        </button>
        <button part="button refuse" type="button" aria-disabled=${pending} @click=${this.#handleRefuse}>
          ${t('consent.refuse')}
        </button>
      </div>
    </form>`;
  }

  readonly #handleRetry = (): void => {
    void this.load();
    this.#form.host.requestUpdate();
  };

  readonly #handleAgree = (event: SubmitEvent): void => {
    event.preventDefault();
    const { client, pending } = this.#form;
    const notice = this.#notice;
    if (pending || !notice) return;
    const { version, locale } = notice;
    this.changed = false;
    void this.#form.enter(async () => {
      try {
        await signIn(client, { method: 'consent', version, locale });
      } catch (error) {
        const failure = toBackendError(error);
        if (failure.code === 'conflict') {
          this.changed = true;
          await this.load();
        } else if (isOver(failure)) client.enter();
        else throw error;
      }
    });
  };

  readonly #handleRefuse = (): void => void this.#refuse();

  async #refuse(): Promise<void> {
    const { client } = this.#form;
    if (await this.#form.run(() => signOut(client))) await this.#form.go('credentials', 'consent.refused');
  }
}

/** Nobody waits for it: it took too long, or is not asked any more. */
const isOver = ({ code }: BackendError): boolean => code === 'unauthenticated' || code === 'session-expired';
