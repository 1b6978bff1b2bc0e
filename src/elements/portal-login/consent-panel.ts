import { html, nothing } from 'lit';

import type { BackendError } from '../../backend/backend-error.js';
import { toBackendError } from '../../controllers/portal-client.js';
import words from '../../i18n/en.consent.json';
import { fullTime } from '../../i18n/format.js';
import { addEnglish } from '../../i18n/translate.js';
import type { ConsentNotice } from '../../model/index.js';
import { addStyles } from '../late-styles.js';
import { renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import type { AccountView } from './account-view.js';
import { consentStyles, consentText } from './consent.styles.js';
import { renderConsentText } from './consent-text.js';

addEnglish(words);

/** What somebody who is signed in has agreed to, and how they take it back. */
export class ConsentPanel {
  #notice: ConsentNotice | null | undefined;
  #failure: BackendError | undefined;
  /** Withdrawing was asked for, and waits for a yes. */
  #isAsking = false;
  readonly #host: AccountView['host'];
  readonly #close: () => void;

  constructor(host: AccountView['host'], close: () => void) {
    this.#host = host;
    this.#close = close;
    addStyles(host, consentText, consentStyles);
    void this.#load();
  }

  render({ t, pending, signOut }: AccountView): unknown {
    const { headingLevel, localize } = this.#host;
    const notice = this.#notice;
    const say = (part: string, text: string, act: () => void) =>
      html`<button part="button ${part}" type="button" aria-disabled=${pending} @click=${act}>${text}</button>`;
    return html`<section part="consent">
      ${renderHeading(headingLevel, t('consent.given'))}
      ${this.#failure ? renderFailure(t, this.#failure, () => void this.#load()) : notice === undefined ? renderSkeleton(t('loading')) : nothing}
      ${notice === null ? html`<p>${t('consent.none')}</p>` : nothing}
      ${
        notice
          ? html`<p class="meta">${t('consent.given-at', { date: fullTime(localize.locale, notice.givenAt ?? '') })}</p>
            ${renderConsentText(notice)}`
          : nothing
      }
      ${
        this.#isAsking
          ? html`<div part="consent-question" role="alertdialog" aria-labelledby="consent-question" tabindex="-1">
            <p id="consent-question">${t('consent.withdraw-about')}</p>
            <div class="bar">
              ${say('button-primary consent-keep', t('consent.keep'), () => this.#ask(false))}
              ${say('consent-withdraw-sure', t('consent.withdraw-sure'), () => signOut('withdraw'))}
            </div>
          </div>`
          : html`<div class="bar">
            ${say('consent-close', t('consent.close'), this.#close)}
            ${notice ? say('button-plain consent-withdraw', t('consent.withdraw'), () => this.#ask(true)) : nothing}
          </div>`
      }
    </section>`;
  }

  /** Puts the focus where reading begins. */
  focus(): void {
    this.#host.focusOn('[part=consent] [part=heading]');
  }

  async #load(): Promise<void> {
    const { portal, localize } = this.#host;
    this.#failure = undefined;
    try {
      this.#notice = (await portal.client?.backend.consent?.({ locale: localize.locale })) ?? null;
    } catch (error) {
      const failure = toBackendError(error);
      // Whose session has ended is shown the way in.
      if (!portal.fail(failure)) this.#failure = failure;
    }
    this.#host.requestUpdate();
  }

  #ask(isAsking: boolean): void {
    this.#isAsking = isAsking;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#host.focusOn(isAsking ? '[part=consent-question]' : '[part~=consent-withdraw]'),
    );
  }
}
