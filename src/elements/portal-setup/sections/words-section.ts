import { html } from 'lit';

import type { PortalChange } from '../../../backend/setup/setup-backend.js';
import list from '../../../i18n/en.list.json';
import { numberText } from '../../../i18n/format.js';
import { addEnglish, isLoaded, loadCatalogue, type TicketWord, translate } from '../../../i18n/translate.js';
import { languageName, renderTextField } from '../fields.js';
import type { SetupStep, StepPlace } from '../steps/step.js';
import type { SetupKey } from '../words.js';

// What customers read of the list, for the preview.
addEnglish(list);

type Form = Intl.LDMLPluralRule | 'nominative';

/** Numbers that show a form, the most telling ones first. */
const samples = [1, 2, 5, 3, 0, 11, 100, 1.5];

/** The forms that a language counts with, each with a number that has it; `null` for many without a number. */
function formsOf(language: string): readonly (readonly [Form, number | null])[] {
  const rules = new Intl.PluralRules(language);
  const counted = samples.flatMap((number, at) => {
    const form = rules.select(number);
    return samples.findIndex((other) => rules.select(other) === form) === at ? [[form, number] as const] : [];
  });
  const known = rules.resolvedOptions().pluralCategories;
  const rest = known.filter((form) => !counted.some(([other]) => other === form)).map((form) => [form, 1e6] as const);
  return [...counted, ...rest, ['nominative', null]];
}

/** The owner's own word for a ticket, in each language of the portal and in each form that the language needs. */
export class WordsSection implements SetupStep {
  /** By language, then by form. */
  readonly values: { words: Record<string, Readonly<Record<string, string | undefined>>> };
  place: StepPlace;
  #problem: { readonly language: string; readonly form: string; readonly text: SetupKey } | undefined;

  constructor(place: StepPlace) {
    this.place = place;
    const ticket = place.portal?.words.ticket ?? {};
    this.values = {
      words: Object.fromEntries(this.#languages.map((language) => [language, { ...ticket[language] }])),
    };
    for (const language of this.#languages) {
      if (!isLoaded(language)) void loadCatalogue(language).then(() => place.host.requestUpdate());
    }
  }

  render(): unknown {
    const { t } = this.place.host;
    return html`<p>${t('setup.words-about')}</p>
      ${this.#languages.map((language) => this.#renderLanguage(language))}`;
  }

  read(): PortalChange | null {
    const filled = this.#languages.flatMap((language) => {
      const words = this.#wordsIn(language);
      return Object.keys(words).length ? [[language, words] as const] : [];
    });
    for (const [language, words] of filled) {
      const missing = formsOf(language).find(([form]) => !words[form]);
      if (missing) {
        this.#say(language, missing[0], 'setup.missing');
        return null;
      }
    }
    return { words: { ticket: Object.fromEntries(filled) } };
  }

  refuse(path: string): boolean {
    const [, language, form = 'one'] = /^words\.ticket\.([^.]+)(?:\.([^.]+))?/.exec(path) ?? [];
    if (!language) return false;
    this.#say(language, form, 'setup.word-wrong');
    return true;
  }

  get #languages(): readonly string[] {
    return this.place.portal?.locales ?? [];
  }

  /** What is filled in, without space around it. */
  #wordsIn(language: string): Record<string, string> {
    const typed = Object.entries(this.values.words[language] ?? {});
    return Object.fromEntries(
      typed.map(([form, text = '']) => [form, text.trim()] as const).filter(([, text]) => text),
    );
  }

  #renderLanguage(language: string): unknown {
    const { t } = this.place.host;
    return html`<fieldset part="group">
      <legend part="label">${languageName(language)}</legend>
      <p class="meta" part="hint">${t('setup.words-hint', { word: translate(language, 'ticket', { count: 1 }) })}</p>
      ${formsOf(language).map(([form, number]) => {
        const problem = this.#problem;
        const isWrong = problem?.language === language && problem.form === form;
        return renderTextField({
          name: `word-${language}-${form}`,
          label:
            number === null ? t('setup.word-many') : t('setup.word-after', { number: numberText(language, number) }),
          value: this.values.words[language]?.[form] ?? '',
          error: isWrong ? t(problem.text) : undefined,
          onInput: (text) => this.#change(language, form, text),
        });
      })}
      ${this.#renderPreview(language)}
    </fieldset>`;
  }

  /** As customers would read it: in their language, and with what is typed so far. */
  #renderPreview(language: string): unknown {
    const word: TicketWord = this.#wordsIn(language);
    const say = (key: 'list.heading' | 'list.new' | 'list.count', count = 1) =>
      translate(language, key, { count }, {}, word);
    const texts = [say('list.heading'), say('list.new'), ...[1, 2, 5].map((count) => say('list.count', count))];
    return html`<figure part="preview" role="group" aria-label=${this.place.host.t('setup.words-preview')}>
      <p class="meta">${this.place.host.t('setup.words-preview')}</p>
      <ul role="list" lang=${language} dir="auto">${texts.map((text) => html`<li>${text}</li>`)}</ul>
    </figure>`;
  }

  #change(language: string, form: string, text: string): void {
    this.values.words = { ...this.values.words, [language]: { ...this.values.words[language], [form]: text } };
    this.#problem = undefined;
    this.place.host.requestUpdate();
  }

  #say(language: string, form: string, text: SetupKey): void {
    this.#problem = { language, form, text };
    this.place.host.requestUpdate();
    this.place.host.focusOn(`[name="word-${CSS.escape(language)}-${CSS.escape(form)}"]`);
  }
}
