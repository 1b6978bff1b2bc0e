import { html, nothing } from 'lit';

import type { ContactProperty, ContactPropertyInput } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText } from '../../templates.js';
import { linesOf, renderLinesField, renderSelect, renderTextField } from '../fields.js';
import { KeptValues } from '../kept-values.js';
import type { RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';

const types = ['text', 'number', 'date', 'boolean', 'choice'] as const satisfies ContactProperty['type'][];

interface Values {
  label: string;
  name: string;
  type: ContactProperty['type'];
  /** One a line. */
  options: string;
}

type Field = 'label' | 'name' | 'options';

/** What is wrong with a field, by its path and the code on the wire. */
const refusals: Readonly<Record<string, readonly [Field, SetupKey]>> = {
  'name taken': ['name', 'properties.name-taken'],
  'name reserved': ['name', 'properties.name-reserved'],
  'name too-many': ['name', 'properties.too-many'],
  name: ['name', 'properties.name-wrong'],
  label: ['label', 'contacts.name-wrong'],
  options: ['options', 'properties.options-wrong'],
};

interface Handlers {
  readonly save: (input: ContactPropertyInput) => Promise<void>;
  readonly cancel: () => void;
}

/** What is typed of a property: a new one, or one that is there, whose name and type stay. */
export class PropertyForm {
  readonly #host: RoomHost;
  readonly #property: ContactProperty | null;
  /** Names in use. */
  readonly #names: readonly string[];
  readonly #handlers: Handlers;
  readonly #kept: KeptValues;
  readonly #command: CommandController;
  readonly #values: Values;
  #problem: { readonly field: Field; readonly text: SetupKey } | undefined;

  constructor(host: RoomHost, property: ContactProperty | null, names: readonly string[], handlers: Handlers) {
    this.#host = host;
    this.#property = property;
    this.#names = names;
    this.#handlers = handlers;
    this.#kept = new KeptValues(`property:${property?.id ?? ''}`);
    this.#command = new CommandController(host, host);
    const { label = '', name = '', type = 'text', options } = property ?? {};
    this.#values = { label, name, type, options: (options ?? []).join('\n'), ...this.#kept.read() };
  }

  render(): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#command;
    const { type } = this.#values;
    const failure = error && !this.#problem ? errorText(t, error) : '';
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${this.#renderText('label', t('properties.label'), t('properties.label-hint'))}
      ${
        this.#property
          ? nothing
          : html`${this.#renderText('name', t('properties.name'), t('properties.name-hint'))}
              <datalist id="used-properties">${this.#names.map((name) => html`<option value=${name}></option>`)}</datalist>
              ${renderSelect(
                'type',
                t('properties.type'),
                types.map((value) => ({ value, label: t(`properties.type-${value}`) })),
                type,
                (value) => this.#change({ type: value as ContactProperty['type'] }),
              )}`
      }
      ${
        type === 'choice'
          ? renderLinesField({
              name: 'options',
              label: t('properties.options'),
              hint: t('properties.options-hint'),
              value: this.#values.options,
              error: this.#errorAt('options'),
              onInput: (options) => this.#change({ options }),
            })
          : nothing
      }
      <p part="error" role="alert" tabindex="-1" ?hidden=${!failure}>${failure}</p>
      <div part="actions">
        <button part="button button-primary next" type="submit" aria-disabled=${pending}>${t(pending ? 'setup.saving' : this.#property ? 'setup.save' : 'properties.create')}</button>
        <button part="button button-plain" type="button" @click=${this.#handleCancel}>${t('setup.domain-cancel')}</button>
      </div>
    </form>`;
  }

  #renderText(name: 'label' | 'name', label: string, hint: string): unknown {
    return renderTextField({
      name,
      label,
      hint,
      value: this.#values[name],
      error: this.#errorAt(name),
      ...(name === 'name' && { list: 'used-properties' }),
      onInput: (text) => this.#change({ [name]: text }),
    });
  }

  #errorAt(field: Field): string | undefined {
    return this.#problem?.field === field ? this.#host.t(this.#problem.text) : undefined;
  }

  #change(values: Partial<Values>): void {
    Object.assign(this.#values, values);
    this.#problem = undefined;
    this.#kept.write(this.#values);
    this.#host.requestUpdate();
  }

  #say(field: Field, text: SetupKey): void {
    this.#problem = { field, text };
    this.#host.requestUpdate();
    this.#host.focusOn(`#${field}`);
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#command.pending) return;
    this.#problem = undefined;
    const { type } = this.#values;
    const label = this.#values.label.trim();
    const name = this.#values.name.trim();
    const options = type === 'choice' ? [...new Set(linesOf(this.#values.options))] : null;
    if (!label) return this.#say('label', 'setup.missing');
    if (!name) return this.#say('name', 'setup.missing');
    if (options?.length === 0) return this.#say('options', 'properties.options-missing');
    // The form is gone once it is saved, and nothing of it comes back.
    const isDone = await this.#command.run(() => this.#handlers.save({ label, name, type, options }));
    if (isDone) return this.#kept.forget();
    const { path, code } = this.#command.error?.fields?.[0] ?? { path: '', code: '' };
    const [field = ''] = path.split('.');
    const refusal = refusals[`${field} ${code}`] ?? refusals[field];
    if (refusal) return this.#say(...refusal);
    this.#host.focusOn('form > [part=error]');
  };

  readonly #handleCancel = (): void => {
    this.#kept.forget();
    this.#handlers.cancel();
  };
}
