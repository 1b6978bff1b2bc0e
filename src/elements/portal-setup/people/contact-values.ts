import type { Contact, ContactProperty, Named } from '../../../backend/setup/people-backend.js';
import type { SetupKey } from '../words.js';
import type { PropertyValues } from './defined-fields.js';
import type { PropertyRow } from './property-rows.js';

/** What is typed of a contact. */
export interface ContactValues {
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

/** The words above each. */
export const contactNames: Readonly<Record<keyof ContactValues, SetupKey>> = {
  email: 'setup.email',
  name: 'contacts.name',
  companies: 'contacts.companies',
  primary: 'contacts.primary-company',
  defined: 'contacts.properties',
  properties: 'contacts.properties-further',
  verified: 'setup.email',
  groups: 'setup.groups',
};

export function valuesOf(contact: Contact | null, defined: readonly ContactProperty[]): ContactValues {
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

/** Another address, and not the same one in other letters. */
export const isMoved = (contact: Contact | null, email: string): boolean =>
  contact !== null && email.trim().toLowerCase() !== contact.email.toLowerCase();

/** All properties, or why they cannot be saved. */
export function propertiesOf(
  { defined, properties }: Pick<ContactValues, 'defined' | 'properties'>,
  known: readonly ContactProperty[],
): PropertyValues | SetupKey {
  const filled = properties
    .map(([name, value]) => [name.trim(), value.trim()] as const)
    .filter(([name, value]) => name || value);
  if (filled.some(([name]) => !name)) return 'contacts.property-nameless';
  const names = [...known.map(({ name }) => name), ...filled.map(([name]) => name)];
  if (new Set(names).size < names.length) return 'contacts.property-twice';
  const set = Object.entries(defined)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value);
  return Object.fromEntries([...set, ...filled]);
}
