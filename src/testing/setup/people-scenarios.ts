import { BackendError } from '../../backend/backend-error.js';
import type { Invitation } from '../../backend/setup/people-backend.js';
import type { SetupBackend } from '../../backend/setup/setup-backend.js';
import { companies, contact, disabled, invitations, properties } from './people-answers.js';
import { filtered, portal, setup } from './setup-answers.js';
import type { SetupRow } from './setup-scenarios.js';

const fails =
  (...args: ConstructorParameters<typeof BackendError>) =>
  async () => {
    throw new BackendError(...args);
  };
const refusing = (path: string, code: string, as: 'invalid' | 'conflict' = 'invalid') =>
  fails(as, undefined, { fields: [{ path, code }] });

const sees = (kind: 'own' | 'company'): Partial<SetupBackend> => ({
  listPortals: async () => [{ ...portal, open: true, permission: { kind } }],
});

const defined = { listContactProperties: async () => properties } satisfies Partial<SetupBackend>;

/** On a domain of its own, from which people are invited. */
const connected = { ...portal, open: true, domain: setup.domains.find(({ kind }) => kind === 'connected')?.id ?? '' };
const inviting = { getPortal: async () => connected } satisfies Partial<SetupBackend>;

/** Somebody else is faster. */
const changing = (): Partial<SetupBackend> => {
  let read = 0;
  return {
    getContact: async () => (++read > 1 ? { ...contact, primaryCompany: null, version: '2' } : contact),
    updateContact: refusing('version', 'changed', 'conflict'),
  };
};

const at = `/people/${contact.id}`;

/** Contacts and companies. */
export const peopleRows: Readonly<Record<string, SetupRow>> = {
  people: { title: 'The contacts', state: 'people', place: '/people', steps: [{ see: 'row' }] },
  'people-none': {
    title: 'There are no contacts',
    state: 'people',
    place: '/people',
    answers: { listContacts: async () => ({ items: [], nextCursor: null }) },
  },
  'people-fails': {
    title: 'The contacts cannot be read',
    state: 'people',
    place: '/people',
    answers: { listContacts: fails('unavailable') },
    steps: [{ see: 'retry' }],
  },
  'people-more': {
    title: 'More contacts than a page holds, and the next cannot be read',
    state: 'people',
    place: '/people',
    answers: {
      listContacts: async ({ cursor }) => {
        if (cursor) throw new BackendError('unavailable');
        return { items: [contact, disabled], nextCursor: 'more' };
      },
    },
    steps: [{ press: 'more-rows' }, { see: 'error' }],
  },
  contact: {
    title: 'A contact, and what they see',
    state: 'contact',
    place: at,
    answers: sees('company'),
    steps: [{ see: 'link' }, { see: 'row' }],
  },
  'contact-disabled': {
    title: 'A contact who cannot sign in',
    state: 'contact',
    place: `/people/${disabled.id}`,
    answers: {
      ...sees('own'),
      whatIf: async () => ({
        admitted: false,
        contact: disabled,
        permission: 'own',
        company: null,
        count: 0,
        tickets: [],
      }),
    },
    steps: [{ see: 'notice' }, { see: 'row' }],
  },
  'contact-gone': {
    title: 'A contact who is not there',
    state: 'contact',
    place: `/people/${'z'.repeat(22)}`,
    steps: [{ see: 'failure' }],
  },
  'contact-new': { title: 'A new contact', state: 'contact', place: '/people/new', steps: [{ see: 'form' }] },
  'contact-taken': {
    title: 'Somebody has this address',
    state: 'contact',
    place: '/people/new',
    answers: { createContact: refusing('email', 'taken', 'conflict') },
    steps: [
      { fill: 'email', with: 'bob@acme.example' },
      { fill: 'name', with: 'Bob' },
      { press: 'next' },
      { see: 'error' },
    ],
  },
  'contact-companies': {
    title: 'A company is searched for',
    state: 'contact',
    place: '/people/new',
    steps: [{ fill: 'company-search', with: 'glo' }, { press: 'add' }, { see: 'choice' }],
  },
  'contact-moves': {
    title: 'A contact gets another address',
    state: 'contact',
    place: at,
    answers: sees('own'),
    steps: [{ fill: 'email', with: 'bob@globex.example' }, { see: 'hint' }],
  },
  'contact-changed': {
    title: 'Somebody else has changed the contact meanwhile',
    state: 'contact',
    place: at,
    answers: changing,
    steps: [{ fill: 'name', with: 'Robert Okafor' }, { press: 'next' }, { see: 'error' }],
  },
  'contact-erase': {
    title: 'A contact is about to be erased',
    state: 'contact',
    place: at,
    answers: sees('own'),
    steps: [{ see: 'export' }, { press: 'delete' }, { see: 'delete-now' }],
  },
  'contact-property': {
    title: 'A property without a name',
    state: 'contact',
    place: at,
    steps: [
      { press: 'add-property' },
      { fill: 'property-value-2', with: 'of what?' },
      { press: 'next' },
      { see: 'error' },
    ],
  },
  'contact-defined': {
    title: 'A contact with fields that the owner has defined, one of them refused',
    state: 'contact',
    place: at,
    answers: { ...defined, updateContact: refusing('properties.seats', 'invalid_format') },
    steps: [{ fill: 'defined-1', with: 'a few' }, { press: 'next' }, { see: 'error' }],
  },
  'contact-properties': {
    title: 'The properties of contacts',
    state: 'properties',
    place: '/people/definitions',
    answers: defined,
    steps: [{ see: 'row' }],
  },
  'contact-properties-none': { title: 'No property is defined', state: 'properties', place: '/people/definitions' },
  'contact-properties-fail': {
    title: 'The properties cannot be read',
    state: 'properties',
    place: '/people/definitions',
    answers: { listContactProperties: fails('unavailable') },
    steps: [{ see: 'retry' }],
  },
  'property-new': {
    title: 'A new property with options, whose name is taken',
    state: 'properties',
    place: '/people/definitions',
    answers: { ...defined, addContactProperty: refusing('name', 'taken', 'conflict') },
    steps: [
      { press: 'add' },
      { fill: 'label', with: 'Job' },
      { fill: 'name', with: 'role' },
      { choose: 'type', value: 'choice' },
      { fill: 'options', with: 'buyer\nmanager' },
      { press: 'next' },
      { see: 'error' },
    ],
  },
  'property-change': {
    title: 'A property is changed',
    state: 'properties',
    place: '/people/definitions',
    answers: defined,
    steps: [{ press: 'change' }, { see: 'form' }],
  },
  'property-delete': {
    title: 'A property that a filter asks for cannot be deleted',
    state: 'properties',
    place: '/people/definitions',
    answers: defined,
    steps: [{ press: 'delete' }, { see: 'group' }],
  },
  'property-delete-free': {
    title: 'A property is about to be deleted',
    state: 'properties',
    place: '/people/definitions',
    answers: { listContactProperties: async () => properties.slice(1) },
    steps: [{ press: 'delete' }, { see: 'delete-now' }],
  },
  'tickets-filter-defined': {
    title: 'A filter on properties whose type is known',
    state: 'step',
    place: '/help/tickets',
    answers: { ...defined, getPortal: async () => filtered },
    steps: [{ see: 'filter' }],
  },
  'people-ticked': {
    title: 'People who are to be invited',
    state: 'people',
    place: '/people',
    answers: {
      listPortals: async () => ['Tarnfield help', 'Pomoc'].map((name) => ({ ...connected, name, slug: name })),
    },
    steps: [{ press: 'tick' }, { see: 'invite' }],
  },
  invitations: {
    title: 'Invitations that nobody has opened yet',
    state: 'invitations',
    place: '/help/invitations',
    answers: inviting,
    steps: [{ see: 'row' }],
  },
  'invitations-none': {
    title: 'No invitation is open, and nobody is written',
    state: 'invitations',
    place: '/help/invitations',
    answers: { ...inviting, listInvitations: async () => [] },
    steps: [{ press: 'next' }, { see: 'error' }],
  },
  'invitations-sent': {
    title: 'Many are invited, some of them in vain',
    state: 'invitations',
    place: '/help/invitations',
    answers: inviting,
    steps: [
      {
        fill: 'people',
        with: 'pat@acme.example\nnobody\nnora@initech.example\nbob@acme.example\neve@globex.example',
      },
      { press: 'next' },
      { see: 'report' },
    ],
  },
  'invitations-groups': {
    title: 'Those who are invited join groups, one of which the portal has no more',
    state: 'invitations',
    place: '/help/invitations',
    answers: {
      getPortal: async () => ({ ...connected, accessGroups: ['Customers', 'Partners', 'Resellers'] }),
      listInvitations: async () =>
        [['Customers', 'Partners'], []].map((accessGroups, at) => ({
          ...(invitations[at] as Invitation),
          accessGroups,
        })),
      inviteMany: refusing('accessGroups.0', 'unknown'),
    },
    steps: [{ fill: 'people', with: 'pat@acme.example' }, { press: 'next' }, { see: 'error' }],
  },
  'invitations-system': {
    title: 'From the server’s own domain nobody is invited',
    state: 'invitations',
    place: '/help/invitations',
    answers: { getPortal: async () => ({ ...portal, open: true }) },
    steps: [{ see: 'notice' }],
  },
  'invitations-fail': {
    title: 'An invitation cannot be taken back',
    state: 'invitations',
    place: '/help/invitations',
    answers: { ...inviting, revokeInvitation: fails('unavailable') },
    steps: [{ press: 'remove' }, { see: 'error' }],
  },
  'seen-as': {
    title: 'Tickets as a contact sees them',
    state: 'seen-as',
    place: `${at}/help`,
    steps: [{ see: 'row' }],
  },
  import: { title: 'A table to import', state: 'import', place: '/people/import' },
  'import-dry': {
    title: 'What a table would do',
    state: 'import',
    place: '/people/import',
    steps: [{ fill: 'csv', with: 'email,name\npat@acme.example,Pat' }, { press: 'try' }, { see: 'report' }],
  },
  'import-refused': {
    title: 'A table without addresses',
    state: 'import',
    place: '/people/import',
    answers: { importContacts: refusing('csv', 'no-email-column') },
    steps: [{ fill: 'csv', with: 'name\nPat' }, { press: 'try' }, { see: 'error' }],
  },
  companies: { title: 'The companies', state: 'companies', place: '/companies', steps: [{ see: 'row' }] },
  company: { title: 'A company', state: 'company', place: `/companies/${companies[0]?.id}`, steps: [{ see: 'form' }] },
  'company-taken': {
    title: 'A domain that another company has',
    state: 'company',
    place: `/companies/${companies[0]?.id}`,
    answers: { updateCompany: refusing('emailDomains.0', 'taken', 'conflict') },
    steps: [{ press: 'next' }, { see: 'error' }],
  },
  'company-delete': {
    title: 'A company is about to be deleted',
    state: 'company',
    place: `/companies/${companies[0]?.id}`,
    steps: [{ press: 'delete' }, { see: 'delete-now' }],
  },
};
