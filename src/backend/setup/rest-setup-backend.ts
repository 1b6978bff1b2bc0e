import type { AnsweredRoute } from '../../wire/answers.js';
import { adminRoutes } from '../../wire/admin.js';
import type { Answering, Call, Connection } from '../rest/connection.js';
import { createRestClient } from '../rest/rest-client.js';
import { toBackendError } from '../rest/rest-errors.js';
import { createAccountBackend } from './rest-account-backend.js';
import { createPeopleBackend, of } from './rest-people-backend.js';
import { createWaysInBackend } from './rest-ways-in-backend.js';
import type { SetupBackend } from './setup-backend.js';

/** Milliseconds that one attempt may take. */
const timeout = 15_000;

/**
 * Sets portals up at a server, as the staff member whose cookie the browser has: for pages of the server itself.
 *
 * @param address of the server's admin area, without a slash at its end
 */
export function createSetupBackend(address: string, fetch: typeof globalThis.fetch = globalThis.fetch): SetupBackend {
  const connection: Connection = {
    address,
    fetch: (...args) => fetch(...args),
    isOwnFetch: false,
    timeout,
    kept: {},
    answers: new Map(),
  };
  const client = createRestClient(connection);
  const read = <T>(route: Answering<T>, call: Call = {}) => client.read(route, call);
  const send = async ({ method, path }: AnsweredRoute, call: Call = {}): Promise<void> => {
    try {
      await client.request({ method, path }, call);
    } catch (error) {
      throw toBackendError(error);
    }
  };
  const {
    getStaffSession,
    staffSignIn,
    staffSignOut,
    lookAtWelcome,
    welcome,
    listStaff,
    createStaff,
    updateStaff,
    createStaffLink,
    getSetup,
    listPortals,
    getPortal,
    createPortal,
    updatePortal,
    createDomain,
    getAddress,
    getEffect,
    askWhatIf,
    listPages,
  } = adminRoutes;

  return {
    session: (options) => read(getStaffSession, { options }),
    signIn: (body) => read(staffSignIn, { body }),
    signOut: () => send(staffSignOut),
    lookAtWelcome: (token, options) => read(lookAtWelcome, { body: { token }, options }),
    welcome: (body) => read(welcome, { body }),

    listStaff: async (options) => (await read(listStaff, { options })).items,
    addStaff: (body) => read(createStaff, { body }),
    updateStaff: (id, body) => read(updateStaff, { id, body }),
    makeStaffLink: (id) => read(createStaffLink, { id }),

    setup: (options) => read(getSetup, { options }),
    listPortals: async (options) => (await read(listPortals, { options })).items,
    getPortal: (slug, options) => read(of(slug, getPortal), { options }),
    createPortal: (body) => read(createPortal, { body }),
    updatePortal: (slug, body) => read(of(slug, updatePortal), { body }),
    createDomain: (body) => read(createDomain, { body }),
    checkAddress: (query, options) => read(getAddress, { query, options }),
    effectOf: (slug, permission, options) => read(of(slug, getEffect), { body: { permission }, options }),
    whatIf: (slug, permission, contact, options) =>
      read(of(slug, askWhatIf), { body: { permission, contact }, options }),
    seenPages: async (slug, options) => (await read(of(slug, listPages), { options })).items,

    ...createPeopleBackend(client, send),
    ...createWaysInBackend(client, send),
    ...createAccountBackend(client, send),
  };
}
