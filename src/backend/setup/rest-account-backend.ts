import { adminRoutes } from '../../wire/admin.js';
import type { AnsweredRoute } from '../../wire/answers.js';
import type { Call } from '../rest/connection.js';
import type { RestClient } from '../rest/rest-client.js';
import type { AccountBackend } from './account-backend.js';

/** Milliseconds that a desk may take to answer the server, and a little more. */
const deskTimeout = 20_000;

/** The same route, of one status: its id is a name, as help desks have them, and no public id. */
const ofStatus = <R extends AnsweredRoute>(id: string, route: R): R => ({
  ...route,
  path: route.path.replace(':id', encodeURIComponent(id)),
});

/** @param send asks what is answered with nothing */
export function createAccountBackend(
  { read }: RestClient,
  send: (route: AnsweredRoute, call: Call) => Promise<void>,
): AccountBackend {
  const {
    listInboxes,
    createInbox,
    updateInbox,
    deleteInbox,
    listStatuses,
    createStatus,
    updateStatus,
    deleteStatus,
    listAudit,
    getDesk,
    setDesk,
  } = adminRoutes;

  return {
    listInboxes: async (options) => (await read(listInboxes, { options })).items,
    createInbox: (name) => read(createInbox, { body: { name } }),
    renameInbox: (id, name, was) => read(updateInbox, { id, body: { name, was } }),
    deleteInbox: (id) => send(deleteInbox, { id }),

    listStatuses: async (options) => (await read(listStatuses, { options })).items,
    createStatus: (body) => read(createStatus, { body }),
    updateStatus: (id, body) => read(ofStatus(id, updateStatus), { body }),
    deleteStatus: (id, replacement) => send(ofStatus(id, deleteStatus), { query: { replacement } }),

    listAudit: (query, options) => read(listAudit, { query, options }),

    getDesk: (options) => read(getDesk, { options }),
    setDesk: (body) => read(setDesk, { body }, deskTimeout),
  };
}
