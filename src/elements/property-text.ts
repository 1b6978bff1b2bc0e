import type { TicketProperty } from '../model/index.js';
import type { Translate } from './templates.js';

/** A property's value as a reader says it; what is not of the property's type, as it is. */
export function propertyText(
  { t, locale }: { readonly t: Translate; readonly locale: string },
  { type, options }: TicketProperty,
  value: string,
): string {
  if (type === 'choice') return options?.find((option) => option.value === value)?.label ?? value;
  if (type === 'boolean') return t(value === 'true' ? 'yes' : 'no');
  const read = type === 'number' ? Number(value) : type === 'date' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(read)) return value;
  if (type === 'number') return read.toLocaleString(locale);
  // A day is the same day everywhere.
  return new Date(read).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
}
