import { html, nothing } from 'lit';

import type { PortalChange } from '../../../backend/setup/setup-backend.js';
import customers from '../../../i18n/en.consent.json';
import { fullTime } from '../../../i18n/format.js';
import { addEnglish, isLoaded, loadCatalogue, type MessageKey, translate } from '../../../i18n/translate.js';
import { renderConsentText } from '../../portal-login/consent-text.js';
import { languageName, renderLongField, renderTicks } from '../fields.js';
import type { SetupStep, StepPlace } from '../steps/step.js';
import type { SetupKey } from '../words.js';

addEnglish(customers);

/** Characters of a text; the server has the same limit. */
const most = 4000;

/** What is wrong with the text of a language, by the server's code for it. */
const faults: Readonly<Record<string, SetupKey>> = {
  missing: 'setup.consent-missing',
  too_big: 'setup.consent-too-long',
  unknown: 'setup.consent-language',
};

/** What customers agree to before a session starts: a text for each language of the portal. */
export class ConsentSection implements SetupStep {
  readonly values: { asked: boolean; text: Readonly<Record<string, string>> };
  place: StepPlace;
  /** By language. */
  #errors: Readonly<Record<string, SetupKey>> = {};
  /** The language that was written in last is the one that is looked at. */
  #shown: string | undefined;

  constructor(place: StepPlace) {
    this.place = place;
    const { asked = false, text = {} } = place.portal?.consent ?? {};
    this.values = { asked, text };
  }

  render(): unknown {
    const { t } = this.place.host;
    const { asked } = this.values;
    return html`${renderTicks('consent', t('setup.section-consent'), [
      {
        name: 'consent-asked',
        label: t('setup.consent-asked'),
        hint: t('setup.consent-asked-hint'),
        checked: asked,
        onChange: (checked) => this.#change({ asked: checked }, {}),
      },
    ])}
    ${this.#renderInForce()}
    ${this.#locales.map((locale) => this.#renderText(locale))}
    ${this.#renderPreview()}`;
  }

  read(): PortalChange | null {
    const { asked, text } = this.values;
    const texts = this.#locales.map((locale) => [locale, (text[locale] ?? '').trim()] as const);
    const missing = asked ? texts.filter(([, words]) => !words) : [];
    const long = texts.filter(([, words]) => words.length > most);
    if (missing.length > 0 || long.length > 0) {
      this.#say(
        Object.fromEntries([
          ...missing.map(([locale]) => [locale, 'setup.consent-missing'] as const),
          ...long.map(([locale]) => [locale, 'setup.consent-too-long'] as const),
        ]),
      );
      return null;
    }
    return { consent: { asked, text: Object.fromEntries(texts.filter(([, words]) => words)) } };
  }

  refuse(path: string, code: string): boolean {
    const locale = /^consent\.text\.(.+)$/.exec(path)?.[1];
    const fault = faults[code];
    if (locale === undefined || !fault || !this.#locales.includes(locale)) return false;
    this.#say({ [locale]: fault });
    return true;
  }

  get #locales(): readonly string[] {
    return this.place.portal?.locales ?? [];
  }

  #renderInForce(): unknown {
    const { host, portal } = this.place;
    const now = portal?.consentInForce;
    return html`<p class="meta" part="in-force">${
      now
        ? host.t('setup.consent-in-force', {
            version: now.version,
            date: fullTime(host.locale, now.since),
          })
        : host.t('setup.consent-none')
    } ${host.t('setup.consent-version')}</p>`;
  }

  #renderText(locale: string): unknown {
    const { t } = this.place.host;
    const error = this.#errors[locale];
    return renderLongField({
      name: `consent-${locale}`,
      label: t('setup.consent-text', { language: languageName(locale) }),
      value: this.values.text[locale] ?? '',
      lang: locale,
      hint: t('setup.consent-text-hint'),
      error: error && t(error, { most }),
      onInput: (words) => {
        this.#shown = locale;
        this.#change({ text: { ...this.values.text, [locale]: words } }, { [locale]: undefined });
      },
      onFocus: () => {
        if (this.#shown === locale) return;
        this.#shown = locale;
        this.place.host.requestUpdate();
      },
    });
  }

  /** As customers see it. */
  #renderPreview(): unknown {
    const { host } = this.place;
    const { t } = host;
    const { text } = this.values;
    const locale = [this.#shown, ...this.#locales].find((one) => one !== undefined && this.#locales.includes(one));
    const words = locale === undefined ? '' : (text[locale] ?? '').trim();
    if (locale === undefined || !words) return nothing;
    // What is around the text is said in its language as well.
    if (!isLoaded(locale)) void loadCatalogue(locale).then(() => host.requestUpdate());
    const say = (key: MessageKey) => translate(locale, key);
    return html`<figure part="preview">
      <figcaption class="meta">${t('setup.consent-preview', { language: languageName(locale) })}</figcaption>
      <div part="notice-preview" lang=${locale} dir=${/^ar/i.test(locale) ? 'rtl' : 'ltr'}>
        <p part="notice-heading">${say('consent.heading')}</p>
        ${renderConsentText({ text: words, locale })}
        <div part="actions" inert>
          <button part="button button-primary" type="button">${say('consent.agree')}</button>
          <button part="button" type="button">${say('consent.refuse')}</button>
        </div>
      </div>
    </figure>`;
  }

  #change(values: Partial<ConsentSection['values']>, errors: Readonly<Record<string, SetupKey | undefined>>): void {
    Object.assign(this.values, values);
    const left = Object.entries({ ...this.#errors, ...errors }).filter(([, key]) => key !== undefined);
    // Who switches it off needs no text.
    this.#errors = values.asked === false ? {} : (Object.fromEntries(left) as Record<string, SetupKey>);
    this.place.host.requestUpdate();
  }

  #say(errors: Readonly<Record<string, SetupKey>>): void {
    this.#errors = errors;
    const { host } = this.place;
    const first = this.#locales.find((locale) => errors[locale]);
    this.#shown = first;
    host.requestUpdate();
    if (first) host.focusOn(`#consent-${first}`);
  }
}
