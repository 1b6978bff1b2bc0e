import { BackendError } from '../../backend/backend-error.js';
import type { PortalBackend } from '../../backend/portal-backend.js';
import type { PendingSignIn, SignInMethod } from '../../model/index.js';

/** What portals answer that no world of the demo can: other ways in, a help desk behind that is silent. */

const pendingOf = (method: PendingSignIn['method'], now: number): PendingSignIn => ({
  method,
  email: 'a•••@acme.example',
  expiresAt: new Date(now + 10 * 60_000).toISOString(),
});

/** A portal with these ways in, where every code is on its way and none is right yet. */
export const offering =
  (...ways: readonly SignInMethod[]) =>
  (backend: PortalBackend): Partial<PortalBackend> => ({
    async portal(options) {
      const portal = await backend.portal(options);
      return {
        ...portal,
        signIn: ways,
        connections: ways.includes('sso') ? [{ id: 'acme', label: 'Acme' }] : [],
        features: [...portal.features, 'startSignIn', 'setPassword', 'signInElsewhere'],
      };
    },
    startSignIn: async ({ method }) => pendingOf(method, Date.now()),
    setPassword: async () => {},
    signInElsewhere: async () => {
      throw new BackendError('unauthenticated', undefined, { fields: [{ path: 'connection', code: 'closed' }] });
    },
  });

export const everyWay = offering('password', 'email', 'reset', 'register', 'sso');

/** This browser has asked for a code, and still waits for it after a reload. */
export const waitingFor =
  (method: PendingSignIn['method']) =>
  (backend: PortalBackend): Partial<PortalBackend> => ({
    ...everyWay(backend),
    session: async (options) => {
      const session = await backend.session(options);
      return session.contact ? session : { ...session, pending: pendingOf(method, Date.now()) };
    },
  });

/** A browser that keeps no cookie of the portal on this page. */
export const untilReload = (backend: PortalBackend): Partial<PortalBackend> => ({
  session: async (options) => ({ ...(await backend.session(options)), untilReload: true }),
});

/** A portal that takes no tickets. */
export const readOnly = (backend: PortalBackend): Partial<PortalBackend> => ({
  portal: async (options) => ({ ...(await backend.portal(options)), features: ['signIn', 'signOut'] }),
});

/** Somebody of the support staff has answered since the thread was shown: its last message is not there at first. */
export const answeredMeanwhile = (backend: PortalBackend): Partial<PortalBackend> => {
  let asked = 0;
  return {
    async listMessages(id, query, options) {
      const page = await backend.listMessages(id, query, options);
      const last = page.items.findLast(({ author }) => author.side === 'support');
      return asked++ ? page : { ...page, items: page.items.slice(0, last && page.items.indexOf(last)) };
    },
    // Nobody has told the page.
    subscribe: async () => {},
  };
};

/** The reader has been here before, and knows all but the last message. */
export const visited = (backend: PortalBackend): Partial<PortalBackend> => ({
  async getTicket(id, options) {
    const ticket = await backend.getTicket(id, options);
    return { ...ticket, readAt: new Date(Date.parse(ticket.updatedAt) - 60_000).toISOString() };
  },
});

/** The ticket goes on with an earlier one, and two go on with it. */
export const tied = (backend: PortalBackend): Partial<PortalBackend> => ({
  async getTicket(id, options) {
    const [earlier, ...later] = (await backend.listTickets({ sort: 'number', limit: 3 }, options)).items;
    return { ...(await backend.getTicket(id, options)), followUpOf: earlier ?? null, followUps: later };
  },
});

/** The first message was written by nobody: by the portal itself. */
export const automatic = (backend: PortalBackend): Partial<PortalBackend> => ({
  async listMessages(id, query, options) {
    const page = await backend.listMessages(id, query, options);
    const author = { id: '', name: 'Portal', side: 'system' } as const;
    return { ...page, items: page.items.map((message, at) => (at ? message : { ...message, author })) };
  },
});

/** The help desk behind the portal has not answered for a while, or never yet. */
export const asOf =
  (time: string) =>
  (backend: PortalBackend): Partial<PortalBackend> => ({
    listTickets: async (query, options) => ({ ...(await backend.listTickets(query, options)), asOf: time }),
    listMessages: async (id, query, options) => ({ ...(await backend.listMessages(id, query, options)), asOf: time }),
  });

/** A contact with so many tickets that have something new in them. */
export const unread =
  (number: number) =>
  (backend: PortalBackend): Partial<PortalBackend> => ({
    counts: async (query, options) => {
      if (!backend.counts) throw new BackendError('config');
      return { ...(await backend.counts(query, options)), unread: number };
    },
  });
