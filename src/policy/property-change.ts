import { dateForm, numberForm } from './filter.js';
import type { Fault, PropertyFacts } from './property-filter.js';

/** UTF-16 code units of a property, as when a ticket is opened. */
export const propertyLength = 2000;

/** What the form sends of itself and support follows as a link: of it a customer changes nothing later. */
const ofTheForm: readonly string[] = ['articleUrl', 'articleTitle'];

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
