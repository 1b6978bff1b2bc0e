import { type PropertyCondition, readConditions } from '../../policy/index.js';
import { askedPropertiesSchema } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import { parse } from '../http/input.js';
import type { PortalSettings } from '../settings/portal.js';

/**
 * What a list asks of properties, by their names in order: the same question is the same text. `null` for nothing.
 *
 * @param text as the query has it, a JSON object of strings
 * @throws ApiError `invalid`
 */
export function readAsked(text: string | undefined): Readonly<Record<string, string>> | null {
  if (text === undefined) return null;
  let properties: unknown;
  try {
    properties = JSON.parse(text);
  } catch {
    throw new ApiError('invalid', { fields: [{ path: 'properties', code: 'malformed' }] });
  }
  parse(askedPropertiesSchema, { properties });
  // As it came: the schema passes over a `__proto__`, and nothing may be asked in vain.
  const entries = Object.entries(properties as Record<string, string>);
  return entries.length === 0 ? null : Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What that means at this portal. @throws ApiError `invalid`, naming each property at fault */
export function conditionsOf(
  { propertyDefinitions }: PortalSettings,
  asked: Readonly<Record<string, string>>,
): readonly PropertyCondition[] {
  const { conditions, faults } = readConditions(propertyDefinitions, asked);
  if (faults.length > 0) throw new ApiError('invalid', { fields: faults });
  return conditions;
}
