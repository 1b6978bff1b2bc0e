/*
 * A portal over one JSON file: copy this to write a backend of your own. It needs no build, only a page with our elements:
 *   document.querySelector('customer-portal').backend = createJsonFileBackend(load, 'bob@acme.example');
 *
 * It shows the shape and protects nothing: who may fetch the file can read all of it. Yours asks an API that knows who is
 * signed in, and the API decides. What no customer may see (notes, deleted tickets) is not in the file to begin with.
 */
import { pageOfMessages, pageOfTickets, problem } from './paging.js';

// Here is the rule. Why does this contact see this ticket? It is theirs, or, for some, their company's. Else: null.
function whyOf({ contact: { id, company }, sees, because }, { parties, companies }) {
  if (parties[id]) return { relation: parties[id], company: null, condition: null };
  const isOurs = sees === 'company' && companies.includes(company?.id);
  return isOurs ? { relation: 'company', company, condition: because } : null;
}

/** `load` brings the file, `email` says who asks. These five methods are required; each one more is a feature. */
export function createJsonFileBackend(load, email) {
  // Every answer begins here. An abort rejects with the reason of its signal, before the wait and after it.
  async function open({ signal, locale = '' } = {}) {
    signal?.throwIfAborted();
    const { portals, contacts, tickets } = await load();
    signal?.throwIfAborted();
    const me = contacts.find(({ contact }) => contact.email === email);
    return { portal: portals[locale.slice(0, 2)] ?? portals.default, tickets, me };
  }

  // What the contact sees, and nothing else: list, ticket and thread all start from this.
  async function visible(options) {
    const { portal, tickets, me } = await open(options);
    if (!me) throw problem('unauthenticated');
    return tickets.flatMap(({ shown, status, ...row }) => {
      const why = whyOf(me, row);
      const ticket = { ...shown, status: portal.statuses.find(({ id }) => id === status), why };
      return why ? [{ ...row, ticket, portal, me }] : [];
    });
  }

  // A ticket that they do not see is answered like one that never was.
  async function find(id, options) {
    const row = (await visible(options)).find(({ ticket }) => ticket.id === id);
    if (!row) throw problem('not-found');
    return row;
  }

  return {
    async session(options) {
      const { me } = await open(options);
      return { contact: me?.contact ?? null, permission: me?.sees ?? null, expiresAt: null, draftKey: null };
    },
    portal: async (options) => (await open(options)).portal,
    listTickets: async (query, options) => pageOfTickets(await visible(options), query, email),
    async getTicket(id, options) {
      const { ticket, participants } = await find(id, options);
      return { ...ticket, actions: [], participants, rating: null, readAt: null };
    },
    listMessages: async (id, query, options) => pageOfMessages((await find(id, options)).messages, query, [email, id]),
  };
}
