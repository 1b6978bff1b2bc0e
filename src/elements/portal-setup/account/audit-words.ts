import { languageName } from '../fields.js';
import type { SetupKey, SetupTranslate } from '../words.js';
import { categoryKey } from './status-form.js';

/** Words for a key that may be none, else what it is called on the wire. */
const wordsFor = (t: SetupTranslate, key: string, otherwise: string): string => {
  const words = t(key as SetupKey);
  return words === key ? otherwise : words;
};

export const eventText = (t: SetupTranslate, event: string): string => wordsFor(t, `audit.event-${event}`, event);

/** Settings that have a word above their field. */
const settingKeys: Readonly<Record<string, SetupKey>> = {
  slug: 'setup.slug',
  domain: 'setup.domain-host',
  host: 'setup.domain-host',
  locale: 'setup.languages',
  open: 'setup.open',
  permission: 'setup.permission',
  properties: 'contacts.properties',
  forms: 'setup.section-form',
  origins: 'setup.origins',
  inboxes: 'inboxes.heading',
  accessGroups: 'setup.groups',
  access: 'setup.access',
  signIn: 'setup.methods',
  idleMinutes: 'setup.idle',
  codeMinutes: 'setup.code-life',
  consent: 'setup.section-consent',
  companies: 'contacts.companies',
  email: 'setup.email',
  emailDomains: 'companies.domains',
  options: 'properties.options',
  role: 'setup.staff-role',
  category: 'statuses.category',
};

export const settingText = (t: SetupTranslate, name: string): string => {
  const key = Object.hasOwn(settingKeys, name) ? settingKeys[name] : undefined;
  return key ? t(key) : wordsFor(t, `audit.setting-${name}`, name);
};

type Names = Readonly<Record<string, string>>;
type Translates = { readonly t: SetupTranslate; readonly locale: string };
type Json = Readonly<Record<string, unknown>>;

/** A condition on contacts, as the editor of filters says it. */
function filterText(t: SetupTranslate, groups: unknown): string {
  const conditions = groups as readonly (readonly {
    property: string;
    operator: string;
    value?: string | string[];
  }[])[];
  return conditions
    .map((group) =>
      group
        .map(({ property, operator, value = '' }) =>
          [property, wordsFor(t, `setup.operator-${operator}`, operator), [value].flat().join(', ')].join(' ').trim(),
        )
        .join(` ${t('setup.filter-and')} `),
    )
    .join(` ${t('setup.filter-or')} `);
}

/** Settings that are a choice with more to it. */
const choices: Readonly<Record<string, (t: SetupTranslate, value: Json) => string>> = {
  permission: (t, { kind, groups }) =>
    [wordsFor(t, `setup.permission-${String(kind)}`, String(kind)), groups ? filterText(t, groups) : '']
      .filter(Boolean)
      .join(': '),
  access: (t, { kind, emailDomains }) =>
    [
      wordsFor(t, `setup.access-${String(kind).replace(/^access-|-only$/g, '')}`, String(kind)),
      ((emailDomains ?? []) as string[]).join(', '),
    ]
      .filter(Boolean)
      .join(': '),
  // Of who has agreed, its number is all there is.
  consent: (t, { asked, version }) =>
    t(asked ? 'audit.consent-asked' : 'audit.consent-not-asked', { version: Number(version) }),
};

/** Values that have a word of their own, by the setting. */
const wordings: Readonly<Record<string, (host: Translates, value: string) => string>> = {
  category: ({ t }, value) => wordsFor(t, `statuses.category-${categoryKey(value as 'open')}`, value),
  role: ({ t }, value) => wordsFor(t, `setup.staff-${value}`, value),
  signIn: ({ t }, value) => wordsFor(t, `setup.method-${value}`, value),
  locale: (_, value) => languageName(value),
  locales: (_, value) => languageName(value),
};

/** What a setting was, or is, as somebody reads it. */
export function valueText(host: Translates, name: string, value: unknown, names: Names): string {
  const { t, locale } = host;
  if (value === null || value === undefined || value === '') return t('audit.nothing');
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (typeof value === 'number' && name.endsWith('Minutes'))
    return value === 1440 ? t('setup.idle-day') : t('setup.minutes', { count: value });
  // Places are counted from 0, and read from 1.
  if (typeof value === 'number') return String(name === 'position' ? value + 1 : value);
  if (typeof value === 'string') return names[value] ?? wordings[name]?.(host, value) ?? value;
  if (Array.isArray(value)) {
    const texts = value.map((one: unknown) => valueText(host, name, one, names));
    return texts.length ? new Intl.ListFormat(locale).format(texts) : t('audit.nothing');
  }
  const fields = value as Json;
  const choice = Object.hasOwn(choices, name) ? choices[name] : undefined;
  return choice ? choice(t, fields) : typeof fields['name'] === 'string' ? fields['name'] : JSON.stringify(fields);
}
