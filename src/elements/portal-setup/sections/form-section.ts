import { html, nothing } from 'lit';

import type { PortalChange, PortalForm, PropertyDefinition } from '../../../backend/setup/setup-backend.js';
import { ofTheForm } from '../../property-fields.js';
import { languageName, renderError, renderSelect } from '../fields.js';
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
import { FormPreview } from './form-preview.js';

/** A form while it is written. */
export interface FormDraft {
  readonly id: string;
  label: LabelsDraft;
  fields: { property: string; required: boolean }[];
}

/** As many as the server takes. */
const most = 20;

const draftOf = ({ id, label, fields }: PortalForm): FormDraft => ({
  id,
  label: { ...label },
  fields: fields.map((field) => ({ ...field })),
});

/** What new tickets come by: which properties each form asks for, and whether customers have to answer. */
export class FormSection implements SetupStep {
  readonly values: { forms: FormDraft[]; open: number; language: string };
  place: StepPlace;
  readonly #preview: FormPreview;
  #problems: Problems = {};

  constructor(place: StepPlace) {
    this.place = place;
    const { forms = [], locale = 'en' } = place.portal ?? {};
    this.values = { forms: forms.map(draftOf), open: forms.length === 1 ? 0 : -1, language: locale };
    this.#preview = new FormPreview(place.host, (language) => ({
      forms: this.values.forms.map(({ id, label, fields }) => ({
        id,
        label: this.#in(label, language) || '…',
        fields: [],
        properties: fields.map(({ property, required }) => ({ name: property, required })),
      })),
      properties: this.#definitions.map(({ name, type, label, options }) => ({
        name,
        type,
        label: this.#in(label, language),
        options: options?.map((option) => ({ value: option.value, label: this.#in(option.label, language) })) ?? null,
      })),
    }));
  }

  render(): unknown {
    const { host, setup } = this.place;
    const { t } = host;
    const { forms } = this.values;
    return html`<p>${t('forms.about')}</p>
      ${setup.desk && !setup.desk.keepsProperties ? html`<p part="notice">${t('forms.desk')}</p>` : nothing}
      ${
        forms.length
          ? html`<ol part="entries" role="list">${forms.map((form, at) => this.#renderForm(form, at))}</ol>`
          : html`<p class="meta" part="hint">${t('forms.none')}</p>`
      }
      ${
        forms.length < most
          ? html`<button part="button add-form" type="button" @click=${this.#handleAdd}>${t(forms.length ? 'forms.add-another' : 'forms.add')}</button>`
          : nothing
      }
      ${this.#renderPreview()}`;
  }

  read(): PortalChange | null {
    const { t } = this.place.host;
    const { forms } = this.values;
    this.#problems = {};
    for (const [at, { label }] of forms.entries())
      for (const locale of this.#locales) {
        const problem = labelProblem(t, label[locale], locale);
        if (problem) this.#problems[labelName(`form-${at}`, locale)] = problem;
      }
    const [wrong] = Object.keys(this.#problems);
    if (wrong) {
      this.#show(wrong);
      return null;
    }
    this.place.host.requestUpdate();
    return {
      forms: forms.map(({ id, label, fields }) => ({
        id,
        label: labelsIn(label, this.#locales),
        fields: fields.filter(({ property }) => this.#definition(property)),
      })),
    };
  }

  refuse(path: string): boolean {
    const [setting, at = '', key, locale = this.#own] = path.split('.');
    if (setting !== 'forms' || !this.values.forms[Number(at)]) return false;
    const field = key === 'label' ? labelName(`form-${at}`, locale) : `fields-${at}`;
    this.#problems = { [field]: this.place.host.t('entries.refused') };
    this.#show(field);
    return true;
  }

  leave(): void {
    this.#preview.leave();
  }

  get #locales(): readonly string[] {
    return this.place.portal?.locales ?? ['en'];
  }

  /** The portal's own language. */
  get #own(): string {
    return this.place.portal?.locale ?? 'en';
  }

  /** What can be asked for: what the form sends of itself is no field of it. */
  get #definitions(): readonly PropertyDefinition[] {
    return (this.place.portal?.propertyDefinitions ?? []).filter(({ name }) => !ofTheForm.includes(name));
  }

  #definition(property: string): PropertyDefinition | undefined {
    return this.#definitions.find(({ name }) => name === property);
  }

  /** As customers read it. */
  #in(label: Readonly<Record<string, string>>, language: string): string {
    return label[language]?.trim() || label[this.#own]?.trim() || '';
  }

  #nameOf(property: string): string {
    return this.#in(this.#definition(property)?.label ?? {}, this.#own) || property;
  }

  /** At the field, unfolded. */
  #show(field: string): void {
    this.values.open = Number(field.split('-')[1]);
    this.place.host.requestUpdate();
    this.place.host.focusOn(`[name="${CSS.escape(field)}"]`);
  }

  #renderForm(form: FormDraft, at: number): unknown {
    const { host } = this.place;
    const { t } = host;
    const { forms, open } = this.values;
    const toggle = () => this.#change(() => (this.values.open = open === at ? -1 : at));
    return renderEntry(host, {
      list: 'forms',
      at,
      count: forms.length,
      title: this.#in(form.label, this.#own) || t('forms.new'),
      about: t('forms.count', { count: form.fields.length }),
      isOpen: open === at,
      body: [this.#renderLabel(form, at), this.#renderFields(form, at)],
      onToggle: toggle,
      onMove: (to) =>
        this.#change(() => {
          moveTo(forms, at, to);
          this.values.open = -1;
        }),
      onRemove: () => {
        this.#change(() => {
          forms.splice(at, 1);
          this.values.open = -1;
        });
        host.focusOn('[part~=add-form]');
      },
    });
  }

  #renderLabel({ label }: FormDraft, at: number): unknown {
    const { t } = this.place.host;
    return html`<p class="meta" part="hint">${t('forms.label-hint')}</p>
      ${renderLabels({
        name: `form-${at}`,
        words: t('forms.label'),
        label,
        locales: this.#locales,
        problems: this.#problems,
        onInput: (locale, text) => {
          const { [labelName(`form-${at}`, locale)]: _, ...others } = this.#problems;
          this.#problems = others;
          label[locale] = text;
          this.#changed();
        },
      })}`;
  }

  #renderFields(form: FormDraft, at: number): unknown {
    const { host, portal } = this.place;
    const { t } = host;
    const shown = form.fields.filter(({ property }) => this.#definition(property));
    const left = this.#definitions.filter(({ name }) => !form.fields.some(({ property }) => property === name));
    return html`<fieldset part="group" tabindex="-1" name="fields-${at}" aria-describedby="fields-${at}-error">
      <legend part="label">${t('forms.fields')}</legend>
      ${shown.length ? html`<ol part="entries" role="list">${shown.map((field, place) => this.#renderField(form, shown, field, at, place))}</ol>` : nothing}
      ${renderError(`fields-${at}`, this.#problems[`fields-${at}`])}
      ${
        left.length
          ? html`<div part="actions" role="group" aria-label=${t('forms.field-add')}><span aria-hidden="true">${t('forms.field-add')}</span>
              ${left.map(({ name }) => html`<button part="button add-field" type="button" @click=${() => this.#add(form, name, at)}><bdi>${this.#nameOf(name)}</bdi></button>`)}</div>`
          : nothing
      }
      ${
        this.#definitions.length
          ? nothing
          : html`<p class="meta" part="hint">${t('forms.no-properties')} <a href="#/${portal?.slug}/properties">${t('setup.section-properties')}</a></p>`
      }
    </fieldset>`;
  }

  #renderField(
    form: FormDraft,
    shown: FormDraft['fields'],
    field: FormDraft['fields'][number],
    at: number,
    place: number,
  ): unknown {
    const { host } = this.place;
    const { t } = host;
    const title = this.#nameOf(field.property);
    const require = ({ target }: Event) => this.#change(() => (field.required = (target as HTMLInputElement).checked));
    return html`<li part="entry"><div part="entry-head">
      <bdi>${title}</bdi>
      <label part="required"><input type="checkbox" .checked=${field.required} aria-label=${t('forms.required-this', { name: title })} @change=${require} />
        <span aria-hidden="true">${t('forms.required')}</span></label>
      ${renderMoves(host, {
        list: `field-${at}`,
        at: place,
        count: shown.length,
        title,
        onMove: (to) =>
          this.#change(() => {
            moveTo(shown, place, to);
            form.fields = shown;
          }),
        onRemove: () => {
          this.#change(() => (form.fields = shown.filter((one) => one !== field)));
          host.focusOn('[part~=add-field]');
        },
      })}
    </div></li>`;
  }

  #renderPreview(): unknown {
    const { t } = this.place.host;
    const { language } = this.values;
    return html`<section part="preview" aria-label=${t('forms.preview')}>
      <div part="label" role="heading" aria-level=${this.place.host.headingLevel + 1}>${t('forms.preview')}</div>
      <p class="meta" part="hint">${t('forms.preview-hint')}</p>
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
    const { forms } = this.values;
    let number = forms.length + 1;
    while (forms.some(({ id }) => id === `form-${number}`)) number++;
    this.#change(() => {
      forms.push({ id: `form-${number}`, label: {}, fields: [] });
      this.values.open = forms.length - 1;
    });
    this.place.host.focusOn(`[name="${labelName(`form-${forms.length - 1}`, this.#own)}"]`);
  };

  #add(form: FormDraft, property: string, at: number): void {
    this.#change(() => form.fields.push({ property, required: false }));
    this.place.host.focusOn(`#field-${at}-${form.fields.length - 1}-up`);
  }

  /** What was wrong stood at places that may be others now. */
  #change(change: () => unknown): void {
    this.#problems = {};
    change();
    this.#changed();
  }

  #changed(): void {
    this.place.host.requestUpdate();
    this.#preview.refresh();
  }
}
