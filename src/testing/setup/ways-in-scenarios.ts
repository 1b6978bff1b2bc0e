import { BackendError } from '../../backend/backend-error.js';
import type { SetupBackend } from '../../backend/setup/setup-backend.js';
import { portal } from './setup-answers.js';
import type { SetupRow } from './setup-scenarios.js';
import { hostKeys } from './ways-in-answers.js';

const fails =
  (...args: ConstructorParameters<typeof BackendError>) =>
  async () => {
    throw new BackendError(...args);
  };

const isOpen = { getPortal: async () => ({ ...portal, open: true }) } satisfies Partial<SetupBackend>;

/** Providers of single sign-on, and keys of sites. */
export const waysInRows: Readonly<Record<string, SetupRow>> = {
  sso: {
    title: 'Where else people sign in',
    state: 'sso',
    place: '/help/sso',
    answers: isOpen,
    steps: [{ see: 'rows' }],
  },
  'sso-refused': {
    title: 'A provider that calls itself something else',
    state: 'sso',
    place: '/help/sso',
    answers: {
      ...isOpen,
      listConnections: async () => [],
      createConnection: fails('invalid', undefined, { fields: [{ path: 'issuer', code: 'mismatch' }] }),
    },
    steps: [
      { press: 'add' },
      { fill: 'label', with: 'Sign in with Acme' },
      { fill: 'issuer', with: 'https://acme.example' },
      { fill: 'clientId', with: 'portal' },
      { press: 'next' },
      { see: 'error' },
    ],
  },
  'sso-delete': {
    title: 'Whether a provider is to be removed',
    state: 'sso',
    place: '/help/sso',
    answers: isOpen,
    steps: [{ press: 'delete' }, { see: 'delete-now' }],
  },
  'host-keys-none': {
    title: 'The first key of a site, of which the half is pasted that signs',
    state: 'sso',
    place: '/help/sso',
    answers: { ...isOpen, listHostKeys: async () => [] },
    steps: [
      { press: 'add-key' },
      { fill: 'kid', with: 'my site' },
      { fill: 'jwk', with: '-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----' },
      { press: 'next' },
      { see: 'error' },
    ],
  },
  'host-keys-how': {
    title: 'How a site signs for its customers',
    state: 'sso',
    place: '/help/sso',
    answers: isOpen,
    steps: [{ press: 'how' }, { see: 'code' }],
  },
  'host-keys-remove': {
    title: 'Whether the last key of a site is to be removed, which fails',
    state: 'sso',
    place: '/help/sso',
    answers: { ...isOpen, listHostKeys: async () => hostKeys.slice(0, 1), removeHostKey: fails('unavailable') },
    steps: [{ press: 'remove' }, { press: 'delete-now' }, { see: 'error' }],
  },
};
