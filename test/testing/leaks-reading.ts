import { withPath } from './leaky-proxy.js';
import {
  type LeakyPortal,
  type Items,
  isTicket,
  isThread,
  insteadOf,
  changed,
  unlessChanged,
  forgets,
  problem,
} from './leaky-portal.js';

/** Portals that show what is not theirs to show, or show it wrongly. */
export const leaksOfReading: readonly LeakyPortal[] = [
  {
    name: 'answers a ticket of somebody else',
    noticedBy: 'somebody else’s ticket is answered byte for byte like one that does not exist',
    leak: insteadOf(404, ({ method, path }) => method === 'GET' && isTicket.test(path)),
  },
  {
    name: 'answers a thread of somebody else',
    noticedBy: 'so is its thread',
    leak: insteadOf(404, ({ method, path }) => method === 'GET' && isThread.test(path)),
  },
  {
    name: 'hands out a file of somebody else',
    noticedBy: 'so are its files',
    leak: insteadOf(404, ({ path }) => path.startsWith('/attachments/')),
  },
  {
    name: 'keeps a read mark for somebody else’s ticket',
    noticedBy: 'so is its read mark',
    leak: insteadOf(404, ({ path }) => path.endsWith('/read')),
  },
  {
    name: 'tells a forbidden ticket from one that does not exist',
    noticedBy: 'somebody else’s ticket is answered byte for byte like one that does not exist',
    leak: () => async (passing) => {
      const answer = await passing.forward();
      const exists = answer.status === 404 && isTicket.test(passing.path) && (await passing.forAnybody()).ok;
      return exists ? problem(403, 'forbidden') : answer;
    },
  },
  {
    name: 'says by a header alone that a ticket exists',
    noticedBy: 'somebody else’s ticket is answered byte for byte like one that does not exist',
    leak: () => async (passing) => {
      const answer = await passing.forward();
      if (answer.status !== 404 || !isTicket.test(passing.path)) return answer;
      const headers = new Headers(answer.headers);
      if ((await passing.forAnybody()).ok) headers.set('last-modified', 'Fri, 20 Nov 2026 09:12:44 GMT');
      return new Response(answer.body, { headers, status: 404 });
    },
  },
  {
    name: 'repeats a row between pages',
    noticedBy: 'pages of any size bring every ticket once',
    leak: () => {
      let last: object | undefined;
      return async (passing) => {
        const answer = await passing.forward();
        if (!answer.ok || passing.path !== '/tickets' || passing.method !== 'GET') return answer;
        const page = (await answer.json()) as Items;
        const before = passing.query.has('cursor') && last ? [last] : [];
        last = page.items.at(-1);
        const { headers } = answer;
        return new Response(JSON.stringify({ ...page, items: [...before, ...page.items] }), { headers });
      };
    },
  },
  {
    name: 'drops the last row of each page but the last',
    noticedBy: 'pages of any size bring every ticket once',
    leak: changed(
      ({ path, method }) => path === '/tickets' && method === 'GET',
      ({ items, ...page }: Items) => ({ ...page, items: page.nextCursor ? items.slice(0, -1) : items }),
    ),
  },
  {
    name: 'does not sort',
    noticedBy: 'every order holds all tickets, sorted, one way and the other',
    leak: forgets('sort'),
  },
  {
    name: 'takes no notice of the state',
    noticedBy: 'open and closed divide the list, and so do the statuses',
    leak: forgets('state'),
  },
  {
    name: 'leaks a note into the thread',
    noticedBy: 'a thread holds messages and changes of status, no note and nothing of another kind',
    leak: changed(
      ({ path, method }) => isThread.test(path) && method === 'GET',
      (page: Items) => ({
        ...page,
        items: page.items.map((item, at) => (at === 0 ? { ...item, kind: 'note' } : item)),
      }),
    ),
  },
  {
    name: 'leaves an internal field in a ticket',
    noticedBy: 'lists, tickets and threads hold nothing internal',
    leak: changed(
      ({ path, method }) => isTicket.test(path) && method === 'GET',
      (ticket: object) => ({ ...ticket, internalPriority: 1 }),
    ),
  },
  {
    name: 'serves a cursor to anybody',
    noticedBy: 'a cursor of one person is refused for another',
    leak: insteadOf(400, ({ query }) => query.has('cursor')),
  },
  {
    name: 'counts what others see',
    noticedBy: 'counts are those of the lists',
    leak: () => (passing) => (passing.path === '/counts' ? passing.forAnybody() : passing.forward()),
  },
  {
    name: 'searches what others see',
    noticedBy: 'a search for somebody else’s ticket, by number or subject, does not find it',
    leak: () => (passing) => (passing.query.has('q') ? passing.forAnybody() : passing.forward()),
  },
  {
    name: 'says more of a contact than is documented',
    noticedBy: 'the session of each person',
    leak: changed(
      ({ path, method }) => path === '/session' && method === 'GET',
      (session: { contact: object | null }) => ({
        ...session,
        contact: session.contact && { ...session.contact, row: 7 },
      }),
    ),
  },
  {
    name: 'counts in words',
    noticedBy: 'counts, where there are counts',
    leak: changed(
      ({ path }) => path === '/counts',
      (counts: object) => ({ ...counts, unread: 'many' }),
    ),
  },
  {
    name: 'leaves a ticket out of every list',
    noticedBy: 'each person sees what they are expected to see, and nothing that they must not',
    leak: changed(
      ({ path, method }) => path === '/tickets' && method === 'GET',
      (page: Items) => ({ ...page, items: page.items.slice(0, -1) }),
    ),
  },
  {
    name: 'says what an id looks like',
    noticedBy: 'an id that does not exist, or cannot, is not found',
    leak: () => (passing) =>
      passing.path === '/tickets/1' ? Promise.resolve(problem(400, 'invalid')) : passing.forward(),
  },
  {
    name: 'says that nothing has changed in a ticket of somebody else',
    noticedBy: 'knowing its ETag does not help',
    leak: () => async (passing) => {
      const answer = await passing.forward();
      const isKnown = answer.status === 404 && passing.request.headers.has('if-none-match');
      return isKnown && (await passing.forAnybody()).ok ? new Response(null, { status: 304 }) : answer;
    },
  },
  {
    name: 'goes on with a cursor of another question',
    noticedBy: 'a cursor is refused for another question',
    leak: unlessChanged(
      ({ query }) => query.has('cursor'),
      (query) => query.delete('state'),
    ),
  },
  {
    name: 'begins anew with a cursor that it does not know',
    noticedBy: 'a cursor that was altered or made up is refused',
    leak: unlessChanged(
      ({ query }) => query.has('cursor'),
      (query) => query.delete('cursor'),
    ),
  },
  {
    name: 'begins a thread anew with a cursor that it does not know',
    noticedBy: 'a cursor of a thread serves that thread and that person alone',
    leak: unlessChanged(
      ({ query }) => query.has('before'),
      (query) => query.delete('before'),
    ),
  },
  {
    name: 'has another order by itself',
    noticedBy: 'the newest public event is first unless another order is asked for',
    leak:
      () =>
      ({ path, query, request, forward }) => {
        const isBare = path === '/tickets' && !query.has('sort') && request.method === 'GET';
        return forward(isBare ? withPath(request, ({ searchParams }) => searchParams.set('sort', 'number')) : request);
      },
  },
  {
    name: 'takes no notice of the scope',
    noticedBy: 'a scope narrows the list and never widens it',
    leak: forgets('scope'),
  },
  {
    name: 'takes any limit',
    noticedBy: 'a page has 1 to 100 tickets, and another limit is refused',
    leak: unlessChanged(
      ({ query }) => query.has('limit'),
      (query) => query.delete('limit'),
    ),
  },
  {
    name: 'refuses no filter',
    noticedBy: 'refuses filters that do not exist and names them',
    leak: unlessChanged(
      ({ path }) => path === '/tickets',
      (query) => query.delete('state'),
    ),
  },
  {
    name: 'says something else in the ticket than in the list',
    noticedBy: 'a ticket is what its row in the list says',
    leak: changed(
      ({ path, method }) => isTicket.test(path) && method === 'GET',
      (ticket: { unread: boolean }) => ({ ...ticket, unread: !ticket.unread }),
    ),
  },
  {
    name: 'finds more than the list holds',
    noticedBy: 'a search finds a ticket by its number and nothing beyond the list',
    leak: () => (passing) => (passing.query.has('q') ? passing.forAnybody() : passing.forward()),
  },
  {
    name: 'repeats a message between pages',
    noticedBy: 'pages of any size bring every message once, backwards and forwards, oldest first',
    leak: changed(
      ({ path, query }) => isThread.test(path) && query.has('before'),
      (page: Items) => ({ ...page, items: [...page.items, ...page.items.slice(-1)] }),
    ),
  },
  {
    name: 'names the address of who wrote',
    noticedBy: 'people are shown by name, without an address',
    leak: changed(
      ({ path, method }) => isTicket.test(path) && method === 'GET',
      (ticket: { requester: object }) => ({ ...ticket, requester: { ...ticket.requester, name: 'dave@example.com' } }),
    ),
  },
  {
    name: 'cuts files short',
    noticedBy: 'a file has the size that its thread says, and is no page of this origin',
    leak: () => async (passing) => {
      const answer = await passing.forward();
      if (!answer.ok || !passing.path.startsWith('/attachments/')) return answer;
      return new Response((await answer.arrayBuffer()).slice(1), { headers: answer.headers });
    },
  },
];
