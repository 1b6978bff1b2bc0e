import { withHeaders } from './leaky-proxy.js';
import {
  type LeakyPortal,
  isTicket,
  isThread,
  insteadOf,
  changed,
  withAnswerHeaders,
  problem,
} from './leaky-portal.js';

/** Portals that let in whom they should not, say too much at the door, or write what they should refuse. */
export const leaksOfAsking: readonly LeakyPortal[] = [
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
    name: 'lets in who has not agreed',
    noticedBy: 'who is asked for their consent is signed out until they agree',
    leak: insteadOf(401, ({ path }) => path === '/tickets'),
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
