/** A condition on one property of a contact. */
export type Filter =
  | {
      readonly property: string;
      readonly operator: 'is' | 'is-not' | 'contains' | 'greater' | 'less' | 'before' | 'after';
      readonly value: string;
    }
  | { readonly property: string; readonly operator: 'is-any-of'; readonly value: readonly string[] }
  | { readonly property: string; readonly operator: 'is-known' | 'is-unknown' };

/** No more digits than a double holds exactly: every implementation compares them alike. */
export const numberForm = /^-?\d{1,9}(\.\d{1,6})?$/;
/** `YYYY-MM-DD`, whose order is that of its letters. */
export const dateForm = /^\d{4}-\d{2}-\d{2}$/;

const both = (form: RegExp, one: string, other: string): boolean => form.test(one) && form.test(other);

/** What the contact's property holds; `constructor` and the like are none that an object brings along. */
export const propertyOf = (properties: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

/**
 * Does the contact have what the filter asks for? A property that is missing, or no number or date where one is compared,
 * passes nothing but `is-unknown`: what is not known must not open a door.
 */
export function passes(properties: Readonly<Record<string, string>>, filter: Filter): boolean {
  const found = propertyOf(properties, filter.property);
  if (found === undefined) return filter.operator === 'is-unknown';
  switch (filter.operator) {
    case 'is':
      return found === filter.value;
    case 'is-not':
      return found !== filter.value;
    case 'is-any-of':
      return filter.value.includes(found);
    case 'contains':
      return found.includes(filter.value);
    case 'is-known':
      return true;
    case 'is-unknown':
      return false;
    case 'greater':
      return both(numberForm, found, filter.value) && Number(found) > Number(filter.value);
    case 'less':
      return both(numberForm, found, filter.value) && Number(found) < Number(filter.value);
    case 'before':
      return both(dateForm, found, filter.value) && found < filter.value;
    case 'after':
      return both(dateForm, found, filter.value) && found > filter.value;
  }
}
