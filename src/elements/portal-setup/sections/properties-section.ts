import { html, nothing } from 'lit';

import type { PortalChange, PropertyDefinition } from '../../../backend/setup/setup-backend.js';
import { languageName, renderError, renderSelect, renderTextField } from '../fields.js';
import type { SetupStep, StepPlace } from '../steps/step.js';
import {
  labelName,
  labelProblem,
  type LabelsDraft,
  labelsIn,
  moveTo,
  type Problems,
  renderEntry,
  renderLabels,
  renderMoves,
} from './entries.js';
import { ListPreview } from './list-preview.js';

const kinds = ['text', 'choice', 'number', 'date', 'boolean', 'none'] as const;

export interface OptionDraft {
  value: string;
  label: LabelsDraft;
}

/** A property while it is written. */
export interface PropertyDraft {
  name: string;
  /** `none`: customers may send and see it, and it is no column. */
  type: (typeof kinds)[number];
  label: LabelsDraft;
  options: OptionDraft[];
}

/** As many and as long as the server takes them. */
const most = { properties: 50, options: 100, name: 64, value: 200 } as const;

const draftOf = ({ name, type, label, options }: PropertyDefinition): PropertyDraft => ({
  name,
  type,
  label: { ...label },
  options: (options ?? []).map((option) => ({ value: option.value, label: { ...option.label } })),
});

const newOption = (): OptionDraft => ({ value: '', label: {} });

/** What a ticket is about beside its text: the properties that customers see, and how each is called and filled in. */
export class PropertiesSection implements SetupStep {
  readonly values: { rows: PropertyDraft[]; open: number; language: string };
  place: StepPlace;
  #problems: Problems = {};
  readonly #preview: ListPreview;

  constructor(place: StepPlace) {
    this.place = place;
    this.#preview = new ListPreview(place.host, () => this.values.rows);
    const { properties = [], propertyDefinitions = [], locale = 'en' } = place.portal ?? {};
    const bare = properties.filter((name) => !propertyDefinitions.some((one) => one.name === name));
    this.values = {
      rows: [
        ...propertyDefinitions.map(draftOf),
        ...bare.map((name) => ({ name, type: 'none' as const, label: {}, options: [] })),
      ],
      open: -1,
      language: locale,
    };
  }

  render(): unknown {
    const { t } = this.place.host;
    const { rows } = this.values;
    return html`<p>${t('definitions.about')}</p>
      ${rows.length ? html`<ol part="entries" role="list">${rows.map((row, at) => this.#renderRow(row, at))}</ol>` : html`<p class="meta" part="hint">${t('definitions.none')}</p>`}
      ${
        rows.length < most.properties
          ? html`<button part="button add-property" type="button" @click=${this.#handleAdd}>${t('definitions.add')}</button>`
          : nothing
      }
      ${this.#renderPreview()}`;
  }

  read(): PortalChange | null {
    const locales = this.#locales;
    const { rows } = this.values;
    // A value that nobody has typed is the label, from now on.
    for (const option of rows.flatMap(({ options }) => options)) option.value ||= option.label[this.#own]?.trim() ?? '';
    this.#problems = this.#problemsOf(rows);
    const [wrong] = Object.keys(this.#problems);
    if (wrong) {
      this.#show(wrong);
      return null;
    }
    this.#host.requestUpdate();
    const definitions = rows.flatMap(({ name, type, label, options }): PropertyDefinition[] => {
      if (type === 'none') return [];
      const named = { name: name.trim(), label: labelsIn(label, locales) };
      if (type !== 'choice') return [{ ...named, type, options: null }];
      return [
        {
          ...named,
          type,
          options: options.map((one) => ({ value: one.value.trim(), label: labelsIn(one.label, locales) })),
        },
      ];
    });
    return { properties: rows.map(({ name }) => name.trim()), propertyDefinitions: definitions };
  }

  refuse(path: string, code: string): boolean {
    const { rows } = this.values;
    const [setting, at = '', ...rest] = path.split('.');
    const defined = rows.filter(({ type }) => type !== 'none');
    const row = setting === 'properties' ? rows[Number(at)] : setting === 'propertyDefinitions' && defined[Number(at)];
    if (!row) return false;
    const field = this.#fieldOf(rows.indexOf(row), rest);
    this.#problems = { [field]: this.place.host.t(code === 'repeated' ? 'definitions.twice' : 'entries.refused') };
    this.#show(field);
    return true;
  }

  leave(): void {
    this.#preview.leave();
  }

  get #host() {
    return this.place.host;
  }

  get #locales(): readonly string[] {
    return this.place.portal?.locales ?? ['en'];
  }

  /** The portal's own language. */
  get #own(): string {
    return this.place.portal?.locale ?? 'en';
  }

  /** The field that a path below a definition is of. */
  #fieldOf(at: number, [key, ...rest]: readonly string[]): string {
    if (key === 'label') return labelName(`label-${at}`, rest[0] ?? this.#own);
    if (key !== 'options') return `name-${at}`;
    const [place = '0', part, locale = this.#own] = rest;
    return part === 'label' ? labelName(`option-${at}-${place}`, locale) : `value-${at}-${place}`;
  }

  #problemsOf(rows: readonly PropertyDraft[]): Problems {
    const { t } = this.#host;
    const problems: Problems = {};
    const add = (field: string, words: string | undefined) => {
      if (words) problems[field] = words;
    };
    for (const [at, { name, type, label, options }] of rows.entries()) {
      add(`name-${at}`, this.#problemOfName(rows, at, name.trim()));
      if (type === 'none') continue;
      for (const locale of this.#locales) add(labelName(`label-${at}`, locale), labelProblem(t, label[locale], locale));
      if (type !== 'choice') continue;
      if (!options.length) add(`options-${at}`, t('definitions.no-options'));
      for (const [place, option] of options.entries()) {
        for (const locale of this.#locales)
          add(labelName(`option-${at}-${place}`, locale), labelProblem(t, option.label[locale], locale));
        add(`value-${at}-${place}`, this.#problemOfValue(options, place, option.value.trim()));
      }
    }
    return problems;
  }

  #problemOfName(rows: readonly PropertyDraft[], at: number, name: string): string | undefined {
    const { t } = this.#host;
    if (!name) return t('definitions.nameless');
    if (name.length > most.name) return t('entries.too-long', { max: most.name });
    return rows.findIndex((row) => row.name.trim() === name) < at ? t('definitions.twice') : undefined;
  }

  #problemOfValue(options: readonly OptionDraft[], place: number, value: string): string | undefined {
    const { t } = this.#host;
    if (value.length > most.value) return t('entries.too-long', { max: most.value });
    return value && options.findIndex((one) => one.value.trim() === value) < place
      ? t('definitions.value-twice')
      : undefined;
  }

  /** At the field, unfolded. */
  #show(field: string): void {
    this.values.open = Number(field.split('-')[1]);
    this.#host.requestUpdate();
    this.#host.focusOn(field.startsWith('options-') ? `[name=add-option]` : `[name="${CSS.escape(field)}"]`);
  }

  #renderRow(row: PropertyDraft, at: number): unknown {
    const { t } = this.#host;
    const { rows, open } = this.values;
    return renderEntry(this.#host, {
      list: 'property',
      at,
      count: rows.length,
      title: row.label[this.#own]?.trim() || row.name.trim() || t('definitions.new'),
      about: t(`definitions.kind-${row.type}`),
      isOpen: open === at,
      body: this.#renderFields(row, at),
      onToggle: () => this.#change(() => (this.values.open = open === at ? -1 : at)),
      onMove: (to) =>
        this.#change(() => {
          moveTo(rows, at, to);
          this.values.open = -1;
        }),
      onRemove: () => {
        this.#change(() => {
          rows.splice(at, 1);
          this.values.open = -1;
        });
        this.#host.focusOn('[part~=add-property]');
      },
    });
  }

  #renderFields(row: PropertyDraft, at: number): unknown {
    const { t } = this.#host;
    return html`
      ${renderSelect(
        `type-${at}`,
        t('definitions.kind'),
        kinds.map((value) => ({ value, label: t(`definitions.kind-${value}`) })),
        row.type,
        (type) => this.#change(() => (row.type = type as PropertyDraft['type'])),
        row.type === 'none' ? t('definitions.kind-none-hint') : undefined,
      )}
      ${
        row.type === 'none'
          ? nothing
          : renderLabels({
              name: `label-${at}`,
              words: t('definitions.label'),
              label: row.label,
              locales: this.#locales,
              problems: this.#problems,
              onInput: (locale, text) => this.#type(labelName(`label-${at}`, locale), () => (row.label[locale] = text)),
            })
      }
      ${renderTextField({
        name: `name-${at}`,
        label: t('definitions.name'),
        hint: t('definitions.name-hint'),
        value: row.name,
        error: this.#problems[`name-${at}`],
        onInput: (name) => this.#type(`name-${at}`, () => (row.name = name)),
      })}
      ${row.type === 'choice' ? this.#renderOptions(row, at) : nothing}`;
  }

  #renderOptions({ options }: PropertyDraft, at: number): unknown {
    const { t } = this.#host;
    const add = () => {
      this.#change(() => options.push(newOption()));
      this.#host.focusOn(`[name="${labelName(`option-${at}-${options.length - 1}`, this.#own)}"]`);
    };
    return html`<fieldset part="group">
      <legend part="label">${t('definitions.options')}</legend>
      <p class="meta" part="hint">${t('definitions.options-hint')}</p>
      <ol part="entries" role="list">${options.map((option, place) => this.#renderOption(options, option, at, place))}</ol>
      ${renderError(`options-${at}`, this.#problems[`options-${at}`])}
      ${
        options.length < most.options
          ? html`<button part="button" name="add-option" type="button" @click=${add}>${t('definitions.option-add')}</button>`
          : nothing
      }
    </fieldset>`;
  }

  #renderOption(options: OptionDraft[], option: OptionDraft, at: number, place: number): unknown {
    const { t } = this.#host;
    const name = `option-${at}-${place}`;
    const words = t('definitions.option', { at: place + 1 });
    const value = `value-${at}-${place}`;
    return html`<li part="option">
      ${renderLabels({
        name,
        words,
        label: option.label,
        locales: this.#locales,
        problems: this.#problems,
        onInput: (locale, text) => this.#type(labelName(name, locale), () => (option.label[locale] = text)),
      })}
      ${renderTextField({
        name: value,
        label: t('definitions.value'),
        value: option.value,
        error: this.#problems[value],
        onInput: (text) => this.#type(value, () => (option.value = text)),
      })}
      ${renderMoves(this.#host, {
        list: `option-${at}`,
        at: place,
        count: options.length,
        title: option.label[this.#own]?.trim() || words,
        onMove: (to) => this.#change(() => moveTo(options, place, to)),
        onRemove: () => {
          this.#change(() => options.splice(place, 1));
          this.#host.focusOn('[name=add-option]');
        },
      })}
    </li>`;
  }

  #renderPreview(): unknown {
    const { t, headingLevel } = this.#host;
    const { rows, language } = this.values;
    if (rows.every(({ type }) => type === 'none')) return nothing;
    return html`<section part="preview" aria-label=${t('definitions.preview')}>
      <div part="label" role="heading" aria-level=${headingLevel + 1}>${t('definitions.preview')}</div>
      <p class="meta" part="hint">${t('definitions.preview-hint')}</p>
      ${
        this.#locales.length > 1
          ? renderSelect(
              'language',
              t('entries.preview-in'),
              this.#locales.map((locale) => ({ value: locale, label: languageName(locale) })),
              language,
              (locale) => this.#change(() => (this.values.language = locale)),
            )
          : nothing
      }
      ${this.#preview.render(language)}
    </section>`;
  }

  readonly #handleAdd = (): void => {
    const { rows } = this.values;
    this.#change(() => {
      rows.push({ name: '', type: 'text', label: {}, options: [newOption()] });
      this.values.open = rows.length - 1;
    });
    this.#host.focusOn(`#type-${rows.length - 1}`);
  };

  #type(field: string, change: () => unknown): void {
    const { [field]: _, ...others } = this.#problems;
    this.#problems = others;
    change();
    this.#changed();
  }

  /** What was wrong stood at places that may be others now. */
  #change(change: () => unknown): void {
    this.#problems = {};
    change();
    this.#changed();
  }

  #changed(): void {
    this.#host.requestUpdate();
    void this.#preview.refresh();
  }
}
