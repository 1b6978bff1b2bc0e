import { type Leak, type Passing, withPath } from './leaky-proxy.js';

/** A way to break a portal, and the case that must notice it. */
export interface LeakyPortal {
  readonly name: string;
  readonly noticedBy: string;
  leak(): Leak;
}

export const isTicket = /^\/tickets\/[^/]+$/;
export const isThread = /^\/tickets\/[^/]+\/messages$/;

/** What was refused is answered for anybody who may have it. */
export const insteadOf =
  (status: number, test: (passing: Passing) => boolean): (() => Leak) =>
  () =>
  async (passing) => {
    const answer = await passing.forward();
    return answer.status === status && test(passing) ? passing.forAnybody() : answer;
  };

/** The JSON of a good answer, changed. */
export const changed =
  (test: (passing: Passing) => boolean, change: (body: never) => unknown): (() => Leak) =>
  () =>
  async (passing) => {
    const answer = await passing.forward();
    if (!answer.ok || !test(passing)) return answer;
    const { headers, status } = answer;
    return new Response(JSON.stringify(change((await answer.json()) as never)), { headers, status });
  };

/** The same answer with headers set anew; an empty one is taken away. */
export const withAnswerHeaders =
  (more: Record<string, string>): (() => Leak) =>
  () =>
  async ({ forward }) => {
    const answer = await forward();
    const headers = new Headers(answer.headers);
    for (const [name, value] of Object.entries(more)) value === '' ? headers.delete(name) : headers.set(name, value);
    return new Response(answer.body, { headers, status: answer.status });
  };

/** What was refused is asked once more, changed until it is answered. */
export const unlessChanged =
  (test: (passing: Passing) => boolean, change: (query: URLSearchParams) => void): (() => Leak) =>
  () =>
  async (passing) => {
    const answer = await passing.forward();
    if (answer.status !== 400 || !test(passing)) return answer;
    return passing.forward(withPath(passing.request, ({ searchParams }) => change(searchParams)));
  };

export const forgets =
  (parameter: string): (() => Leak) =>
  () =>
  ({ path, request, forward }) =>
    forward(path === '/tickets' ? withPath(request, ({ searchParams }) => searchParams.delete(parameter)) : request);

export const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, fields: null, retryAfter: null }), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });

export interface Items {
  readonly items: readonly object[];
  readonly nextCursor: string | null;
}
