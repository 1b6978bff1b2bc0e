import type { OwnedPortal } from '../../backend/setup/setup-backend.js';
import type { SetupKey } from './words.js';

const names = {
  name: 'setup.name',
  domain: 'setup.domain',
  slug: 'setup.slug',
  locales: 'setup.languages',
  inboxes: 'setup.inbox',
  permission: 'setup.permission',
  access: 'setup.access',
  accessGroups: 'setup.groups',
  signIn: 'setup.methods',
  origins: 'setup.origins',
  words: 'setup.section-words',
  idleMinutes: 'setup.idle',
  codeMinutes: 'setup.code-life',
  properties: 'setup.section-properties',
  propertyDefinitions: 'setup.section-properties',
  forms: 'setup.section-form',
  actions: 'setup.section-actions',
  consent: 'setup.section-consent',
  brand: 'setup.section-brand',
} as const satisfies Partial<Record<keyof OwnedPortal, SetupKey>>;

/** What of a portal is not as it was, by the words above its field. */
export const changedKeys = (before: OwnedPortal, after: OwnedPortal): SetupKey[] => {
  const keys = (Object.keys(names) as (keyof typeof names)[]).flatMap((key) =>
    JSON.stringify(before[key]) === JSON.stringify(after[key]) ? [] : [names[key]],
  );
  return [...new Set(keys)];
};
