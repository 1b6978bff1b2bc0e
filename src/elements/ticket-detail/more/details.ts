import { html, nothing } from 'lit';

import { announce } from '../../../controllers/announcer.js';
import type { TicketDetail, TicketProperty } from '../../../model/index.js';
import { propertyText } from '../../property-text.js';
import { errorText } from '../../templates.js';
import type { TicketDetailElement } from '../ticket-detail-element.js';
import { fieldId, ofTheForm, renderField } from '../../property-fields.js';
import { TicketForm } from './ticket-form.js';

/** As long as a property may be. */
const longest = 2000;

/**
 * What a ticket is about beside its text: the properties that it has, and a form to change them where the reader may. What is
 * typed stays until it is saved, also through a reload.
 */
export class Details extends TicketForm {
  #isOpen = false;
  /** By property, the code of what is wrong with it. */
  #faults: Readonly<Record<string, string>> = {};

  constructor(host: TicketDetailElement, id: string, changed: (ticket: TicketDetail) => void) {
    super(host, id, 'details', changed);
  }

  /** What the ticket has, or the form. */
  render(ticket: TicketDetail): unknown {
    if (this.#may(ticket) && this.#isShown) return this.#renderForm(ticket);
    const filled = this.#known.filter(({ name }) => ticket.properties[name]);
    if (!filled.length) return nothing;
    return html`<dl part="properties">${filled.map((property) => this.#renderProperty(ticket, property))}</dl>`;
  }

  renderButton(ticket: TicketDetail): unknown {
    if (!this.#may(ticket) || this.#isShown) return nothing;
    return html`<button part="button button-plain edit-details" type="button" @click=${this.#handleOpen}>${this.t('details.edit')}</button>`;
  }

  #may({ actions }: TicketDetail): boolean {
    return !!this.host.portal.client?.supports('edit') && actions.includes('edit') && !!this.#known.length;
  }

  get #isShown(): boolean {
    return this.#isOpen || this.#touched.length > 0;
  }

  #renderProperty({ properties }: TicketDetail, property: TicketProperty): unknown {
    const text = propertyText(this.host.localize, property, properties[property.name] ?? '');
    return html`<div part="property"><dt part="property-name" dir="auto">${property.label}</dt> <dd part="property-value"><bdi>${text}</bdi></dd></div>`;
  }

  #renderForm(ticket: TicketDetail): unknown {
    const { pending } = this.command;
    const problem = this.#problem;
    return html`<form part="details-form" class="stack" aria-label=${this.t('details.edit')} novalidate @submit=${(event: Event) => void this.#handleSubmit(event, ticket)}>
      <div part="details-fields">
        ${this.#known.map((property) =>
          renderField(
            this.t,
            {
              property,
              value: this.#typed(property.name) ?? ticket.properties[property.name] ?? '',
              problem: this.#problemOf(property),
              disabled: pending,
            },
            this.#handleInput,
          ),
        )}
      </div>
      <p part="error" role="alert" ?hidden=${!problem}>${problem ?? nothing}</p>
      <div class="bar">
        <button part="button button-primary save-details" type="submit" aria-disabled=${pending}>${this.t(pending ? 'details.saving' : 'details.save')}</button>
        <button part="button button-plain cancel-details" type="button" @click=${this.#handleCancel}>${this.t('details.cancel')}</button>
      </div>
    </form>`;
  }

  /** The properties that the portal defines, in the reader's language. */
  get #known(): readonly TicketProperty[] {
    const { client } = this.host.portal;
    const { properties = [] } = client?.settingsIn(this.host.localize.locale) ?? client?.portal ?? {};
    // The head links to the article.
    return properties.filter(({ name }) => !ofTheForm.includes(name));
  }

  /** What was typed over a property; a sign before it tells what was emptied from what was never touched. */
  #typed(name: string): string | undefined {
    return this.draft.get(name) ? this.draft.get(name).slice(1) : undefined;
  }

  get #touched(): readonly TicketProperty[] {
    return this.#known.filter(({ name }) => this.#typed(name) !== undefined);
  }

  /** What keeps it from being saved and belongs to no field, in words. */
  get #problem(): string | undefined {
    const { error } = this.command;
    if (!error || Object.keys(this.#faults).length) return undefined;
    return this.t('details.failed', { reason: errorText(this.t, error) });
  }

  #problemOf({ name, type }: TicketProperty): string | undefined {
    const code = this.#faults[name];
    if (!code) return undefined;
    if (code === 'too_big') return this.t('rating.too-long', { count: longest });
    return this.t(type === 'number' || type === 'date' ? `details.${type}` : 'details.invalid');
  }

  /** At the first of the fields that are wrong. */
  async #show(faults: Readonly<Record<string, string>>): Promise<void> {
    this.#faults = faults;
    this.host.requestUpdate();
    const first = this.#known.find(({ name }) => faults[name]);
    if (first) await this.focus(`#${CSS.escape(fieldId(first.name))}`);
  }

  readonly #handleOpen = (): void => {
    this.#isOpen = true;
    this.host.requestUpdate();
    void this.focus('[part=details-fields] [part=input]');
  };

  readonly #handleCancel = (): void => {
    this.command.reset();
    this.#close();
  };

  #close(): void {
    this.#isOpen = false;
    this.#faults = {};
    this.draft.clear(this.draft.place);
    void this.focus('[part~=edit-details]');
  }

  readonly #handleInput = ({ target }: Event): void => {
    const { name, value, validity } = target as HTMLInputElement | HTMLSelectElement;
    // A number or a day that is only begun has no value yet, and nothing is to come over it.
    if (validity.badInput) return;
    const { [name]: _, ...others } = this.#faults;
    this.#faults = others;
    this.command.reset();
    // Whoever empties it again goes on.
    this.#isOpen = true;
    this.draft.set(name, `=${value}`);
  };

  async #handleSubmit(event: Event, { properties: before }: TicketDetail): Promise<void> {
    event.preventDefault();
    const controls = [...(event.target as HTMLFormElement).querySelectorAll('input')];
    const unread = controls.filter(({ validity }) => validity.badInput).map(({ name }) => [name, 'invalid_format']);
    if (unread.length) return this.#show(Object.fromEntries(unread) as Record<string, string>);
    const values = this.#touched.map(({ name }) => [name, this.#typed(name)?.trim() ?? ''] as const);
    const other = values.filter(([name, value]) => value !== (before[name] ?? ''));
    if (!other.length) return this.#close();
    this.#faults = {};
    const { client } = this.host.portal;
    const { locale } = this.host.localize;
    const properties = Object.fromEntries(other.map(([name, value]) => [name, value || null]));
    const done = await this.command.run(async () => {
      const saved = await client?.backend.edit?.(this.id, { properties }, { locale });
      if (saved) this.changed(saved);
    });
    if (done) {
      announce(this.t('details.saved'), locale);
      return this.#close();
    }
    const wrong = this.command.error?.fields?.map(({ path, code }) => [path.replace(/^properties\./, ''), code]) ?? [];
    const known = wrong.filter(([name]) => this.#known.some((one) => one.name === name));
    await this.#show(Object.fromEntries(known) as Record<string, string>);
  }
}
