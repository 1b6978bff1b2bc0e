import { adminRoutes } from '../../wire/admin.js';
import type { AnsweredRoute } from '../../wire/answers.js';
import type { Call } from '../rest/connection.js';
import type { RestClient } from '../rest/rest-client.js';
import { of } from './rest-people-backend.js';
import type { WaysInBackend } from './ways-in-backend.js';

/** Milliseconds: the server asks a provider meanwhile. */
const timeout = 30_000;

/** @param send asks what is answered with nothing */
export function createWaysInBackend(
  { read }: RestClient,
  send: (route: AnsweredRoute, call: Call) => Promise<void>,
): WaysInBackend {
  const { listConnections, createConnection, updateConnection, deleteConnection } = adminRoutes;
  const { listHostKeys, addHostKey, removeHostKey } = adminRoutes;
  return {
    listConnections: async (slug, options) => (await read(of(slug, listConnections), { options })).items,
    createConnection: (slug, body) => read(of(slug, createConnection), { body }, timeout),
    updateConnection: (slug, id, body) => read(of(slug, updateConnection), { id, body }, timeout),
    deleteConnection: (slug, id) => send(of(slug, deleteConnection), { id }),

    listHostKeys: async (slug, options) => (await read(of(slug, listHostKeys), { options })).items,
    addHostKey: (slug, body) => read(of(slug, addHostKey), { body }),
    removeHostKey: (slug, kid) => {
      const route = of(slug, removeHostKey);
      return send({ ...route, path: route.path.replace(':kid', encodeURIComponent(kid)) }, {});
    },
  };
}
