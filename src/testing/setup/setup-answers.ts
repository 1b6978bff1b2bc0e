import { BackendError } from '../../backend/backend-error.js';
import type {
  Brand,
  OwnedPortal,
  SetupBackend,
  SetupState,
  StaffAccount,
  StaffSession,
} from '../../backend/setup/setup-backend.js';

import { accountAnswers } from './account-answers.js';
import { peopleAnswers } from './people-answers.js';
import { waysInAnswers } from './ways-in-answers.js';

/** What the server of a small company answers its owner: always the same, whatever is asked for. */

const id = (letter: string) => letter.repeat(22);

export const owner: StaffSession = {
  staff: { id: id('o'), name: 'Olga Nowak', email: 'olga@tarnfield.example', role: 'admin' },
  account: { id: id('a'), name: 'Tarnfield' },
  expiresAt: '2026-03-02T09:00:00.000Z',
};

export const nobody: StaffSession = { staff: null, account: null, expiresAt: null };

const inboxes = [
  { id: id('s'), name: 'Support' },
  { id: id('b'), name: 'Billing' },
];

export const portal: OwnedPortal = {
  name: 'Tarnfield help',
  slug: 'help',
  domain: id('d'),
  locale: 'en',
  locales: ['en'],
  followsDomain: true,
  permission: { kind: 'own' },
  access: { kind: 'access-groups' },
  accessGroups: ['Customers'],
  signIn: ['password'],
  origins: [],
  open: false,
  words: { ticket: {} },
  idleMinutes: 1440,
  codeMinutes: 10,
  properties: [],
  propertyDefinitions: [],
  forms: [],
  actions: {},
  consent: { asked: false, text: {} },
  consentInForce: null,
  brand: {},
  inboxes: [inboxes[0] as (typeof inboxes)[0]],
  version: 3,
  address: 'https://support.tarnfield.example/help/',
};

/** The same, open, in two languages, with a notice that customers agree to. */
export const consenting: OwnedPortal = {
  ...portal,
  open: true,
  locales: ['en', 'pl'],
  followsDomain: false,
  consent: {
    asked: true,
    text: {
      en: 'Tarnfield keeps what you write here for as long as you are a customer.\n\nMore about it: https://tarnfield.example/privacy',
      pl: 'Tarnfield przechowuje to, co tu napiszesz, dopóki jesteś klientem.\n\nWięcej: https://tarnfield.example/privacy',
    },
  },
  consentInForce: { version: 2, since: '2026-02-01T09:00:00.000Z' },
};

/** A ring in green, of 32 by 32 points. */
const ring =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAMAAABEpIrGAAAABlBMVEX///8LbmmWh6NKAAAAAnRSTlMA/1uRIrUAAABUSURBVHja5ZI7DgAgDELL/S/tUuMnUNI4yiTwEmNrREdI1a1igJIAket3AjDEHQhP7pT9GfKHN4B6cv8A75P0y7LrJoT4UeEC7TORdmbCrJCfnzUAb1EBfdFM5LQAAAAASUVORK5CYII=';

/** A look of one's own. */
export const brand: Brand = {
  accent: '#0b6e69',
  accentDark: '#6fd6cb',
  background: '#fffaf0',
  text: '#22303a',
  font: 'serif',
  radius: 14,
  logo: ring,
  icon: ring,
};

/** The same, with a filter that has two groups. */
export const filtered: OwnedPortal = {
  ...portal,
  permission: {
    kind: 'company-if',
    groups: [
      [
        { property: 'role', operator: 'is', value: 'manager' },
        { property: 'seats', operator: 'greater', value: '20' },
      ],
      [{ property: 'country', operator: 'is-any-of', value: ['PL', 'DE'] }],
    ],
  },
};

/** The same, open, in two languages, with properties of every sort. */
export const bilingual: OwnedPortal = {
  ...portal,
  open: true,
  followsDomain: false,
  locales: ['en', 'pl'],
  properties: ['product', 'serial', 'installed', 'articleUrl'],
  propertyDefinitions: [
    {
      name: 'product',
      type: 'choice',
      label: { en: 'Product', pl: 'Produkt' },
      options: [
        { value: 'hub', label: { en: 'Hub', pl: 'Centrala' } },
        { value: 'sensor', label: { en: 'Sensor', pl: 'Czujnik' } },
      ],
    },
    { name: 'serial', type: 'text', label: { en: 'Serial number', pl: 'Numer seryjny' }, options: null },
    { name: 'installed', type: 'date', label: { en: 'Installed', pl: 'Data montażu' }, options: null },
  ],
};

/** The same, which asks its customers by two forms. */
export const asking: OwnedPortal = {
  ...bilingual,
  forms: [
    {
      id: 'fault',
      label: { en: 'Something does not work', pl: 'Coś nie działa' },
      fields: [
        { property: 'product', required: true },
        { property: 'installed', required: false },
      ],
    },
    { id: 'question', label: { en: 'A question', pl: 'Pytanie' }, fields: [] },
  ],
};

const domains = [
  { id: id('d'), kind: 'system', host: null, locale: 'en', portals: 1 },
  { id: id('p'), kind: 'connected', host: 'pomoc.tarnfield.example', locale: 'pl', portals: 0 },
] as const;

const openly = ['reply', 'close', 'add-participant'] as const;

export const setup: SetupState = {
  account: { id: id('a'), name: 'Tarnfield' },
  base: 'https://support.tarnfield.example',
  mail: { sends: true, keeps: false },
  desk: null,
  inboxes,
  domains,
  contacts: 214,
  companies: 31,
  actions: {
    usual: {
      requester: {
        open: [...openly, 'edit'],
        waiting_on_contact: [...openly, 'edit'],
        closed: ['reply', 'reopen', 'rate'],
      },
      participant: { open: openly, waiting_on_contact: openly, closed: ['reply', 'reopen'] },
      colleague: { open: ['reply'], waiting_on_contact: ['reply'], closed: [] },
    },
    possible: {
      open: [...openly, 'edit'],
      waiting_on_contact: [...openly, 'edit'],
      closed: ['reply', 'reopen', 'rate'],
    },
  },
  contactProperties: ['country', 'role', 'seats'],
  portals: [
    {
      slug: 'help',
      name: 'Tarnfield help',
      open: true,
      address: 'https://support.tarnfield.example/help/',
      step: 'access',
    },
    {
      slug: 'pomoc',
      name: 'Pomoc Tarnfield',
      open: false,
      address: 'https://pomoc.tarnfield.example/pomoc/',
      step: 'tickets',
    },
  ],
};

/** A server on its first day. */
export const firstDay: SetupState = {
  ...setup,
  mail: { sends: false, keeps: false },
  inboxes: inboxes.slice(0, 1),
  domains: domains.slice(0, 1),
  contacts: 0,
  companies: 0,
  contactProperties: [],
  portals: [],
};

const ticket = (number: number, subject: string, relation: 'requester' | 'company') => ({
  id: String(number).padStart(22, 't'),
  number,
  subject,
  why: { relation },
});

const link = {
  link: 'https://support.tarnfield.example/admin/#welcome=aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFg',
  expiresAt: '2026-03-03T09:00:00.000Z',
};

const agent: StaffAccount = {
  id: id('m'),
  name: 'Mia Lindqvist',
  email: 'mia@tarnfield.example',
  role: 'agent',
  inboxes: inboxes.slice(1),
  enabled: true,
  welcomed: false,
};

const staff: readonly StaffAccount[] = [
  {
    ...agent,
    id: id('o'),
    name: 'Olga Nowak',
    email: 'olga@tarnfield.example',
    role: 'admin',
    inboxes: null,
    welcomed: true,
  },
  agent,
  { ...agent, id: id('t'), name: 'Tomasz Wolski', email: 'tomasz@tarnfield.example', enabled: false, welcomed: true },
];

export const setupAnswers: SetupBackend = {
  session: async () => owner,
  signIn: async () => owner,
  signOut: async () => {},
  lookAtWelcome: async () => ({ kind: 'first', name: null, email: null }),
  welcome: async () => owner,
  listStaff: async () => staff,
  addStaff: async ({ name, email, role }) => ({ ...link, staff: { ...agent, name, email, role } }),
  updateStaff: async () => agent,
  makeStaffLink: async () => link,
  setup: async () => setup,
  listPortals: async () => [{ ...portal, open: true }],
  getPortal: async () => portal,
  createPortal: async () => portal,
  updatePortal: async (_slug, change) => ({ ...portal, ...change, inboxes: portal.inboxes, open: !!change.open }),
  createDomain: async ({ host, locale }) => ({ id: id('n'), kind: 'connected', host, locale, portals: 0 }),
  checkAddress: async ({ domain, slug }) => {
    const host = domain === id('p') ? 'pomoc.tarnfield.example' : 'support.tarnfield.example';
    const problem = slug === 'admin' ? 'reserved' : /^[a-z0-9-]+$/.test(slug) ? null : 'malformed';
    return { address: `https://${host}/${slug}/`, problem };
  },
  effectOf: async (_slug, { kind }) => ({
    contacts: kind === 'own' ? 0 : 12,
    more: kind === 'own' ? 0 : 340,
    fewer: 0,
    matching: kind === 'company-if' ? 12 : null,
  }),
  whatIf: async (_slug, { kind }, contact) => {
    if (!contact.includes('@') && contact.length !== 22) throw new BackendError('not-found');
    const sees = kind === 'own' ? 2 : 24;
    return {
      admitted: true,
      contact: { id: id('c'), name: 'Bob Okafor' },
      permission: kind === 'own' ? 'own' : 'company',
      company: { id: id('k'), name: 'Acme' },
      count: sees,
      tickets: [
        ticket(1058, 'Hub on the 3rd floor drops offline every night', kind === 'own' ? 'requester' : 'company'),
        ticket(1051, 'Invoice for February', 'requester'),
      ],
    };
  },
  seenPages: async () => [],
  ...peopleAnswers,
  ...waysInAnswers,
  ...accountAnswers,
};
