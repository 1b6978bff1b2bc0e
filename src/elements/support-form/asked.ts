import { html, nothing } from 'lit';

import type { DraftController } from '../../controllers/draft-controller.js';
import words from '../../i18n/en.detail.json';
import { addEnglish } from '../../i18n/translate.js';
import type { NewTicket, PortalForm, TicketProperty } from '../../model/index.js';
import { addStyles } from '../late-styles.js';
import { fieldId, renderField } from '../property-fields.js';
import { propertyFields } from '../property-fields.styles.js';
import type { SupportFormElement } from './support-form-element.js';

addEnglish(words);

/** As long as a property may be. */
const longest = 2000;

/** The field that says which form it is. */
const choice = 'form';

/** Under which a draft keeps a property: none is called like a field of the form's own. */
const draftName = (name: string): string => `property:${name}`;

interface AskedProperty {
  readonly property: TicketProperty;
  readonly required: boolean;
}

/** What the owner of the portal asks beside subject and message: which form it is, and the fields of that one. */
export class Asked {
  readonly #host: SupportFormElement;
  readonly #draft: DraftController;
  /** By property, or by `form`, the code of what is wrong there. */
  #faults: Readonly<Record<string, string>> = {};

  constructor(host: SupportFormElement, draft: DraftController) {
    this.#host = host;
    this.#draft = draft;
    addStyles(host, propertyFields);
  }

  /** Which form it is, where there are several. */
  renderChoice(disabled: boolean): unknown {
    if (this.#forms.length < 2) return nothing;
    const { t } = this.#host.localize;
    const chosen = this.#form?.id;
    const problem = this.#problemOf(choice);
    const options = [{ id: '', label: t('asked.choose') }, ...this.#forms];
    return html`<div part="field">
      <label part="label" for=${choice}>${t('asked.form')}</label>
      <p part="error" id="form-problem" ?hidden=${!problem}>${problem}</p>
      <select part="input" id=${choice} name=${choice} aria-required="true" ?disabled=${disabled} aria-invalid=${!!problem} aria-describedby="form-problem" @change=${this.#handleChoice}>
        ${options.map(({ id, label }) => html`<option value=${id} .selected=${id === (chosen ?? '')}>${label}</option>`)}
      </select>
    </div>`;
  }

  /** Below the message. */
  renderFields(disabled: boolean): unknown {
    const { t } = this.#host.localize;
    return this.#fields.map(({ property, required }) =>
      renderField(
        t,
        {
          property,
          required,
          disabled,
          value: this.#typed(property),
          problem: this.#problemOf(property.name, property),
        },
        this.#handleInput,
      ),
    );
  }

  /** What is wrong, for the list above the form: the id of each field, and the words. */
  get problems(): readonly { readonly id: string; readonly text: unknown }[] {
    const form = this.#problemOf(choice);
    return [
      ...(form ? [{ id: choice, text: form }] : []),
      ...this.#fields.flatMap(({ property }) => {
        const text = this.#problemOf(property.name, property);
        return text ? [{ id: fieldId(property.name), text: html`<bdi>${property.label}</bdi>: ${text}` }] : [];
      }),
    ];
  }

  /** Looks for what is missing, and for what the browser could not read. */
  check(form: HTMLFormElement): void {
    const unread = [...form.querySelectorAll('input')].filter(({ validity }) => validity.badInput);
    const missing = this.#fields.filter(({ property, required }) => required && !this.#typed(property).trim());
    this.#faults = Object.fromEntries([
      ...(this.#form ? [] : [[choice, 'missing']]),
      ...missing.map(({ property }) => [property.name, 'missing']),
      ...unread.map(({ name }) => [name, 'invalid_format']),
    ]) as Record<string, string>;
  }

  /** The server has refused it: what of that belongs to a field stands there. */
  refuse(fields: readonly { readonly path: string; readonly code: string }[]): void {
    this.#faults = Object.fromEntries(fields.map(({ path, code }) => [path.replace(/^properties\./, ''), code]));
  }

  /** What is sent of it. */
  get input(): Pick<NewTicket, 'form' | 'properties'> {
    const typed = this.#fields.map(({ property }) => [property.name, this.#typed(property).trim()]);
    const properties = Object.fromEntries(typed.filter(([, value]) => value)) as Record<string, string>;
    return { ...(this.#forms.length > 1 && this.#form && { form: this.#form.id }), properties };
  }

  get #settings() {
    const { client } = this.#host.portal;
    return client?.settingsIn(this.#host.localize.locale) ?? client?.portal;
  }

  get #forms(): readonly PortalForm[] {
    return this.#settings?.forms ?? [];
  }

  /** The only one, or the one that was chosen. */
  get #form(): PortalForm | undefined {
    const forms = this.#forms;
    return forms.length > 1 ? forms.find(({ id }) => id === this.#draft.get(choice)) : forms[0];
  }

  get #fields(): readonly AskedProperty[] {
    return (this.#form?.properties ?? []).flatMap(({ name, required }) => {
      const property = this.#settings?.properties?.find((one) => one.name === name);
      return property ? [{ property, required }] : [];
    });
  }

  #typed({ name }: TicketProperty): string {
    return this.#draft.get(draftName(name));
  }

  #problemOf(name: string, property?: TicketProperty): string | undefined {
    const { t } = this.#host.localize;
    const code = this.#faults[name];
    if (!code) return undefined;
    if (!property) return t('asked.form-empty');
    if (code === 'missing') return t('asked.empty');
    if (code === 'too_big') return t('rating.too-long', { count: longest });
    return t(property.type === 'number' || property.type === 'date' ? `details.${property.type}` : 'details.invalid');
  }

  readonly #handleChoice = ({ target }: Event): void => {
    this.#faults = {};
    this.#draft.set(choice, (target as HTMLSelectElement).value);
  };

  readonly #handleInput = ({ target }: Event): void => {
    const { name, value, validity } = target as HTMLInputElement | HTMLSelectElement;
    // A number or a day that is only begun has no value yet, and nothing is to come over it.
    if (!validity.badInput) this.#draft.set(draftName(name), value);
  };
}
