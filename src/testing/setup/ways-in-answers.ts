import type { Connection, WaysInBackend } from '../../backend/setup/ways-in-backend.js';

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
};
