import { dateForm, numberForm } from './filter.js';
import type { Fault, PropertyFacts } from './property-filter.js';

/** UTF-16 code units of a property, as when a ticket is opened. */
export const propertyLength = 2000;

/** What the form sends of itself and support follows as a link: of it a customer changes nothing later. */
export const ofTheForm: readonly string[] = ['articleUrl', 'articleTitle'];

/** By name: what a property holds from now on, or `null` for nothing. */
export type PropertyChanges = Readonly<Record<string, string | null>>;

/**
 * What a customer may change of a ticket's properties, and what is wrong with the rest: a name that is none (`unknown`), a
 * value that is not one of the property's (`invalid_value`), no number, day or text (`invalid_format`), a text too long
 * (`too_big`). Blanks around a value do not count, and a blank one removes.
 *
 * @param known the properties that the portal defines
 */
export function readChanges(
  known: readonly PropertyFacts[],
  asked: PropertyChanges,
): { readonly changes: PropertyChanges; readonly faults: readonly Fault[] } {
  const read = Object.entries(asked).map(([name, value]) => {
    const property = ofTheForm.includes(name) ? undefined : known.find((one) => one.name === name);
    const kept = value?.trim() || null;
    const code = property ? kept && faultOf(property, kept) : 'unknown';
    return { name, kept, code };
  });
  return {
    changes: Object.fromEntries(read.map(({ name, kept }) => [name, kept])),
    faults: read.flatMap(({ name, code }) => (code ? [{ path: `properties.${name}`, code }] : [])),
  };
}

/** What a form asks for below subject and message. */
export interface FormFacts {
  readonly id: string;
  readonly fields: readonly { readonly property: string; readonly required: boolean }[];
}

/** The one that every portal has, where its owner has made none. */
export const usualForm: FormFacts = { id: 'support', fields: [] };

/** What it depends on which properties a new ticket may have. */
export interface FormSettings {
  /** Names of what customers may send. */
  readonly properties: readonly string[];
  readonly propertyDefinitions: readonly PropertyFacts[];
  readonly forms: readonly FormFacts[];
}

/** It becomes a link at support's desk. */
const webAddress = /^https?:\/\//i;

/**
 * The properties that a new ticket has, and what is wrong with it: as `readChanges`, and what its form requires and is not
 * there (`missing`), a form that is none (`unknown`), and none where there are several (`missing`).
 *
 * @param asked by which form it comes, and what that has
 */
export function readNew(
  { properties: names, propertyDefinitions: known, forms }: FormSettings,
  asked: { readonly form?: string | undefined; readonly properties?: Readonly<Record<string, string>> | undefined },
): { readonly properties: Readonly<Record<string, string>>; readonly faults: readonly Fault[] } {
  const { form: id, properties = {} } = asked;
  const offered = forms.length > 0 ? forms : [usualForm];
  const form = offered.length === 1 && id === undefined ? offered[0] : offered.find((one) => one.id === id);
  const read = Object.entries(properties).map(([name, value]) => {
    const property = known.find((one) => one.name === name);
    const kept = property ? value.trim() : value;
    const code = names.includes(name) ? faultOfNew(name, property, kept) : 'unknown';
    return { name, kept, code, isKept: !property || kept !== '' };
  });
  const given = Object.fromEntries(read.filter(({ isKept }) => isKept).map(({ name, kept }) => [name, kept]));
  const missing = (form?.fields ?? []).filter(({ property, required }) => required && !Object.hasOwn(given, property));
  return {
    properties: given,
    faults: [
      ...(form ? [] : [{ path: 'form', code: id === undefined ? 'missing' : 'unknown' }]),
      ...read.flatMap(({ name, code }) => (code ? [{ path: `properties.${name}`, code }] : [])),
      ...missing.map(({ property }) => ({ path: `properties.${property}`, code: 'missing' })),
    ],
  };
}

function faultOfNew(name: string, property: PropertyFacts | undefined, value: string): string | null {
  if (name === 'articleUrl' && !webAddress.test(value)) return 'invalid_url';
  if (property) return value && faultOf(property, value);
  return value.length > propertyLength ? 'too_big' : null;
}

/** The properties after a change, whichever of them customers see. */
export const withChanges = (
  properties: Readonly<Record<string, string>>,
  changes: PropertyChanges,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...properties, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  );

/** What is wrong with a value as one of the property's, if anything. */
export function faultOf({ type, options }: PropertyFacts, value: string): string | null {
  switch (type) {
    case 'text':
      if (value.length > propertyLength) return 'too_big';
      return /[\0\p{Cs}]/u.test(value) ? 'invalid_format' : null;
    case 'choice':
      return options?.some((option) => option.value === value) ? null : 'invalid_value';
    case 'boolean':
      return value === 'true' || value === 'false' ? null : 'invalid_value';
    case 'number':
      return numberForm.test(value) ? null : 'invalid_format';
    case 'date':
      return isDay(value) ? null : 'invalid_format';
  }
}

/** One of the calendar: the 31st of April has the form alone. */
function isDay(value: string): boolean {
  const day = new Date(`${value}T00:00:00Z`);
  return dateForm.test(value) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
