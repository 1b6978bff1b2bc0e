import { holds } from '../../conformance/check.js';
import { absentId, refuses } from '../compare.js';
import { promises, type LiveCase } from '../live-case.js';
import type { Answer, LivePortal, LiveVisitor } from '../portal.js';

const elsewhere = 'https://elsewhere.invalid';

/** Headers of requests that no page of the portal sends; an empty one is left out. */
const foreign: Readonly<Record<string, Record<string, string>>> = {
  'another origin': { origin: elsewhere, 'sec-fetch-site': 'cross-site' },
  'another origin that says it is the same': { origin: elsewhere },
  'the origin "null"': { origin: 'null' },
  'an origin that begins like the portal’s': { origin: '' },
  'no X-Portal-Client': { 'x-portal-client': '' },
};

function headersOf(name: string, origin: string): Record<string, string> {
  return name.includes('begins like') ? { origin: `${origin}.elsewhere.invalid` } : (foreign[name] ?? {});
}

const someone = ({ people, visitor }: LivePortal): LiveVisitor => people[0] ?? visitor();

export const originCases: readonly LiveCase[] = [
  {
    promise: promises.origin,
    name: 'a request of another page is refused, also with a session',
    async run(portal) {
      const { origin } = new URL(portal.address);
      for (const name of Object.keys(foreign)) {
        const headers = headersOf(name, origin);
        for (const path of ['/session', '/tickets']) {
          refuses(await someone(portal).ask(path, { headers }), 403, 'forbidden', `GET ${path} with ${name}`);
        }
        const post = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: '{}' };
        refuses(await someone(portal).ask('/session', post), 403, 'forbidden', `POST /session with ${name}`);
      }
    },
  },
  {
    promise: promises.origin,
    name: 'no answer may be read by a page of another origin',
    async run(portal) {
      const ask = (method: string) =>
        someone(portal).ask('/session', {
          method,
          headers: {
            origin: elsewhere,
            'sec-fetch-site': 'cross-site',
            ...(method === 'OPTIONS' && { 'access-control-request-method': 'DELETE' }),
          },
        });
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await ask(method);
        const allowed = headers.get('access-control-allow-origin');
        holds(allowed !== '*' && allowed !== elsewhere, `${method} allows ${allowed}`);
      }
    },
  },
];

/** What each answer that a person gets must carry. */
function isPrivate({ headers, status }: Answer, what: string): void {
  const cache = headers.get('cache-control') ?? '';
  holds(/\bno-store\b/.test(cache), `${what} (${status}): cache-control is ${cache || 'missing'}`);
  const sniff = headers.get('x-content-type-options');
  holds(sniff === 'nosniff', `${what} (${status}): x-content-type-options is ${sniff ?? 'missing'}`);
}

export const headerCases: readonly LiveCase[] = [
  {
    promise: promises.headers,
    name: 'session and refusals, signed out',
    async run(portal) {
      const { ask } = portal.visitor();
      for (const path of ['/session', '/tickets', `/tickets/${absentId}`]) isPrivate(await ask(path), path);
    },
  },
  {
    promise: promises.headers,
    name: 'lists, tickets, threads, counts and files',
    needs: ['person'],
    async run({ people }) {
      for (const { ask, backend, tickets } of people) {
        const ticket = tickets[0]?.id ?? absentId;
        const paths = ['/session', '/tickets', '/counts', `/tickets/${ticket}`, `/tickets/${ticket}/messages`];
        for (const path of [...paths, `/tickets/${absentId}`]) isPrivate(await ask(path), path);
        if (ticket === absentId) continue;
        const { items } = await backend.listMessages(ticket, { limit: 100 });
        const file = items.flatMap(({ attachments }) => attachments)[0];
        if (file) isPrivate(await ask(`/attachments/${file.id}`), 'a file');
      }
    },
  },
  {
    promise: promises.headers,
    name: 'the cookie of a session is out of reach of scripts and of other sites',
    needs: ['person'],
    async run({ people, visitor }) {
      const [person] = people;
      if (!person) return;
      const { email, password } = person;
      const one = visitor();
      const { headers, status } = await one.ask('/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ method: 'password', email, password }),
      });
      await one.backend.signOut('this');
      holds(status === 200, `signing in: got ${status}`);
      const cookies = headers.getSetCookie();
      holds(cookies.length > 0, 'signing in sets no cookie');
      for (const line of cookies) {
        const [name = ''] = line.split('=');
        const lacks = ['HttpOnly', 'Secure', 'SameSite'].filter((word) => !new RegExp(`;\\s*${word}`, 'i').test(line));
        holds(lacks.length === 0, `the cookie ${name} is not ${lacks.join(', ')}`);
        holds(!/;\s*domain=/i.test(line), `the cookie ${name} goes to other hosts of its domain`);
      }
    },
  },
];
