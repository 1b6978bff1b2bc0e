import { type Leak, type Passing, withHeaders, withPath } from './leaky-proxy.js';

/** A way to break a portal, and the case that must notice it. */
export interface LeakyPortal {
  readonly name: string;
  readonly noticedBy: string;
  leak(): Leak;
}

const isTicket = /^\/tickets\/[^/]+$/;
const isThread = /^\/tickets\/[^/]+\/messages$/;

/** What was refused is answered for anybody who may have it. */
const insteadOf =
  (status: number, test: (passing: Passing) => boolean): (() => Leak) =>
  () =>
  async (passing) => {
    const answer = await passing.forward();
    return answer.status === status && test(passing) ? passing.forAnybody() : answer;
  };

/** The JSON of a good answer, changed. */
const changed =
  (test: (passing: Passing) => boolean, change: (body: never) => unknown): (() => Leak) =>
  () =>
  async (passing) => {
    const answer = await passing.forward();
    if (!answer.ok || !test(passing)) return answer;
    const { headers, status } = answer;
    return new Response(JSON.stringify(change((await answer.json()) as never)), { headers, status });
  };

/** The same answer with headers set anew; an empty one is taken away. */
const withAnswerHeaders =
  (more: Record<string, string>): (() => Leak) =>
  () =>
  async ({ forward }) => {
    const answer = await forward();
    const headers = new Headers(answer.headers);
    for (const [name, value] of Object.entries(more)) value === '' ? headers.delete(name) : headers.set(name, value);
    return new Response(answer.body, { headers, status: answer.status });
  };

/** What was refused is asked once more, changed until it is answered. */
const unlessChanged =
  (test: (passing: Passing) => boolean, change: (query: URLSearchParams) => void): (() => Leak) =>
  () =>
  async (passing) => {
    const answer = await passing.forward();
    if (answer.status !== 400 || !test(passing)) return answer;
    return passing.forward(withPath(passing.request, ({ searchParams }) => change(searchParams)));
  };

const forgets =
  (parameter: string): (() => Leak) =>
  () =>
  ({ path, request, forward }) =>
    forward(path === '/tickets' ? withPath(request, ({ searchParams }) => searchParams.delete(parameter)) : request);

const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, fields: null, retryAfter: null }), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });

interface Items {
  readonly items: readonly object[];
  readonly nextCursor: string | null;
}

export const leakyPortals: readonly LeakyPortal[] = [
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
      ({ items, nextCursor }: Items) => ({ items: nextCursor ? items.slice(0, -1) : items, nextCursor }),
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
    name: 'answers lists to who is signed out',
    noticedBy: 'answers nothing but session and portal to a visitor who is signed out',
    leak: insteadOf(401, ({ path }) => path === '/tickets'),
  },
  {
    name: 'keeps the session of who signed out',
    noticedBy: 'signing in says who one is, and signing out ends the session, also for who kept its cookie',
    leak:
      () =>
      async ({ method, path, forward }) => {
        if (method !== 'DELETE' || path !== '/session') return forward();
        return new Response(null, { status: 204 });
      },
  },
  {
    name: 'answers pages of other origins',
    noticedBy: 'a request of another page is refused, also with a session',
    leak:
      () =>
      ({ request, forward }) => {
        const own = { origin: new URL(request.url).origin, 'sec-fetch-site': 'same-origin' };
        return forward(withHeaders(request, own));
      },
  },
  {
    name: 'lets caches keep answers',
    noticedBy: 'session and refusals, signed out',
    leak: withAnswerHeaders({ 'cache-control': '' }),
  },
  {
    name: 'lets browsers guess types',
    noticedBy: 'lists, tickets, threads, counts and files',
    leak: withAnswerHeaders({ 'x-content-type-options': '' }),
  },
  {
    name: 'says whether an address is known',
    noticedBy: 'a wrong password is answered exactly like an unknown address',
    leak:
      () =>
      async ({ method, path, request, forward }) => {
        const body = method === 'POST' && path === '/session' ? await request.clone().text() : '';
        return body.includes('conformance.invalid') ? problem(404, 'not-found') : forward();
      },
  },
  {
    name: 'forgets idempotency keys',
    noticedBy: 'the same key opens one ticket, however often it is sent',
    leak:
      () =>
      ({ request, forward }) => {
        const isKeyed = request.headers.has('idempotency-key');
        return forward(isKeyed ? withHeaders(request, { 'idempotency-key': crypto.randomUUID() }) : request);
      },
  },
  {
    name: 'says more of itself than is documented',
    noticedBy: 'portal and session answer without a session',
    leak: changed(
      ({ path }) => path === '/portal',
      (portal: object) => ({ ...portal, inboxes: [1] }),
    ),
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
    name: 'refuses in its own words',
    noticedBy: 'a refusal is a problem document with its code',
    leak:
      () =>
      async ({ forward }) => {
        const answer = await forward();
        return answer.status < 400 ? answer : new Response('{"error":true}', { status: answer.status });
      },
  },
  {
    name: 'takes one for another',
    noticedBy: 'each person is who they signed in as, at the end as at the beginning',
    leak: () => (passing) =>
      passing.path === '/session' && passing.method === 'GET' ? passing.forAnybody() : passing.forward(),
  },
  {
    name: 'opens tickets to who is signed out',
    noticedBy: 'a ticket that exists is as closed to who is signed out as one that does not',
    leak: insteadOf(401, ({ path }) => isTicket.test(path)),
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
  {
    name: 'lets pages of all origins read',
    noticedBy: 'no answer may be read by a page of another origin',
    leak: withAnswerHeaders({ 'access-control-allow-origin': '*' }),
  },
  {
    name: 'shows its cookie to scripts',
    noticedBy: 'the cookie of a session is out of reach of scripts and of other sites',
    leak:
      () =>
      async ({ forward }) => {
        const answer = await forward();
        const headers = new Headers(answer.headers);
        headers.delete('set-cookie');
        for (const line of answer.headers.getSetCookie()) headers.append('set-cookie', line.replace('; HttpOnly', ''));
        return new Response(answer.body, { headers, status: answer.status });
      },
  },
  {
    name: 'names a feature that nobody knows',
    noticedBy: 'names no feature that it has no method for',
    leak: changed(
      ({ path }) => path === '/portal',
      (portal: { features: string[] }) => ({ ...portal, features: [...portal.features, 'teleport'] }),
    ),
  },
  {
    name: 'takes a stranger for the last who came',
    noticedBy: 'says that nobody is signed in, without an error',
    leak: () => (passing) => {
      const isStranger = passing.method === 'GET' && !passing.request.headers.has('cookie');
      return isStranger && passing.path === '/session' ? passing.forAnybody() : passing.forward();
    },
  },
  {
    name: 'lets anybody in without an address',
    noticedBy: 'lets nobody in without an address or a password',
    leak: () => async (passing) => {
      const answer = await passing.forward();
      if (answer.status !== 400 || passing.path !== '/session' || passing.method !== 'POST') return answer;
      const { url, headers } = passing.request;
      return passing.forward(new Request(url, { headers }));
    },
  },
  {
    name: 'takes a key that was used for another body',
    noticedBy: 'the same key with another body is rejected, and a missing one is invalid',
    leak:
      () =>
      async ({ request, forward }) => {
        const answer = await forward();
        const again = () => forward(withHeaders(request, { 'idempotency-key': crypto.randomUUID() }));
        return answer.status === 422 ? again() : answer;
      },
  },
  {
    name: 'writes a reply again',
    noticedBy: 'a reply is written once for one key, and stands last in the thread',
    leak:
      () =>
      ({ path, request, forward }) => {
        const isReply = isThread.test(path) && request.headers.has('idempotency-key');
        return forward(isReply ? withHeaders(request, { 'idempotency-key': crypto.randomUUID() }) : request);
      },
  },
  {
    name: 'writes into a ticket of somebody else',
    noticedBy: 'who does not see the ticket can neither read it nor write into it',
    leak: insteadOf(404, ({ method, path }) => method === 'POST' && isThread.test(path)),
  },
  {
    name: 'writes for who is signed out',
    noticedBy: 'nobody opens a ticket or replies signed out',
    leak: insteadOf(401, ({ method }) => method === 'POST'),
  },
];
