import { promises } from '../../src/testing/live/live-case.js';
import { type Leak, type Passing, withHeaders, withPath } from './leaky-proxy.js';

/** A way to break a portal, and the promise by which the command must notice it. */
export interface LeakyPortal {
  readonly name: string;
  readonly promise: string;
  /** Noticed only where writing is allowed. */
  readonly write?: true;
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

const without =
  (header: string): (() => Leak) =>
  () =>
  async ({ forward }) => {
    const answer = await forward();
    const headers = new Headers(answer.headers);
    headers.delete(header);
    return new Response(answer.body, { headers, status: answer.status });
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
    promise: promises.absent,
    leak: insteadOf(404, ({ method, path }) => method === 'GET' && isTicket.test(path)),
  },
  {
    name: 'answers a thread of somebody else',
    promise: promises.absent,
    leak: insteadOf(404, ({ method, path }) => method === 'GET' && isThread.test(path)),
  },
  {
    name: 'hands out a file of somebody else',
    promise: promises.absent,
    leak: insteadOf(404, ({ path }) => path.startsWith('/attachments/')),
  },
  {
    name: 'keeps a read mark for somebody else’s ticket',
    promise: promises.absent,
    leak: insteadOf(404, ({ path }) => path.endsWith('/read')),
  },
  {
    name: 'tells a forbidden ticket from one that does not exist',
    promise: promises.absent,
    leak: () => async (passing) => {
      const answer = await passing.forward();
      const exists = answer.status === 404 && isTicket.test(passing.path) && (await passing.forAnybody()).ok;
      return exists ? problem(403, 'forbidden') : answer;
    },
  },
  {
    name: 'says by a header alone that a ticket exists',
    promise: promises.absent,
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
    promise: promises.list,
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
    promise: promises.list,
    leak: changed(
      ({ path, method }) => path === '/tickets' && method === 'GET',
      ({ items, nextCursor }: Items) => ({ items: nextCursor ? items.slice(0, -1) : items, nextCursor }),
    ),
  },
  { name: 'does not sort', promise: promises.list, leak: forgets('sort') },
  { name: 'takes no notice of the state', promise: promises.list, leak: forgets('state') },
  {
    name: 'leaks a note into the thread',
    promise: promises.thread,
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
    promise: promises.shape,
    leak: changed(
      ({ path, method }) => isTicket.test(path) && method === 'GET',
      (ticket: object) => ({ ...ticket, internalPriority: 1 }),
    ),
  },
  {
    name: 'serves a cursor to anybody',
    promise: promises.cursor,
    leak: insteadOf(400, ({ query }) => query.has('cursor')),
  },
  {
    name: 'counts what others see',
    promise: promises.agree,
    leak: () => (passing) => (passing.path === '/counts' ? passing.forAnybody() : passing.forward()),
  },
  {
    name: 'searches what others see',
    promise: promises.agree,
    leak: () => (passing) => (passing.query.has('q') ? passing.forAnybody() : passing.forward()),
  },
  {
    name: 'answers lists to who is signed out',
    promise: promises.session,
    leak: insteadOf(401, ({ path }) => path === '/tickets'),
  },
  {
    name: 'keeps the session of who signed out',
    promise: promises.session,
    leak:
      () =>
      async ({ method, path, forward }) => {
        if (method !== 'DELETE' || path !== '/session') return forward();
        return new Response(null, { status: 204 });
      },
  },
  {
    name: 'answers pages of other origins',
    promise: promises.origin,
    leak:
      () =>
      ({ request, forward }) => {
        const own = { origin: new URL(request.url).origin, 'sec-fetch-site': 'same-origin' };
        return forward(withHeaders(request, own));
      },
  },
  { name: 'lets caches keep answers', promise: promises.headers, leak: without('cache-control') },
  { name: 'lets browsers guess types', promise: promises.headers, leak: without('x-content-type-options') },
  {
    name: 'says whether an address is known',
    promise: promises.session,
    write: true,
    leak:
      () =>
      async ({ method, path, request, forward }) => {
        const body = method === 'POST' && path === '/session' ? await request.clone().text() : '';
        return body.includes('conformance.invalid') ? problem(404, 'not-found') : forward();
      },
  },
  {
    name: 'forgets idempotency keys',
    promise: promises.write,
    write: true,
    leak:
      () =>
      ({ request, forward }) => {
        const isKeyed = request.headers.has('idempotency-key');
        return forward(isKeyed ? withHeaders(request, { 'idempotency-key': crypto.randomUUID() }) : request);
      },
  },
];
