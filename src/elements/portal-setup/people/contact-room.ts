import { html, nothing } from 'lit';

import type { Contact, ContactProperty } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { renderTextField, renderTick, renderTicks } from '../fields.js';
import { changedText, Draft } from '../draft.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';
import { CompanyPicker } from './company-picker.js';
import { ContactData } from './contact-data.js';
import { ContactSights } from './contact-sights.js';
import { type ContactValues, contactNames, isMoved, propertiesOf, valuesOf } from './contact-values.js';
import {
  definedFieldId,
  faultText,
  halfWritten,
  type PropertyFault,
  type PropertyValues,
  renderDefinedFields,
} from './defined-fields.js';
import { renderPropertyRows } from './property-rows.js';

interface Known {
  /** `null`: to be made. */
  readonly contact: Contact | null;
  readonly defined: readonly ContactProperty[];
  /** Names in use that nobody has defined. */
  readonly others: readonly string[];
  /** Of all portals. */
  readonly groups: readonly string[];
}

const fields = ['email', 'name', 'companies', 'properties', 'groups'] as const;
type Field = (typeof fields)[number];

/** Where the cursor goes when a field was refused. */
const targets: Readonly<Record<Field, string>> = {
  email: '#email',
  name: '#name',
  companies: '#company-search',
  properties: '[part~=add-property]',
  groups: '[name^=group-]',
};

/** A contact: who they are, and what they see. What was typed and not saved is kept for this tab. */
export class ContactRoom implements Room {
  readonly state = 'contact';
  readonly #host: RoomHost;
  /** `null`: to be made. */
  readonly #id: string | null;
  readonly #draft: Draft<ContactValues>;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  readonly #enabling: CommandController;
  readonly #picker: CompanyPicker;
  readonly #sights: ContactSights | undefined;
  readonly #data: ContactData;
  #problem: { readonly field: Field; readonly text: SetupKey } | undefined;
  #fault: PropertyFault | undefined;
  /** It was changed by somebody else when it was to be saved. */
  #isBehind = false;
  #isSaved = false;

  constructor(host: RoomHost, id: string | null) {
    this.#host = host;
    this.#id = id;
    this.#draft = new Draft(`contact:${id ?? ''}`, valuesOf(null, []), contactNames);
    this.#data = new ContactData(host, () => this.#draft.forget());
    this.#command = new CommandController(host, host);
    this.#enabling = new CommandController(host, host);
    this.#picker = new CompanyPicker(host, ({ companies, primary }) => this.#change({ companies, primary }));
    this.#known = new Reading(host, async (signal) => {
      const [contact, setup, portals, defined] = await Promise.all([
        id === null ? null : host.setup.getContact(id, { signal }),
        host.setup.setup({ signal }),
        host.setup.listPortals({ signal }),
        host.setup.listContactProperties({ signal }),
      ]);
      this.#draft.meet(valuesOf(contact, defined));
      const groups = [...portals.flatMap(({ accessGroups }) => accessGroups), ...(contact?.accessGroups ?? [])];
      const others = setup.contactProperties.filter((name) => !defined.some((property) => property.name === name));
      return { contact, defined, others, groups: [...new Set(groups)].toSorted() };
    });
    void this.#known.refresh();
    this.#sights = id === null ? undefined : new ContactSights(host, id);
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    if (error && !known) return renderFailure(t, error, this.#known.refresh);
    if (!known) return renderSkeleton(t('loading'));
    const { contact } = known;
    return html`<div class="stack">
      <a part="link" href="#/people">${t('contacts.all')}</a>
      ${renderHeading(headingLevel, contact?.name ?? t('contacts.new'))}
      ${contact ? this.#renderEnabled(contact) : nothing}
      ${this.#renderForm(known)}
      ${contact ? [this.#sights?.render(contact), this.#data.render(contact)] : nothing}
    </div>`;
  }

  leave(): void {
    this.#known.stop();
    this.#picker.stop();
    this.#sights?.stop();
  }

  get #values(): ContactValues {
    return this.#draft.values;
  }

  #renderEnabled({ email, enabled }: Contact): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#enabling;
    return html`<div part="actions">
      <p><bdi>${email}</bdi> <span part="status" role="status">${enabled ? nothing : t('contacts.disabled')}</span></p>
      <button part="button enable" type="button" aria-disabled=${pending} @click=${this.#handleEnable}>${t(enabled ? 'contacts.disable' : 'contacts.enable')}</button>
    </div>
    ${enabled ? nothing : html`<p part="notice">${t('contacts.disabled-about')}</p>`}
    <p part="error" role="alert" ?hidden=${!error}>${error ? errorText(t, error) : nothing}</p>`;
  }

  #renderForm({ contact, defined, others, groups }: Known): unknown {
    const { t } = this.#host;
    const { companies, primary } = this.#values;
    const { pending, error } = this.#command;
    const isBehind = this.#isBehind || this.#draft.changed.length > 0;
    const refusal = error && !this.#problem && !this.#fault ? errorText(t, error) : '';
    const failure = isBehind ? changedText(t, this.#draft.changed) : refusal;
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${this.#renderText('name', t('contacts.name'))}
      <div part="field">
        ${this.#renderText('email', t('setup.email'), isMoved(contact, this.#values.email) ? t('contacts.email-moves') : undefined)}
        ${this.#renderVerified()}
      </div>
      ${this.#picker.render({ companies, primary }, this.#errorAt('companies'))}
      ${this.#renderGroups(groups)}
      ${renderDefinedFields(
        this.#host,
        defined,
        contact?.properties ?? {},
        this.#values.defined,
        this.#fault,
        (values) => this.#change({ defined: values }),
      )}
      ${renderPropertyRows(
        this.#host,
        this.#values.properties,
        others,
        t(defined.length ? 'contacts.properties-further' : 'contacts.properties'),
        this.#errorAt('properties'),
        (rows) => this.#change({ properties: rows }),
      )}
      <p part="error" role="alert" tabindex="-1" ?hidden=${!failure}>${failure}</p>
      <div part="actions"><button part="button button-primary next" type="submit" aria-disabled=${pending}>${t(pending ? 'setup.saving' : contact ? 'setup.save' : 'contacts.create')}</button></div>
      <p class="meta" part="saved" role="status">${this.#isSaved ? t('setup.saved') : nothing}</p>
    </form>`;
  }

  #renderText(name: 'email' | 'name', label: string, hint?: string): unknown {
    return renderTextField({
      name,
      type: name === 'email' ? 'email' : 'text',
      label,
      hint,
      value: this.#values[name],
      error: this.#errorAt(name),
      onInput: (text) => (name === 'email' ? this.#changeEmail(text) : this.#change({ name: text })),
    });
  }

  #renderVerified(): unknown {
    const { t } = this.#host;
    return renderTick({
      name: 'verified',
      label: t('contacts.verified'),
      hint: t('contacts.verified-hint'),
      checked: this.#values.verified,
      onChange: (verified) => this.#change({ verified }),
    });
  }

  #renderGroups(all: readonly string[]): unknown {
    const { t } = this.#host;
    const { groups } = this.#values;
    if (!all.length) return nothing;
    const ticks = all.map((group, at) => ({
      name: `group-${at}`,
      label: html`<bdi>${group}</bdi>`,
      checked: groups.includes(group),
      onChange: (checked: boolean) =>
        this.#change({ groups: checked ? [...groups, group] : groups.filter((other) => other !== group) }),
    }));
    return renderTicks('groups', t('setup.groups'), ticks, t('contacts.groups-hint'), this.#errorAt('groups'));
  }

  #errorAt(field: Field): string | undefined {
    return this.#problem?.field === field ? this.#host.t(this.#problem.text) : undefined;
  }

  /** Of another address nobody knows whose it is. */
  #changeEmail(email: string): void {
    const contact = this.#known.value?.contact ?? null;
    const wasMoved = isMoved(contact, this.#values.email);
    const isNow = isMoved(contact, email);
    this.#change({ email, ...(isNow !== wasMoved && { verified: isNow ? false : !!contact?.verified }) });
  }

  #change(values: Partial<ContactValues>): void {
    this.#draft.put(values);
    this.#problem = undefined;
    this.#fault = undefined;
    this.#isSaved = false;
    this.#host.requestUpdate();
  }

  #say(field: Field, text: SetupKey): void {
    this.#problem = { field, text };
    this.#host.requestUpdate();
    this.#host.focusOn(targets[field]);
  }

  #sayOf(name: string): void {
    const { defined } = this.#known.value ?? { defined: [] };
    const property = defined.find((other) => other.name === name);
    if (!property) return this.#say('properties', 'contacts.property-wrong');
    this.#fault = { name, text: faultText(property) };
    this.#host.requestUpdate();
    this.#host.focusOn(`#${definedFieldId(defined, name)}`);
  }

  /** `null` where one is not to be saved, which is said at its field. */
  #readProperties(): PropertyValues | null {
    const { defined } = this.#known.value ?? { defined: [] };
    const half = halfWritten(this.#host.renderRoot, defined);
    const read = half === undefined ? propertiesOf(this.#values, defined) : null;
    if (half !== undefined) this.#sayOf(half);
    if (typeof read !== 'string') return read;
    this.#say('properties', read);
    return null;
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#command.pending) return;
    this.#problem = undefined;
    this.#fault = undefined;
    const { companies, primary: primaryCompany, verified, groups: accessGroups } = this.#values;
    const email = this.#values.email.trim();
    const name = this.#values.name.trim();
    if (!name) return this.#say('name', 'setup.missing');
    if (!email) return this.#say('email', 'setup.missing');
    const properties = this.#readProperties();
    if (!properties) return;
    const change = {
      name,
      companies: companies.map(({ id }) => id),
      primaryCompany,
      properties,
      verified,
      accessGroups,
    };
    const { setup, locale } = this.#host;
    const { contact } = this.#known.value ?? {};
    this.#isBehind = false;
    this.#draft.changed = [];
    let saved: Contact | undefined;
    await this.#command.run(async () => {
      saved = await (contact
        ? setup.updateContact(contact.id, {
            ...change,
            ...(email !== contact.email && { email }),
            version: contact.version,
          })
        : setup.createContact({ ...change, email, locale }));
    });
    if (saved) return this.#goOn(saved);
    await this.#refused();
  };

  #goOn(saved: Contact): void {
    const { value: known } = this.#known;
    this.#draft.settle(valuesOf(saved, known?.defined ?? []));
    if (this.#id === null) return this.#host.go(`#/people/${saved.id}`);
    if (known) this.#known.value = { ...known, contact: saved };
    this.#isSaved = true;
    this.#host.requestUpdate();
    void this.#sights?.refresh();
  }

  async #refused(): Promise<void> {
    const { path, code } = this.#command.error?.fields?.[0] ?? { path: '', code: '' };
    if (path === 'version') {
      this.#isBehind = true;
      await this.#known.refresh();
    }
    if (path === 'email') return this.#say('email', code === 'taken' ? 'contacts.email-taken' : 'setup.email-wrong');
    if (path === 'name') return this.#say('name', 'contacts.name-wrong');
    if (/^(companies|primaryCompany)/.test(path)) return this.#say('companies', 'contacts.company-gone');
    if (path.startsWith('accessGroups')) return this.#say('groups', 'contacts.group-gone');
    if (path.startsWith('properties')) return this.#sayOf(path.slice('properties.'.length));
    this.#host.focusOn('form > [part=error]');
  }

  readonly #handleEnable = async (): Promise<void> => {
    const { value: known } = this.#known;
    const { contact } = known ?? {};
    if (!known || !contact) return;
    let saved: Contact | undefined;
    await this.#enabling.run(async () => {
      saved = await this.#host.setup.updateContact(contact.id, { enabled: !contact.enabled });
    });
    if (!saved) return;
    // What is typed beside it stays, and is not saved by this.
    this.#draft.meet(valuesOf(saved, known.defined));
    this.#known.value = { ...known, contact: saved };
    this.#host.requestUpdate();
    void this.#sights?.refresh();
  };
}
