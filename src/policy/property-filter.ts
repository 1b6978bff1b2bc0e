import { dateForm, numberForm, propertyOf } from './filter.js';

/** What a list by a property needs to know of it. */
export interface PropertyFacts {
  readonly name: string;
  readonly type: 'text' | 'choice' | 'number' | 'date' | 'boolean';
  /** Of a `choice`. */
  readonly options: readonly { readonly value: string }[] | null;
}

/** What a ticket's property has to hold. Of a range one side may be `null`, and both count. */
export type PropertyCondition =
  | { readonly property: string; readonly operator: 'is' | 'has'; readonly value: string }
  | {
      readonly property: string;
      readonly operator: 'number' | 'date';
      readonly from: string | null;
      readonly to: string | null;
    };

/** An input that is wrong, as every `invalid` names it. */
export interface Fault {
  readonly path: string;
  readonly code: string;
}

/** UTF-16 code units of a part of a text, as of a search. */
const textLength = 200;

/**
 * What tickets have to hold for a list by these values, and what is wrong with them: a name that is none (`unknown`), a
 * value that is not one of the property's (`invalid_value`), no range (`invalid_format`), a text too long (`too_big`).
 */
export function readConditions(
  known: readonly PropertyFacts[],
  asked: Readonly<Record<string, string>>,
): { readonly conditions: readonly PropertyCondition[]; readonly faults: readonly Fault[] } {
  const conditions: PropertyCondition[] = [];
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(asked)) {
    const property = known.find((one) => one.name === name);
    const read = property ? readCondition(property, value) : 'unknown';
    if (typeof read === 'string') faults.push({ path: `properties.${name}`, code: read });
    else conditions.push(read);
  }
  return { conditions, faults };
}

function readCondition({ name: property, type, options }: PropertyFacts, value: string): PropertyCondition | string {
  switch (type) {
    case 'text':
      if (value.length > textLength) return 'too_big';
      return value === '' || value.includes('\0') ? 'invalid_format' : { property, operator: 'has', value };
    case 'choice':
      return options?.some((option) => option.value === value) ? { property, operator: 'is', value } : 'invalid_value';
    case 'boolean':
      return value === 'true' || value === 'false' ? { property, operator: 'is', value } : 'invalid_value';
    case 'number':
    case 'date': {
      const form = type === 'number' ? numberForm : dateForm;
      const [from = '', to, ...more] = value.split('..');
      if (to === undefined || more.length > 0 || from + to === '') return 'invalid_format';
      if (![from, to].every((side) => side === '' || form.test(side))) return 'invalid_format';
      return { property, operator: type, from: from || null, to: to || null };
    }
  }
}

/** Does a ticket with these properties belong into the list? What it does not have, or not in the property's form, never does. */
export function meets(properties: Readonly<Record<string, string>>, condition: PropertyCondition): boolean {
  const found = propertyOf(properties, condition.property);
  if (found === undefined) return false;
  switch (condition.operator) {
    case 'is':
      return found === condition.value;
    case 'has':
      return found.toLowerCase().includes(condition.value.toLowerCase());
    case 'number':
      return numberForm.test(found) && isWithin(Number(found), condition, Number);
    case 'date':
      return dateForm.test(found) && isWithin(found, condition, String);
  }
}

const isWithin = <T extends string | number>(
  found: T,
  { from, to }: { readonly from: string | null; readonly to: string | null },
  read: (side: string) => T,
): boolean => (from === null || found >= read(from)) && (to === null || found <= read(to));
