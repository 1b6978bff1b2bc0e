import { html, nothing } from 'lit';

import type { ContactProperty } from '../../../backend/setup/people-backend.js';
import { renderSelect, renderTextField } from '../fields.js';
import type { RoomHost } from '../room.js';
import type { SetupKey, SetupTranslate } from '../words.js';

/** By name. */
export type PropertyValues = Readonly<Record<string, string>>;

/** A refusal of one property, by its name. */
export interface PropertyFault {
  readonly name: string;
  readonly text: SetupKey;
}

const dateForm = /^\d{4}-\d{2}-\d{2}$/;

/** What a value of each type has to be. */
const wrong = {
  text: 'contacts.property-wrong',
  number: 'setup.filter-number',
  date: 'setup.filter-date',
  boolean: 'properties.not-offered',
  choice: 'properties.not-offered',
} as const satisfies Record<ContactProperty['type'], SetupKey>;

export const faultText = ({ type }: Pick<ContactProperty, 'type'>): SetupKey => wrong[type];

/** By which a field is found: names have all sorts of signs in them. */
export const definedFieldId = (defined: readonly ContactProperty[], name: string): string =>
  `defined-${defined.findIndex((property) => property.name === name)}`;

/** The options of what is chosen from, with their words. */
export const optionsOf = (t: SetupTranslate, { type, options }: ContactProperty) =>
  type === 'boolean'
    ? [
        { value: 'true', label: t('yes') },
        { value: 'false', label: t('no') },
      ]
    : (options ?? []).map((value) => ({ value, label: value }));

/**
 * A field for each property that the owner has defined.
 *
 * @param before what the contact has: a date that is none is written in a field that can show it
 */
export function renderDefinedFields(
  { t }: Pick<RoomHost, 't'>,
  defined: readonly ContactProperty[],
  before: PropertyValues,
  values: PropertyValues,
  fault: PropertyFault | undefined,
  change: (values: PropertyValues) => void,
): unknown {
  return defined.map((property) => {
    const { name, label, type } = property;
    const field = {
      name: definedFieldId(defined, name),
      label: html`<bdi>${label}</bdi>`,
      value: values[name] ?? '',
      error: fault?.name === name ? t(fault.text) : undefined,
    };
    const put = (value: string) => change({ ...values, [name]: value });
    if (type === 'boolean' || type === 'choice') {
      const known = optionsOf(t, property);
      // What is offered no more stays, until another is chosen.
      const former = field.value && !known.some(({ value }) => value === field.value);
      const options = [
        { value: '', label: t('properties.not-set') },
        ...known,
        ...(former ? [{ value: field.value, label: t('properties.former', { value: field.value }) }] : []),
      ];
      return renderSelect(field.name, field.label, options, field.value, put, undefined, field.error);
    }
    const isDate = type === 'date' && (!before[name] || dateForm.test(before[name]));
    return renderTextField({
      ...field,
      type: isDate ? 'date' : 'text',
      inputMode: type === 'number' ? 'decimal' : undefined,
      onInput: put,
    });
  });
}

/** A date of which only a part is written counts as none, and would be lost. */
export function halfWritten(root: RoomHost['renderRoot'], defined: readonly ContactProperty[]): string | undefined {
  const dates = [...root.querySelectorAll<HTMLInputElement>('input[type=date]')];
  const half = dates.find(({ validity }) => validity.badInput);
  return half && defined.find(({ name }) => definedFieldId(defined, name) === half.id)?.name;
}

/** What the owner reads of a property beside its label. */
export const renderAboutProperty = (t: SetupTranslate, { name, type, options, portals }: ContactProperty): unknown =>
  html`<p class="meta"><bdi>${name}</bdi> · ${t(`properties.type-${type}`)}${options ? html`: <bdi>${options.join(', ')}</bdi>` : nothing}</p>
    ${portals.length ? html`<p class="meta">${t('properties.used-by')} ${portals.map(({ slug, name: portal }, at) => html`${at ? ', ' : nothing}<a href="#/${slug}/tickets"><bdi>${portal}</bdi></a>`)}</p>` : nothing}`;
