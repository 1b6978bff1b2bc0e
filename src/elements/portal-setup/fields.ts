import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import type { SetupTranslate } from './words.js';

export interface TextField {
  readonly name: string;
  readonly label: unknown;
  readonly value: string;
  readonly type?: 'text' | 'email' | 'password' | 'date';
  readonly inputMode?: 'decimal' | undefined;
  readonly autocomplete?: AutoFill;
  readonly hint?: string | undefined;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  readonly list?: string;
  readonly onInput: (value: string) => void;
}

const describedBy = ({ name, hint, error }: Pick<TextField, 'name' | 'hint' | 'error'>) =>
  [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || nothing;

export const renderError = (name: string, error: unknown) =>
  html`<p part="error" id="${name}-error" role="alert" ?hidden=${!error}>${error || nothing}</p>`;

const renderHint = (name: string, hint: string | undefined) =>
  hint ? html`<p class="meta" part="hint" id="${name}-hint">${hint}</p>` : nothing;

export const renderTextField = (field: TextField): unknown => {
  const { name, label, value, type = 'text', inputMode, autocomplete = 'off', hint, error, list, onInput } = field;
  return html`<div part="field">
    <label part="label" for=${name}>${label}</label>
    ${renderHint(name, hint)}
    <input part="input" id=${name} name=${name} type=${type} autocomplete=${autocomplete} .value=${value}
      list=${list ?? nothing} inputmode=${inputMode ?? nothing} autocapitalize=${type === 'text' ? nothing : 'none'} spellcheck="false"
      aria-invalid=${!!error} aria-describedby=${describedBy(field)}
      @input=${({ target }: Event) => onInput((target as HTMLInputElement).value)} />
    ${renderError(name, error)}
  </div>`;
};

export interface LinesField extends Omit<TextField, 'type' | 'autocomplete' | 'list' | 'error'> {
  readonly error?: unknown;
}

/** A field with an entry a line. */
export const renderLinesField = ({ name, label, value, hint, error, onInput }: LinesField): unknown =>
  html`<div part="field">
    <label part="label" for=${name}>${label}</label>
    ${renderHint(name, hint)}
    <textarea part="input" id=${name} name=${name} rows="3" spellcheck="false" autocapitalize="none" .value=${value}
      aria-invalid=${!!error} aria-describedby="${name}-hint ${name}-error"
      @input=${({ target }: Event) => onInput((target as HTMLTextAreaElement).value)}></textarea>
    ${renderError(name, error)}
  </div>`;

export interface LongField extends Omit<LinesField, 'error'> {
  readonly error?: string | undefined;
  /** Of what is written. */
  readonly lang: string;
  readonly onFocus?: () => void;
}

/** A field for a text of several paragraphs. */
export const renderLongField = (field: LongField): unknown => {
  const { name, label, value, hint, error, lang, onInput, onFocus } = field;
  return html`<div part="field">
    <label part="label" for=${name}>${label}</label>
    ${renderHint(name, hint)}
    <textarea part="input" id=${name} name=${name} rows="8" lang=${lang} dir="auto" .value=${value}
      aria-invalid=${!!error} aria-describedby=${describedBy(field)} @focus=${onFocus ?? nothing}
      @input=${({ target }: Event) => onInput((target as HTMLTextAreaElement).value)}></textarea>
    ${renderError(name, error)}
  </div>`;
};

/** The lines of a field, without empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: unknown;
  readonly hint?: unknown;
  /** Shown below it once it is chosen. */
  readonly more?: unknown;
}

/** One of several, each with a word on what it means. */
export const renderChoices = <Value extends string>(
  name: string,
  legend: unknown,
  choices: readonly Choice<Value>[],
  chosen: Value,
  onChange: (value: Value) => void,
): unknown => html`<fieldset part="choices">
    <legend part="label">${legend}</legend>
    ${choices.map(
      ({ value, label, hint, more }) => html`<div part="choice">
        <label><input type="radio" name=${name} .value=${value} .checked=${chosen === value}
          aria-describedby=${hint ? `${name}-${value}-hint` : nothing} @change=${() => onChange(value)} /> <span>${label}</span></label>
        ${hint ? html`<p class="meta" part="hint" id="${name}-${value}-hint">${hint}</p>` : nothing}
        ${chosen === value && more ? html`<div part="more">${more}</div>` : nothing}
      </div>`,
    )}
  </fieldset>`;

export interface Tick {
  readonly name: string;
  readonly label: unknown;
  readonly hint?: unknown;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** One that is by itself, or one of several. */
export const renderTick = (tick: Tick): unknown => html`<div part="choice">
    <label><input type="checkbox" name=${tick.name} .checked=${tick.checked}
      aria-describedby=${tick.hint ? `${tick.name}-hint` : nothing}
      @change=${({ target }: Event) => tick.onChange((target as HTMLInputElement).checked)} /> <span>${tick.label}</span></label>
    ${tick.hint ? html`<p class="meta" part="hint" id="${tick.name}-hint">${tick.hint}</p>` : nothing}
  </div>`;

/** Any of several. */
export const renderTicks = (
  name: string,
  legend: unknown,
  ticks: readonly Tick[],
  hint?: string,
  error?: string,
): unknown => html`<fieldset part="choices" aria-describedby="${name}-hint ${name}-error">
    <legend part="label">${legend}</legend>
    ${renderHint(name, hint)}
    ${ticks.map(renderTick)}
    ${renderError(name, error)}
  </fieldset>`;

export interface Option {
  readonly value: string;
  readonly label: string;
}

export const renderSelect = (
  name: string,
  label: unknown,
  options: readonly Option[],
  chosen: string,
  onChange: (value: string) => void,
  hint?: string,
  error?: string,
): unknown => html`<div part="field">
    <label part="label" for=${name}>${label}</label>
    ${renderHint(name, hint)}
    <select part="input" id=${name} name=${name} aria-invalid=${!!error} aria-describedby=${describedBy({ name, hint, error })}
      @change=${({ target }: Event) => onChange((target as HTMLSelectElement).value)}>
      ${options.map((option) => html`<option value=${option.value} .selected=${live(option.value === chosen)}>${option.label}</option>`)}
    </select>
    ${renderError(name, error)}
  </div>`;

/** A language by its own name. */
export function languageName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
  return name.replace(/^./u, (letter) => letter.toLocaleUpperCase(locale));
}

/** Languages that a portal can speak. */
export const portalLanguages = ['en', 'pl', 'de', 'ar'] as const;
export const draftLanguages: readonly string[] = ['de', 'ar'];

export const languageOptions = (t: SetupTranslate): Option[] =>
  portalLanguages.map((value) => ({
    value,
    label: draftLanguages.includes(value)
      ? `${languageName(value)} (${t('setup.languages-draft')})`
      : languageName(value),
  }));
