import { BackendError } from '../../backend/backend-error.js';
import type { SetupBackend } from '../../backend/setup/setup-backend.js';
import type { Step } from '../scenarios/scenario.js';
import { accountRows } from './account-scenarios.js';
import { brandRows } from './brand-scenarios.js';
import { peopleRows } from './people-scenarios.js';
import { sectionRows } from './section-scenarios.js';
import { filtered, firstDay, nobody, owner, portal, setup, setupAnswers } from './setup-answers.js';
import { waysInRows } from './ways-in-scenarios.js';

/** `<portal-setup>` in a state, with all that it takes to bring it there. */
export interface SetupScenario {
  /** `portal-setup/name`. */
  readonly id: string;
  readonly title: string;
  /** The `:state()` that the element ends in. */
  readonly state: string;
  /** What follows the `#` of the address. */
  readonly place?: string;
  /** Where the server answers otherwise. */
  readonly answers?: Partial<SetupBackend> | (() => Partial<SetupBackend>);
  readonly steps?: readonly Step[];
}

export type SetupRow = Omit<SetupScenario, 'id'>;

const signedOut = { session: async () => nobody };
const fails =
  (...args: ConstructorParameters<typeof BackendError>) =>
  async () => {
    throw new BackendError(...args);
  };
const silence = () => new Promise<never>(() => {});
const refusing = (path: string, code: string, as: 'invalid' | 'conflict' = 'invalid') =>
  fails(as, undefined, { fields: [{ path, code }] });

const signingIn: readonly Step[] = [
  { fill: 'email', with: 'olga@tarnfield.example' },
  { fill: 'password', with: 'not the right one' },
  { press: 'button-primary' },
  { see: 'error' },
];

const isOpen = { getPortal: async () => ({ ...portal, open: true }) };
const hasFilter = { getPortal: async () => filtered };

const rows: Readonly<Record<string, SetupRow>> = {
  loading: { title: 'Nothing is known yet', state: 'loading', answers: { session: silence } },
  unreachable: { title: 'The server does not answer', state: 'failed', answers: { session: fails('unavailable') } },
  'signed-out': { title: 'Nobody is signed in', state: 'signed-out', answers: signedOut },
  'signed-out-missing': {
    title: 'Nothing was typed',
    state: 'signed-out',
    answers: signedOut,
    steps: [{ press: 'button-primary' }, { see: 'error' }],
  },
  'signed-out-wrong': {
    title: 'The wrong password',
    state: 'signed-out',
    answers: { ...signedOut, signIn: fails('unauthenticated') },
    steps: signingIn,
  },
  refused: {
    title: 'Somebody who answers tickets',
    state: 'refused',
    answers: { session: async () => ({ ...owner, staff: owner.staff && { ...owner.staff, role: 'agent' } }) },
  },
  welcome: { title: 'The first one of all', state: 'welcome', place: 'welcome=abc', steps: [{ see: 'form' }] },
  'welcome-refused': {
    title: 'A password that everybody knows',
    state: 'welcome',
    place: 'welcome=abc',
    answers: { welcome: refusing('password', 'known') },
    steps: [
      { fill: 'account', with: 'Tarnfield' },
      { fill: 'name', with: 'Olga Nowak' },
      { fill: 'email', with: 'olga@tarnfield.example' },
      { fill: 'password', with: 'password1234' },
      { press: 'button-primary' },
      { see: 'error' },
    ],
  },
  'welcome-over': {
    title: 'A link that was used already',
    state: 'welcome',
    place: 'welcome=abc',
    answers: { lookAtWelcome: fails('unauthenticated') },
    steps: [{ see: 'notice' }],
  },
  before: {
    title: 'Before the first portal',
    state: 'overview',
    answers: { setup: async () => firstDay },
    steps: [{ see: 'needs' }],
  },
  overview: { title: 'The portals of a company', state: 'overview', steps: [{ see: 'portals' }] },
  'overview-fails': {
    title: 'What is there cannot be read',
    state: 'overview',
    answers: { setup: fails('server') },
    steps: [{ see: 'retry' }],
  },
  new: { title: 'A new portal: its name', state: 'step', place: '/new/name', steps: [{ see: 'form' }] },
  'name-missing': {
    title: 'A portal without a name',
    state: 'step',
    place: '/new/name',
    steps: [{ press: 'next' }, { see: 'error' }],
  },
  name: { title: 'The name of a portal', state: 'step', place: '/help/name', steps: [{ see: 'tab' }] },
  'name-open': {
    title: 'The name of a portal that is open',
    state: 'step',
    place: '/help/name',
    answers: isOpen,
    steps: [{ fill: 'name', with: 'Pomoc Tarnfield' }, { press: 'next' }, { see: 'saved' }],
  },
  address: { title: 'Domain and slug', state: 'step', place: '/help/address', steps: [{ see: 'address' }] },
  'address-taken': {
    title: 'Another portal has this address',
    state: 'step',
    place: '/help/address',
    answers: { checkAddress: async () => ({ address: 'https://support.tarnfield.example/help/', problem: 'taken' }) },
    steps: [{ see: 'error' }],
  },
  'address-languages': {
    title: 'Languages of one’s own',
    state: 'step',
    place: '/help/address',
    answers: { getPortal: async () => ({ ...portal, followsDomain: false, locales: ['pl', 'en'] }) },
    steps: [{ see: 'more' }],
  },
  tickets: { title: 'Inbox and permission', state: 'step', place: '/help/tickets', steps: [{ see: 'choices' }] },
  'tickets-filter': {
    title: 'A filter with two groups',
    state: 'step',
    place: '/help/tickets',
    answers: hasFilter,
    steps: [{ see: 'matches' }],
  },
  'tickets-nobody': {
    title: 'A filter that matches nobody',
    state: 'step',
    place: '/help/tickets',
    answers: { ...hasFilter, updatePortal: refusing('permission.groups', 'matches-nobody') },
    steps: [{ see: 'filter' }, { press: 'next' }, { see: 'error' }],
  },
  'tickets-effect': {
    title: 'What another permission does, before it is saved',
    state: 'step',
    place: '/help/tickets',
    answers: { getPortal: async () => ({ ...filtered, open: true }) },
    steps: [{ see: 'notice' }],
  },
  'tickets-sight': {
    title: 'What a customer would see',
    state: 'step',
    place: '/help/tickets',
    answers: { getPortal: async () => ({ ...portal, permission: { kind: 'company' as const } }) },
    steps: [{ fill: 'contact', with: 'bob@acme.example' }, { press: 'look' }, { see: 'sight' }],
  },
  access: { title: 'Who may sign in', state: 'step', place: '/help/access', steps: [{ see: 'choices' }] },
  'access-origins': {
    title: 'Addresses of pages with mistakes',
    state: 'step',
    place: '/help/access',
    answers: {
      getPortal: async () => ({
        ...portal,
        origins: ['docs.tarnfield.example', 'https://tarnfield.example', 'https://*.tarnfield.example'],
      }),
    },
    steps: [{ press: 'next' }, { see: 'error' }],
  },
  'access-no-mail': {
    title: 'A server that sends no mail',
    state: 'step',
    place: '/help/access',
    answers: { setup: async () => firstDay },
    steps: [{ see: 'choices' }],
  },
  changed: {
    title: 'Somebody else has changed it meanwhile',
    state: 'step',
    place: '/help/name',
    answers: () => {
      let asked = 0;
      return {
        getPortal: async () => (asked++ ? { ...portal, name: 'Help at Tarnfield', version: 4 } : portal),
        updatePortal: refusing('version', 'changed', 'conflict'),
      };
    },
    steps: [{ fill: 'name', with: 'My own name for it' }, { press: 'next' }, { see: 'error' }],
  },
  'step-fails': {
    title: 'Saving fails',
    state: 'step',
    place: '/help/name',
    answers: { updatePortal: fails('unavailable') },
    steps: [{ press: 'next' }, { see: 'error' }],
  },
  ended: {
    title: 'The session ends while a step is saved',
    state: 'signed-out',
    place: '/help/name',
    answers: { updatePortal: fails('session-expired') },
    steps: [{ press: 'next' }],
  },
  staff: { title: 'Who answers, and who sets up', state: 'staff', place: '/staff', steps: [{ see: 'people' }] },
  'staff-added': {
    title: 'Somebody was added, and gets a link',
    state: 'staff',
    place: '/staff',
    steps: [
      { press: 'add' },
      { fill: 'name', with: 'Noor Haddad' },
      { fill: 'email', with: 'noor@tarnfield.example' },
      { press: 'button-primary' },
      { see: 'code' },
    ],
  },
  'staff-taken': {
    title: 'Somebody signs in with this address already',
    state: 'staff',
    place: '/staff',
    answers: { addStaff: refusing('email', 'taken', 'conflict') },
    steps: [
      { press: 'add' },
      { fill: 'name', with: 'Noor Haddad' },
      { fill: 'email', with: 'mia@tarnfield.example' },
      { press: 'button-primary' },
      { see: 'error' },
    ],
  },
  done: {
    title: 'It is open, and not seen yet',
    state: 'done',
    place: '/help/done',
    answers: isOpen,
    steps: [{ see: 'code' }],
  },
  seen: {
    title: 'It was seen on a page',
    state: 'done',
    place: '/help/done',
    answers: {
      ...isOpen,
      seenPages: async () => [
        { url: 'https://docs.tarnfield.example/help/contact', seenAt: '2026-03-02T08:00:00.000Z' },
      ],
    },
    steps: [{ see: 'code' }],
  },
  'long-words': {
    title: 'Words that have no place to break',
    state: 'overview',
    answers: {
      setup: async () => ({
        ...setup,
        portals: [
          {
            slug: 'x'.repeat(60),
            name: 'Kundendienstportalverwaltungsgesellschaft'.repeat(3),
            open: true,
            address: `https://support.tarnfield.example/${'x'.repeat(60)}/`,
            step: 'access' as const,
          },
        ],
      }),
    },
    steps: [{ see: 'portals' }],
  },
};

/** Every state of the element: what tests and pictures show. */
export const setupScenarios: readonly SetupScenario[] = [
  rows,
  sectionRows,
  waysInRows,
  brandRows,
  peopleRows,
  accountRows,
].flatMap((all) => Object.entries(all).map(([name, row]) => ({ id: `portal-setup/${name}`, ...row })));

export const backendOf = ({ answers }: SetupScenario): SetupBackend => ({
  ...setupAnswers,
  ...(typeof answers === 'function' ? answers() : answers),
});
