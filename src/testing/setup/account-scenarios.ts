import { BackendError } from '../../backend/backend-error.js';
import { auditEntries, connectedDesk, inboxList, ownStatuses } from './account-answers.js';
import { portal, setup } from './setup-answers.js';
import type { SetupRow } from './setup-scenarios.js';

const fails =
  (...args: ConstructorParameters<typeof BackendError>) =>
  async () => {
    throw new BackendError(...args);
  };
const refusing = (path: string, code: string) => fails('conflict', undefined, { fields: [{ path, code }] });

const ofDesk = { setup: async () => ({ ...setup, desk: { kind: 'rt', keepsProperties: false } }) };

const twoLanguages = { listPortals: async () => [{ ...portal, locales: ['en', 'pl'] }] };

/** What all portals have in common. */
export const accountRows: Readonly<Record<string, SetupRow>> = {
  inboxes: { title: 'The inboxes', state: 'inboxes', place: '/account/inboxes', steps: [{ see: 'row' }] },
  desk: { title: 'No help desk of the company’s own', state: 'desk', place: '/account/desk', steps: [{ see: 'form' }] },
  'desk-connected': {
    title: 'A help desk is connected',
    state: 'desk',
    place: '/account/desk',
    answers: { getDesk: async () => connectedDesk },
    steps: [{ see: 'group' }],
  },
  'desk-refused': {
    title: 'A help desk that does not take the password',
    state: 'desk',
    place: '/account/desk',
    answers: {
      getDesk: async () => connectedDesk,
      setDesk: fails('invalid', undefined, { fields: [{ path: 'settings', code: 'misconfigured' }] }),
    },
    steps: [{ see: 'form' }, { fill: 'secret', with: 'not the right one' }, { press: 'next' }, { see: 'error' }],
  },
  'desk-inner': {
    title: 'A help desk inside the server’s own network',
    state: 'desk',
    place: '/account/desk',
    answers: {
      getDesk: async () => connectedDesk,
      setDesk: fails('invalid', undefined, { fields: [{ path: 'settings.url', code: 'inner' }] }),
    },
    steps: [{ see: 'form' }, { fill: 'secret', with: 'whatever it is' }, { press: 'next' }, { see: 'error' }],
  },
  'inboxes-fails': {
    title: 'The inboxes cannot be read',
    state: 'inboxes',
    place: '/account/inboxes',
    answers: { listInboxes: fails('unavailable') },
    steps: [{ see: 'retry' }],
  },
  'inboxes-taken': {
    title: 'Another inbox has this name',
    state: 'inboxes',
    place: '/account/inboxes',
    answers: { createInbox: refusing('name', 'taken') },
    steps: [{ press: 'add' }, { fill: 'name', with: 'Billing' }, { press: 'next' }, { see: 'error' }],
  },
  'inboxes-delete': {
    title: 'An inbox is deleted, and something was in it after all',
    state: 'inboxes',
    place: '/account/inboxes',
    answers: {
      listInboxes: async () => [inboxList[2], inboxList[0]],
      deleteInbox: refusing('tickets', 'deleted'),
    },
    steps: [{ press: 'delete' }, { press: 'delete-now' }, { see: 'error' }],
  },
  'inboxes-desk': {
    title: 'The queues of a help desk',
    state: 'inboxes',
    place: '/account/inboxes',
    answers: { ...ofDesk, listInboxes: async () => inboxList.map((inbox) => ({ ...inbox, desk: true })) },
    steps: [{ see: 'row' }],
  },
  statuses: {
    title: 'The statuses, in their order',
    state: 'statuses',
    place: '/account/statuses',
    answers: twoLanguages,
    steps: [{ see: 'row' }],
  },
  'statuses-own': {
    title: 'An inbox with statuses of its own',
    state: 'statuses',
    place: '/account/statuses',
    answers: { ...twoLanguages, listStatuses: async () => ownStatuses },
    steps: [{ press: 'change' }, { see: 'choices' }],
  },
  'statuses-fails': {
    title: 'The statuses cannot be read',
    state: 'statuses',
    place: '/account/statuses',
    answers: { listStatuses: fails('unavailable') },
    steps: [{ see: 'retry' }],
  },
  'statuses-new': {
    title: 'A status without words',
    state: 'statuses',
    place: '/account/statuses',
    answers: twoLanguages,
    steps: [{ press: 'add' }, { press: 'next' }, { see: 'error' }],
  },
  'statuses-last': {
    title: 'The last status of its kind is to mean something else',
    state: 'statuses',
    place: '/account/statuses',
    answers: { ...twoLanguages, updateStatus: refusing('category', 'last') },
    steps: [{ press: 'change' }, { choose: 'category', value: 'closed' }, { press: 'next' }, { see: 'error' }],
  },
  'statuses-changed': {
    title: 'Somebody else has changed a status meanwhile',
    state: 'statuses',
    place: '/account/statuses',
    answers: { updateStatus: refusing('was', 'changed') },
    steps: [{ press: 'change' }, { press: 'next' }, { see: 'error' }],
  },
  'statuses-delete': {
    title: 'A status goes, and its tickets get another one',
    state: 'statuses',
    place: '/account/statuses',
    steps: [{ press: 'delete' }, { see: 'delete-now' }],
  },
  'statuses-moved': {
    title: 'A status was moved',
    state: 'statuses',
    place: '/account/statuses',
    steps: [{ press: 'down' }, { see: 'moved' }],
  },
  audit: { title: 'Who did what', state: 'audit', place: '/account/audit', steps: [{ see: 'row' }] },
  'audit-none': {
    title: 'Nothing of a kind has happened',
    state: 'audit',
    place: '/account/audit',
    steps: [{ see: 'row' }, { choose: 'group', value: 'staff' }],
  },
  'audit-fails': {
    title: 'The audit log cannot be read',
    state: 'audit',
    place: '/account/audit',
    answers: { listAudit: fails('unavailable') },
    steps: [{ see: 'retry' }],
  },
  'audit-more': {
    title: 'More than a page holds, and the next cannot be read',
    state: 'audit',
    place: '/account/audit',
    answers: {
      listAudit: async ({ cursor }) => {
        if (cursor) throw new BackendError('unavailable');
        return { items: auditEntries, nextCursor: 'more' };
      },
    },
    steps: [{ press: 'more-rows' }, { see: 'error' }],
  },
  'statuses-desk': {
    title: 'The statuses of a help desk',
    state: 'statuses',
    place: '/account/statuses',
    answers: ofDesk,
    steps: [{ see: 'notice' }],
  },
};
