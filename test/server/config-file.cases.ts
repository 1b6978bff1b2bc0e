/** A setting of a portal, in the words of a file: two values, and what else there has to be for them. */
export interface SettingRow {
  readonly values: readonly [unknown, unknown];
  readonly around?: Readonly<Record<string, unknown>>;
}

const picture = (type: string, ...bytes: readonly number[]) =>
  `data:image/${type};base64,${btoa(String.fromCharCode(...bytes, 0, 0))}`;
const riff = [0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50];
/** As much of pictures as they are known by: each is 90 points wide and 30 high. */
export const pictures = {
  png: picture(
    'png',
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    0,
    0,
    0,
    13,
    0x49,
    0x48,
    0x44,
    0x52,
    0,
    0,
    0,
    90,
    0,
    0,
    0,
    30,
  ),
  jpeg: picture('jpeg', 0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 30, 0, 90),
  webp: picture('webp', ...riff, 0x56, 0x50, 0x38, 0x58, 10, 0, 0, 0, 0, 0, 0, 0, 89, 0, 0, 29, 0, 0),
  ico: picture('x-icon', 0, 0, 1, 0, 1, 0, 90, 30),
  /** Another one than it says. */
  false: picture('png', 0xff, 0xd8, 0xff, 0xe0),
} as const;

/** Every setting of a portal but its slug, which the file knows it by. */
export const settingRows: Readonly<Record<string, SettingRow>> = {
  name: { values: ['Help', 'Hilfe'] },
  locale: { values: ['pl', 'en'], around: { locales: ['en', 'pl'] } },
  locales: { values: [['en', 'de', 'pl'], ['en']] },
  permission: {
    values: [
      { kind: 'company' },
      {
        kind: 'company-if',
        groups: [
          [
            { property: 'role', operator: 'is-any-of', value: ['manager', 'owner'] },
            { property: 'since', operator: 'before', value: '2026-01-31' },
          ],
          [{ property: 'vip', operator: 'is-known' }],
        ],
      },
    ],
  },
  actions: { values: [{ colleague: { open: ['reply', 'close'] } }, {}] },
  properties: { values: [['product', 'serial'], ['serial']] },
  propertyDefinitions: {
    around: { properties: ['product'] },
    values: [
      [
        {
          name: 'product',
          type: 'choice',
          label: { en: 'Product' },
          options: [{ value: 'hub', label: { en: 'Hub' } }],
        },
      ],
      [{ name: 'product', type: 'text', label: { en: 'Product' }, options: null }],
    ],
  },
  forms: {
    around: {
      properties: ['product'],
      propertyDefinitions: [{ name: 'product', type: 'text', label: { en: 'Product' }, options: null }],
    },
    values: [
      [{ id: 'fault', label: { en: 'Something is broken' }, fields: [{ property: 'product', required: true }] }],
      [],
    ],
  },
  origins: { values: [['https://docs.acme.example', 'https://acme.example:8443'], []] },
  inboxes: { values: [['Sales', 'Support'], ['Support']] },
  accessGroups: { values: [['Customers', 'Partners'], []] },
  access: { values: [{ kind: 'open', emailDomains: ['acme.example'] }, { kind: 'sso-only' }] },
  signIn: { values: [['email', 'password'], ['email']] },
  joinCompanies: { values: [true, false] },
  idleMinutes: { values: [20, 60] },
  codeMinutes: { values: [15, 10] },
  words: {
    values: [{ ticket: { en: { one: 'case', other: 'cases', nominative: 'cases' } } }, { ticket: {} }],
  },
  consent: {
    values: [
      { asked: true, text: { en: 'We keep what you write.\n\nFor a year.' } },
      { asked: false, text: {} },
    ],
  },
  brand: {
    values: [
      {
        accent: '#0b6e69',
        accentDark: '#6fd6cb',
        background: '#fffdf8',
        text: '#1a1a1a',
        font: 'serif',
        radius: 14,
        logo: pictures.png,
        icon: pictures.ico,
      },
      {},
    ],
  },
  domain: { values: ['help.acme.example', 'system'] },
  followsDomain: { values: [false, true] },
  open: { values: [false, true] },
};

const portal = { slug: 'shop', name: 'Shop' };
const withPortal = (settings: object) => ({ portals: [{ ...portal, ...settings }] });
const withHost = (host: string) => ({ domains: [{ host, locale: 'en' }] });
const withFilter = (filter: object) => withPortal({ permission: { kind: 'company-if', groups: [[filter]] } });
const withDefinition = (definition: object, rest: object = {}) =>
  withPortal({ properties: ['size'], propertyDefinitions: [{ name: 'size', type: 'text', ...definition }], ...rest });
const language = 'must be a language tag such as "pl" or "pt-BR".';

/** What a file says, the path of the one thing wrong with it, and the sentence about that. */
export const badFiles: readonly (readonly [content: unknown, path: string, sentence: string])[] = [
  [[], '', 'must be an object in curly brackets.'],
  [null, '', 'must be an object in curly brackets.'],
  [{ portal: [] }, 'portal', 'is no setting that there is here.'],
  [{ account: '' }, 'account', 'must not be empty.'],
  [{ account: 5 }, 'account', 'must be a text in quotation marks.'],
  [
    { account: 'Nobody Ltd' },
    'account',
    'is the name of no account on this server; `portico start` prints a link that makes the first.',
  ],
  [{ portals: {} }, 'portals', 'must be a list in square brackets.'],
  [{ portals: ['shop'] }, 'portals.0', 'must be an object in curly brackets.'],
  [{ portals: [{ slug: 'shop' }] }, 'portals.0.name', 'is missing.'],
  [{ portals: [{ name: 'Shop' }] }, 'portals.0.slug', 'is missing.'],
  [withPortal({ colour: 'red' }), 'portals.0.colour', 'is no setting that there is here.'],
  [withPortal({ version: 1 }), 'portals.0.version', 'is no setting that there is here.'],
  [
    withPortal({ slug: 'Shop' }),
    'portals.0.slug',
    'must be 1 to 63 small letters, digits and hyphens, begin and end without a hyphen, and not be a word that the server keeps for itself.',
  ],
  [
    withPortal({ slug: 'admin' }),
    'portals.0.slug',
    'must be 1 to 63 small letters, digits and hyphens, begin and end without a hyphen, and not be a word that the server keeps for itself.',
  ],
  [withPortal({ name: 'x'.repeat(201) }), 'portals.0.name', 'must have at most 200 characters.'],
  [withPortal({ name: 'a\0b' }), 'portals.0.name', 'has a character that no text can be kept with.'],
  [withPortal({ open: 'yes' }), 'portals.0.open', 'must be true or false.'],
  [
    withPortal({ brand: { accent: 'red' } }),
    'portals.0.brand.accent',
    'must be a colour as six hexadecimal digits, such as "#2f5fd0".',
  ],
  [
    withPortal({ brand: { font: 'Comic"Sans' } }),
    'portals.0.brand.font',
    'must be the name of a font alone: letters, digits, spaces and hyphens.',
  ],
  [
    withPortal({ brand: { logo: 'https://acme.example/logo.png' } }),
    'portals.0.brand.logo',
    'must be a picture as "data:image/png;base64,…"; PNG, JPEG, WebP and ICO are taken.',
  ],
  [withPortal({ brand: { icon: pictures.false } }), 'portals.0.brand.icon', 'is no picture of the type that it names.'],
  [
    withPortal({ brand: { background: '#777777' } }),
    'portals.0.brand.background',
    'makes text that is too faint on its ground: less than 4.5 : 1.',
  ],
  [withPortal({ idleMinutes: 30 }), 'portals.0.idleMinutes', 'must be one of 20, 40, 60, 1440.'],
  [withPortal({ signIn: [] }), 'portals.0.signIn', 'must have at least 1 entry.'],
  [withPortal({ signIn: ['password', 'sms'] }), 'portals.0.signIn.1', 'must be one of "password", "email".'],
  [withPortal({ locale: 'en_US' }), 'portals.0.locale', language],
  [withPortal({ locales: ['en', 'po polsku'] }), 'portals.0.locales.1', language],
  [
    withPortal({ origins: ['https://docs.acme.example/help'] }),
    'portals.0.origins.0',
    'must be scheme and host of a page, without a path, such as "https://docs.acme.example".',
  ],
  [
    withPortal({ access: { kind: 'open', emailDomains: ['@acme.example'] } }),
    'portals.0.access.emailDomains.0',
    'must be a domain in small letters, as addresses have it after the @, such as "acme.example".',
  ],
  [
    withPortal({ access: { kind: 'everybody' } }),
    'portals.0.access.kind',
    'must be one of "open", "access-groups", "sso-only".',
  ],
  [withPortal({ permission: { kind: 'company-if' } }), 'portals.0.permission.groups', 'is missing.'],
  [
    withPortal({ permission: { kind: 'own', groups: [] } }),
    'portals.0.permission.groups',
    'is no setting that there is here.',
  ],
  [
    withFilter({ property: 'level', operator: 'greater', value: 'gold' }),
    'portals.0.permission.groups.0.0.value',
    'must be a number in quotation marks, such as "12" or "2.5".',
  ],
  [
    withFilter({ property: 'level', operator: 'greater', value: 3 }),
    'portals.0.permission.groups.0.0.value',
    'must be a text in quotation marks.',
  ],
  [
    withFilter({ property: 'since', operator: 'after', value: '31.1.2026' }),
    'portals.0.permission.groups.0.0.value',
    'must be a date such as "2026-01-31".',
  ],
  [
    withFilter({ property: 'role', operator: 'like', value: 'x' }),
    'portals.0.permission.groups.0.0.operator',
    'must be one of "is", "is-not", "contains", "greater", "less", "before", "after", "is-any-of", "is-known", "is-unknown".',
  ],
  [
    withPortal({ actions: { colleague: { open: ['delete'] } } }),
    'portals.0.actions.colleague.open.0',
    'must be one of "reply", "close", "reopen", "add-participant", "rate", "edit".',
  ],
  [withPortal({ words: { ticket: { 'e n': { one: 'case' } } } }), 'portals.0.words.ticket.e n', language],
  [withDefinition({ type: 'choice', label: { en: 'Size' } }), 'portals.0.propertyDefinitions.0.options', 'is missing.'],
  [
    withDefinition({ label: { en: 'Size' }, options: [] }),
    'portals.0.propertyDefinitions.0.options',
    'must be null, or left out.',
  ],
  [
    withDefinition({ label: { pl: 'Rozmiar' } }, { locales: ['en', 'pl'] }),
    'portals.0.propertyDefinitions.0.label.en',
    "is missing: it is the portal's own language.",
  ],
  [
    withDefinition({ label: { en: 'Size', de: 'Größe' } }),
    'portals.0.propertyDefinitions.0.label.de',
    'is a language that the portal does not have.',
  ],
  [
    withDefinition({ name: 'weight', label: { en: 'Weight' } }),
    'portals.0.propertyDefinitions.0.name',
    'is not among the "properties" of the portal.',
  ],
  [
    withPortal({ forms: [{ id: 'Fault', label: { en: 'Fault' }, fields: [] }] }),
    'portals.0.forms.0.id',
    'must be 1 to 40 small letters, digits and hyphens, and begin and end without a hyphen.',
  ],
  [
    withPortal({ forms: [{ id: 'fault', label: { en: 'Fault' }, fields: [{ property: 'size', required: true }] }] }),
    'portals.0.forms.0.fields.0.property',
    'is not among the "propertyDefinitions" of the portal.',
  ],
  [
    withPortal({ words: { ticket: { en: { one: 'case', other: 'cases' } } } }),
    'portals.0.words.ticket.en.nominative',
    'is missing: its language counts with it.',
  ],
  [
    withPortal({ words: { ticket: { en: { one: 'case', few: 'cases', other: 'cases', nominative: 'cases' } } } }),
    'portals.0.words.ticket.en.few',
    'is a form that its language does not count with.',
  ],
  [
    withPortal({ words: { ticket: { de: { one: 'Fall', other: 'Fälle', nominative: 'Fälle' } } } }),
    'portals.0.words.ticket.de',
    'is a language that the portal does not have.',
  ],
  [
    withPortal({ locales: ['en', 'pl'], consent: { asked: true, text: { en: 'We keep it.' } } }),
    'portals.0.consent.text.pl',
    'is missing: the portal has this language, and the notice is asked.',
  ],
  [
    withPortal({ consent: { asked: false, text: { de: 'Wir behalten es.' } } }),
    'portals.0.consent.text.de',
    'is a language that the portal does not have.',
  ],
  [withPortal({ consent: { asked: true, text: { en: ' ' } } }), 'portals.0.consent.text.en', 'must not be empty.'],
  [withPortal({ locale: 'pl', locales: ['en'] }), 'portals.0.locale', 'must be one of the portal\'s "locales".'],
  [
    withPortal({ locales: ['pl'], followsDomain: true }),
    'portals.0.locales',
    'must be the language of its domain alone, or "followsDomain" be false.',
  ],
  [withPortal({ inboxes: [] }), 'portals.0.inboxes', 'must have at least 1 entry.'],
  [withPortal({ inboxes: ['Support', 'Post'] }), 'portals.0.inboxes.1', 'is the name of no inbox of the account.'],
  [withPortal({ inboxes: ['Twice'] }), 'portals.0.inboxes.0', 'is the name of several inboxes of the account.'],
  [
    withPortal({ domain: 'help.acme.example' }),
    'portals.0.domain',
    'is no domain of the account; name it under "domains" first, or write "system".',
  ],
  [
    withPortal({ domain: 'help.other.example' }),
    'portals.0.domain',
    'is no domain of the account; name it under "domains" first, or write "system".',
  ],
  [{ portals: [portal, portal] }, 'portals.1.slug', 'is there twice.'],
  [
    { portals: [{ slug: 'help', name: 'Help' }, portal, { ...portal, slug: 'of-other' }] },
    'portals.2.slug',
    'is taken: another portal has this address.',
  ],
  [{ domains: [{ host: 'help.acme.example' }] }, 'domains.0.locale', 'is missing.'],
  [
    { domains: [withHost('help.acme.example'), withHost('HELP.acme.example')].flatMap(({ domains }) => domains) },
    'domains.1.host',
    'is there twice.',
  ],
  [withHost('help.other.example'), 'domains.0.host', 'is taken: another account has this domain.'],
  [withHost(''), 'domains.0.host', 'is empty.'],
  [withHost('https://help.acme.example'), 'domains.0.host', 'must be a host alone, without "https://".'],
  [withHost('help.acme.example/help'), 'domains.0.host', 'must be a host alone, without a path.'],
  [withHost('help.acme.example:8443'), 'domains.0.host', 'must be a host alone, without a port.'],
  [withHost('help.acme.example.'), 'domains.0.host', 'must be without the dot at its end.'],
  [withHost('help acme.example'), 'domains.0.host', 'must be without a space.'],
  [withHost('192.0.2.7'), 'domains.0.host', 'must be a name and no IP address.'],
  [withHost('localhost'), 'domains.0.host', 'is a name of this machine; write "system" for the server\'s own name.'],
  [withHost('help'), 'domains.0.host', 'must have a dot in it, such as "help.acme.example".'],
  [withHost('help_me.acme.example'), 'domains.0.host', 'has a character that no host can have.'],
  [withHost(`${'a'.repeat(64)}.example`), 'domains.0.host', 'is longer than a host can be.'],
];
