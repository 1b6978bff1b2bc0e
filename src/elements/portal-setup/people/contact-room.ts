import { html, nothing } from 'lit';

import type { Contact, ContactProperty, Named } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { renderTextField, renderTicks } from '../fields.js';
import { KeptValues } from '../kept-values.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';
import { CompanyPicker } from './company-picker.js';
import { ContactSights } from './contact-sights.js';
import {
  definedFieldId,
  faultText,
  halfWritten,
  type PropertyFault,
  type PropertyValues,
  renderDefinedFields,
} from './defined-fields.js';
import { type PropertyRow, renderPropertyRows } from './property-rows.js';

interface Known {
  /** `null`: to be made. */
  readonly contact: Contact | null;
  readonly defined: readonly ContactProperty[];
  /** Names in use that nobody has defined. */
  readonly others: readonly string[];
  /** Of all portals. */
  readonly groups: readonly string[];
}

interface Values {
  email: string;
  name: string;
  companies: readonly Named[];
  primary: string | null;
  /** Of those that are defined; the others follow. */
  defined: PropertyValues;
  properties: readonly PropertyRow[];
  verified: boolean;
  groups: readonly string[];
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

function valuesOf(contact: Contact | null, defined: readonly ContactProperty[]): Values {
  const properties = Object.entries(contact?.properties ?? {});
  const isDefined = ([name]: PropertyRow) => defined.some((property) => property.name === name);
  return {
    email: contact?.email ?? '',
    name: contact?.name ?? '',
    companies: contact?.companies ?? [],
    primary: contact?.primaryCompany ?? null,
    defined: Object.fromEntries(properties.filter(isDefined)),
    properties: properties.filter((row) => !isDefined(row)),
    verified: contact?.verified ?? false,
    groups: contact?.accessGroups ?? [],
  };
}

/** A contact: who they are, and what they see. What was typed and not saved is kept for this tab. */
export class ContactRoom implements Room {
  readonly state = 'contact';
  readonly #host: RoomHost;
  /** `null`: to be made. */
  readonly #id: string | null;
  readonly #kept: KeptValues;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  readonly #enabling: CommandController;
  readonly #picker: CompanyPicker;
  readonly #sights: ContactSights | undefined;
  readonly #values = valuesOf(null, []);
  #problem: { readonly field: Field; readonly text: SetupKey } | undefined;
  #fault: PropertyFault | undefined;
  #isSaved = false;

  constructor(host: RoomHost, id: string | null) {
    this.#host = host;
    this.#id = id;
    this.#kept = new KeptValues(`contact:${id ?? ''}`);
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
      Object.assign(this.#values, valuesOf(contact, defined), this.#kept.read());
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
    if (error) return renderFailure(t, error, this.#known.refresh);
    if (!known) return renderSkeleton(t('loading'));
    const { contact } = known;
    return html`<div class="stack">
      <a part="link" href="#/people">${t('contacts.all')}</a>
      ${renderHeading(headingLevel, contact?.name ?? t('contacts.new'))}
      ${contact ? this.#renderEnabled(contact) : nothing}
      ${this.#renderForm(known)}
      ${contact ? this.#sights?.render(contact) : nothing}
    </div>`;
  }

  leave(): void {
    this.#known.stop();
    this.#picker.stop();
    this.#sights?.stop();
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
    const failure = error && !this.#problem && !this.#fault ? errorText(t, error) : '';
    return html`<form part="form" class="stack" method="post" novalidate @submit=${this.#handleSubmit}>
      ${contact ? nothing : this.#renderText('email', t('setup.email'))}
      ${this.#renderText('name', t('contacts.name'))}
      ${this.#picker.render({ companies, primary }, this.#errorAt('companies'))}
      ${renderTicks('verified', t('contacts.address'), [
        {
          name: 'verified',
          label: t('contacts.verified'),
          hint: t('contacts.verified-hint'),
          checked: this.#values.verified,
          onChange: (verified) => this.#change({ verified }),
        },
      ])}
      ${this.#renderGroups(groups)}
      ${renderDefinedFields(
        this.#host,
        defined,
        contact?.properties ?? {},
        this.#values.defined,
        this.#fault,
        (values) => this.#change({ defined: values }),
      )}
      ${renderPropertyRows(this.#host, this.#values.properties, others, this.#errorAt('properties'), (rows) =>
        this.#change({ properties: rows }),
      )}
      <p part="error" role="alert" tabindex="-1" ?hidden=${!failure}>${failure}</p>
      <div part="actions"><button part="button button-primary next" type="submit" aria-disabled=${pending}>${t(pending ? 'setup.saving' : contact ? 'setup.save' : 'contacts.create')}</button></div>
      <p class="meta" part="saved" role="status">${this.#isSaved ? t('setup.saved') : nothing}</p>
    </form>`;
  }

  #renderText(name: 'email' | 'name', label: string): unknown {
    return renderTextField({
      name,
      type: name === 'email' ? 'email' : 'text',
      label,
      value: this.#values[name],
      error: this.#errorAt(name),
      onInput: (text) => this.#change({ [name]: text }),
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

  #change(values: Partial<Values>): void {
    Object.assign(this.#values, values);
    this.#problem = undefined;
    this.#fault = undefined;
    this.#isSaved = false;
    this.#kept.write(this.#values);
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

  /** All of them, or `null` where one is not to be saved, which is said at its field. */
  #readProperties(): PropertyValues | null {
    const { defined } = this.#known.value ?? { defined: [] };
    const half = halfWritten(this.#host.renderRoot, defined);
    if (half !== undefined) return this.#no(() => this.#sayOf(half));
    const filled = this.#values.properties
      .map(([property, value]) => [property.trim(), value.trim()] as const)
      .filter(([property, value]) => property || value);
    if (filled.some(([property]) => !property))
      return this.#no(() => this.#say('properties', 'contacts.property-nameless'));
    const names = [...defined.map(({ name }) => name), ...filled.map(([property]) => property)];
    if (new Set(names).size < names.length) return this.#no(() => this.#say('properties', 'contacts.property-twice'));
    const known = Object.entries(this.#values.defined)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value);
    return Object.fromEntries([...known, ...filled]);
  }

  #no(say: () => void): null {
    say();
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
    if (this.#id === null && !email) return this.#say('email', 'setup.missing');
    if (!name) return this.#say('name', 'setup.missing');
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
    let saved: Contact | undefined;
    await this.#command.run(async () => {
      saved = await (this.#id === null
        ? setup.createContact({ ...change, email, locale })
        : setup.updateContact(this.#id, change));
    });
    if (saved) return this.#goOn(saved);
    this.#refused();
  };

  #goOn(saved: Contact): void {
    const { value: known } = this.#known;
    this.#kept.forget();
    if (this.#id === null) return this.#host.go(`#/people/${saved.id}`);
    if (known) this.#known.value = { ...known, contact: saved };
    Object.assign(this.#values, valuesOf(saved, known?.defined ?? []));
    this.#isSaved = true;
    this.#host.requestUpdate();
    void this.#sights?.refresh();
  }

  #refused(): void {
    const { path, code } = this.#command.error?.fields?.[0] ?? { path: '', code: '' };
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
    this.#known.value = { ...known, contact: saved };
    this.#host.requestUpdate();
    void this.#sights?.refresh();
  };
}
