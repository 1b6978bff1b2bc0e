import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import type { FilterOperator, Permission, PropertyFilter } from '../../../backend/setup/setup-backend.js';
import type { ContactProperty } from '../../../backend/setup/people-backend.js';
import { optionsOf } from '../people/defined-fields.js';
import type { RoomHost } from '../room.js';
import type { SetupKey } from '../words.js';

const operators: readonly FilterOperator[] = [
  'is',
  'is-not',
  'is-any-of',
  'contains',
  'greater',
  'less',
  'before',
  'after',
  'is-known',
  'is-unknown',
];

/** What makes sense of each type; of a property that nobody has defined, all of them. */
const fitting: Readonly<Record<ContactProperty['type'], readonly FilterOperator[]>> = {
  text: ['is', 'is-not', 'is-any-of', 'contains', 'is-known', 'is-unknown'],
  number: ['is', 'is-not', 'greater', 'less', 'is-known', 'is-unknown'],
  date: ['is', 'before', 'after', 'is-known', 'is-unknown'],
  boolean: ['is', 'is-known', 'is-unknown'],
  choice: ['is', 'is-not', 'is-any-of', 'is-known', 'is-unknown'],
};

/** A filter while it is written. */
export interface FilterDraft {
  property: string;
  operator: FilterOperator;
  value: string;
}

export type GroupsDraft = FilterDraft[][];

const newFilter = (): FilterDraft => ({ property: '', operator: 'is', value: '' });

/** As many as the server takes. */
const most = 10;

const needsValue = (operator: FilterOperator): boolean => operator !== 'is-known' && operator !== 'is-unknown';

const textOf = ({ value }: PropertyFilter): string => (typeof value === 'string' ? value : (value ?? []).join(', '));

/** The groups of a permission, to be written on; one empty filter where there are none. */
export const draftOf = (permission: Permission | undefined): GroupsDraft =>
  permission?.kind === 'company-if' && permission.groups.length
    ? permission.groups.map((group) =>
        group.map((filter) => ({ property: filter.property, operator: filter.operator, value: textOf(filter) })),
      )
    : [[newFilter()]];

/** What a filter lacks, if anything. */
function problemOf({ property, operator, value }: FilterDraft): SetupKey | undefined {
  const text = value.trim();
  if (!property.trim() || (needsValue(operator) && !text)) return 'setup.filter-empty';
  if ((operator === 'greater' || operator === 'less') && !/^-?\d{1,9}(\.\d{1,6})?$/.test(text))
    return 'setup.filter-number';
  if ((operator === 'before' || operator === 'after') && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'setup.filter-date';
  return undefined;
}

export const problemOfGroups = (groups: GroupsDraft): SetupKey | undefined =>
  groups.flat().map(problemOf).find(Boolean);

function filterOf({ property, operator, value }: FilterDraft): PropertyFilter {
  const name = property.trim();
  const text = value.trim();
  if (!needsValue(operator)) return { property: name, operator };
  if (operator !== 'is-any-of') return { property: name, operator, value: text };
  const values = text.split(',').map((part) => part.trim());
  return { property: name, operator, value: values.filter(Boolean) };
}

/** Meant for groups without a problem. */
export const groupsOf = (groups: GroupsDraft): readonly (readonly PropertyFilter[])[] =>
  groups.map((group) => group.map(filterOf));

/** Groups of filters, joined by OR, and by AND inside of each. */
export class FilterEditor {
  readonly #host: RoomHost;
  readonly #groups: GroupsDraft;
  readonly #onChange: () => void;
  #defined: readonly ContactProperty[] = [];

  constructor(host: RoomHost, groups: GroupsDraft, onChange: () => void) {
    this.#host = host;
    this.#groups = groups;
    this.#onChange = onChange;
  }

  /**
   * @param properties names to choose from; others may be typed
   * @param defined those whose type is known
   */
  render(properties: readonly string[], defined: readonly ContactProperty[] = []): unknown {
    const { t } = this.#host;
    this.#defined = defined;
    const others = properties.filter((name) => !defined.some((property) => property.name === name));
    return html`<div part="filter" role="group" aria-label=${t('setup.filter')}>
      <datalist id="properties">${defined.map(({ name, label }) => html`<option value=${name}>${label}</option>`)}${others.map((name) => html`<option value=${name}></option>`)}</datalist>
      ${this.#groups.map((group, at) => [
        at ? html`<p part="joint">${t('setup.filter-or')}</p>` : nothing,
        this.#renderGroup(group, at),
      ])}
      ${
        this.#groups.length < most
          ? html`<button part="button button-plain" type="button" @click=${() => this.#add([newFilter()], this.#groups.length)}>${t('setup.group-add')}</button>`
          : nothing
      }
    </div>`;
  }

  #renderGroup(group: FilterDraft[], at: number): unknown {
    const { t } = this.#host;
    const clone = () =>
      this.#add(
        group.map((filter) => ({ ...filter })),
        at + 1,
      );
    return html`<fieldset part="group">
      <legend part="label">${t('setup.filter-group', { count: at + 1 })}</legend>
      ${group.map((filter, place) => [
        place ? html`<p part="joint">${t('setup.filter-and')}</p>` : nothing,
        this.#renderFilter(group, filter, `${at}-${place}`),
      ])}
      <div part="actions">
        ${
          group.length < most
            ? html`<button part="button button-plain" type="button" @click=${() => this.#addFilter(group, at)}>${t('setup.filter-add')}</button>`
            : nothing
        }
        ${
          this.#groups.length < most
            ? html`<button part="button button-plain" type="button" @click=${clone}>${t('setup.group-clone')}</button>`
            : nothing
        }
        ${
          this.#groups.length > 1
            ? html`<button part="button button-plain" type="button" @click=${() => this.#remove(at)}>${t('setup.group-remove')}</button>`
            : nothing
        }
      </div>
    </fieldset>`;
  }

  #renderFilter(group: FilterDraft[], filter: FilterDraft, name: string): unknown {
    const { t } = this.#host;
    const change = (values: Partial<FilterDraft>) => {
      Object.assign(filter, values);
      this.#changed();
    };
    const property = this.#propertyOf(filter.property);
    const rename = ({ target }: Event) => {
      const name = (target as HTMLInputElement).value;
      const now = this.#propertyOf(name);
      const isFitting = !now || fitting[now.type].includes(filter.operator);
      change({ property: name, ...(isFitting ? {} : { operator: 'is' }) });
    };
    // One that does not fit may have been saved before the property had its type.
    const offered = property ? [...new Set([...fitting[property.type], filter.operator])] : operators;
    return html`<div part="condition">
      <input part="input" name="property-${name}" list="properties" aria-label=${t('setup.filter-property')} placeholder=${t('setup.filter-property')}
        .value=${filter.property} autocomplete="off" autocapitalize="none" spellcheck="false" @input=${rename} />
      <select part="input" name="operator-${name}" aria-label=${t('setup.filter-operator')}
        @change=${({ target }: Event) => change({ operator: (target as HTMLSelectElement).value as FilterOperator })}>
        ${offered.map((operator) => html`<option value=${operator} .selected=${live(operator === filter.operator)}>${t(`setup.operator-${operator}`)}</option>`)}
      </select>
      ${needsValue(filter.operator) ? this.#renderValue(filter, property, name, (value) => change({ value })) : nothing}
      ${
        group.length > 1
          ? html`<button part="button button-plain remove" type="button" @click=${() => this.#removeFilter(group, filter)}>${t('setup.filter-remove')}</button>`
          : nothing
      }
    </div>`;
  }

  #renderValue(
    { operator, value }: FilterDraft,
    property: ContactProperty | undefined,
    name: string,
    put: (value: string) => void,
  ): unknown {
    const { t } = this.#host;
    const isSeveral = operator === 'is-any-of';
    const label = t(isSeveral ? 'setup.filter-values' : 'setup.filter-value');
    const handle = ({ target }: Event) => put((target as HTMLInputElement | HTMLSelectElement).value);
    if (property && (property.type === 'choice' || property.type === 'boolean') && !isSeveral) {
      const known = optionsOf(t, property);
      const others = known.some((option) => option.value === value) ? [] : [{ value, label: value || label }];
      return html`<select part="input" name="value-${name}" aria-label=${label} @change=${handle}>${[
        ...others,
        ...known,
      ].map(
        (option) =>
          html`<option value=${option.value} .selected=${live(option.value === value)}>${option.label}</option>`,
      )}</select>`;
    }
    const isDate = property?.type === 'date' && (!value || /^\d{4}-\d{2}-\d{2}$/.test(value));
    return html`<input part="input" name="value-${name}" type=${isDate ? 'date' : 'text'} inputmode=${property?.type === 'number' ? 'decimal' : nothing}
      aria-label=${label} placeholder=${label} .value=${value} autocomplete="off" spellcheck="false" @input=${handle} />`;
  }

  #propertyOf(name: string): ContactProperty | undefined {
    return this.#defined.find((property) => property.name === name.trim());
  }

  #addFilter(group: FilterDraft[], at: number): void {
    group.push(newFilter());
    this.#changed();
    this.#host.focusOn(`[name="property-${at}-${group.length - 1}"]`);
  }

  #removeFilter(group: FilterDraft[], filter: FilterDraft): void {
    group.splice(group.indexOf(filter), 1);
    this.#changed();
    this.#host.focusOn('[name^=property-]');
  }

  #add(group: FilterDraft[], at: number): void {
    this.#groups.splice(at, 0, group);
    this.#changed();
    this.#host.focusOn(`[name="property-${at}-0"]`);
  }

  #remove(at: number): void {
    this.#groups.splice(at, 1);
    this.#changed();
    this.#host.focusOn('[name^=property-]');
  }

  #changed(): void {
    this.#host.requestUpdate();
    this.#onChange();
  }
}
