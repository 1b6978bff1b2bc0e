import { asking, bilingual, consenting, portal, setup } from './setup-answers.js';
import type { SetupRow } from './setup-scenarios.js';

const isOpen = { getPortal: async () => ({ ...portal, open: true }) };
const isBilingual = { getPortal: async () => bilingual };

/** What of a portal has a page of its own beside the steps of the set-up. */
export const sectionRows: Readonly<Record<string, SetupRow>> = {
  properties: {
    title: 'Properties of tickets, one of them unfolded',
    state: 'step',
    place: '/help/properties',
    answers: isBilingual,
    steps: [{ press: 'entry-toggle' }, { see: 'option' }, { see: 'list-preview' }],
  },
  'properties-missing': {
    title: 'A property without a label in one of the languages',
    state: 'step',
    place: '/help/properties',
    answers: isBilingual,
    steps: [
      { press: 'add-property' },
      { fill: 'name-4', with: 'colour' },
      { fill: 'label-4-en', with: 'Colour' },
      { press: 'next' },
      { see: 'error' },
    ],
  },
  'properties-none': {
    title: 'A portal whose tickets have no properties',
    state: 'step',
    place: '/help/properties',
    answers: isOpen,
    steps: [{ see: 'add-property' }],
  },
  form: {
    title: 'What customers are asked, with the form as they see it',
    state: 'step',
    place: '/help/form',
    answers: { getPortal: async () => asking },
    steps: [
      { press: 'entry-toggle' },
      { see: 'add-field' },
      { see: 'form-preview' },
      { choose: 'form', value: 'fault' },
    ],
  },
  'form-missing': {
    title: 'A form without a label',
    state: 'step',
    place: '/help/form',
    answers: isBilingual,
    steps: [{ see: 'form-preview' }, { press: 'add-form' }, { press: 'next' }, { see: 'error' }],
  },
  'form-none': {
    title: 'Nothing but subject and message, at a help desk that keeps no more',
    state: 'step',
    place: '/help/form',
    answers: { ...isOpen, setup: async () => ({ ...setup, desk: { kind: 'rt', keepsProperties: false } }) },
    steps: [{ see: 'form-preview' }, { press: 'add-form' }, { see: 'notice' }],
  },
  actions: {
    title: 'What customers may do, as usual',
    state: 'step',
    place: '/help/actions',
    answers: isOpen,
    steps: [{ see: 'allowed' }],
  },
  'actions-changed': {
    title: 'What customers may do, otherwise than usual',
    state: 'step',
    place: '/help/actions',
    answers: {
      getPortal: async () => ({
        ...portal,
        open: true,
        actions: { colleague: { open: ['reply', 'close'] }, requester: { closed: ['reply', 'rate'] } },
      }),
    },
    steps: [{ see: 'changed' }],
  },
  sessions: {
    title: 'How long customers stay signed in',
    state: 'step',
    place: '/help/sessions',
    answers: isOpen,
    steps: [{ see: 'pages' }],
  },
  words: {
    title: 'A word of one’s own for a ticket, in two languages',
    state: 'step',
    place: '/help/words',
    answers: {
      getPortal: async () => ({
        ...portal,
        open: true,
        locales: ['en', 'pl'],
        words: { ticket: { en: { one: 'case', other: 'cases', nominative: 'cases' } } },
      }),
    },
    steps: [{ see: 'preview' }],
  },
  'words-missing': {
    title: 'A form of the word is missing',
    state: 'step',
    place: '/help/words',
    answers: isOpen,
    steps: [{ fill: 'word-en-one', with: 'case' }, { press: 'next' }, { see: 'error' }],
  },
  consent: {
    title: 'What customers agree to before a session starts',
    state: 'step',
    place: '/help/consent',
    answers: { getPortal: async () => consenting },
    steps: [{ see: 'preview' }],
  },
  'consent-none': {
    title: 'A portal that has never asked for a consent',
    state: 'step',
    place: '/help/consent',
    answers: isOpen,
    steps: [{ see: 'in-force' }],
  },
  'consent-missing': {
    title: 'A notice without its text in one language',
    state: 'step',
    place: '/help/consent',
    answers: { getPortal: async () => consenting },
    steps: [{ see: 'preview' }, { fill: 'consent-pl', with: ' ' }, { press: 'next' }, { see: 'error' }],
  },
};
