import type { Connection, HostKey, WaysInBackend } from '../../backend/setup/ways-in-backend.js';

export const connections: readonly [Connection, Connection] = [
  {
    id: 'x'.repeat(22),
    label: 'Sign in with Acme',
    issuer: 'https://login.acme.example',
    clientId: 'tarnfield-portal',
    hasSecret: true,
  },
  {
    id: 'y'.repeat(22),
    label: 'Zaloguj się przez Globex',
    issuer: 'https://id.globex.example/realms/globex',
    clientId: 'portal',
    hasSecret: false,
  },
];

export const hostKeys: readonly [HostKey, HostKey] = [
  {
    kid: 'site-2025',
    algorithm: 'ES256',
    createdAt: '2025-04-02T09:00:00.000Z',
    lastUsedAt: '2026-02-28T09:00:00.000Z',
  },
  { kid: 'site-2026', algorithm: 'EdDSA', createdAt: '2026-02-27T09:00:00.000Z', lastUsedAt: null },
];

export const waysInAnswers: WaysInBackend = {
  listConnections: async () => connections,
  createConnection: async (_slug, { clientSecret, ...input }) => ({
    ...connections[0],
    ...input,
    hasSecret: !!clientSecret,
  }),
  updateConnection: async (_slug, id, { label, issuer, clientId }) => ({
    ...{ id, label, issuer, clientId },
    hasSecret: true,
  }),
  deleteConnection: async () => {},
  listHostKeys: async () => hostKeys,
  addHostKey: async (_slug, { kid }) => ({ ...hostKeys[1], kid }),
  removeHostKey: async () => {},
};
