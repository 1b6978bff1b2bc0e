import { createRestBackend } from '../backend/rest/rest-backend.js';
import type { staffRoutes } from '../wire/index.js';
import type * as z from 'zod/mini';
import { publicIdOf } from '../world/public-id.js';
import type { World } from '../world/world.js';
import type { ConformanceTarget, StaffSide } from './conformance/index.js';
import { createFaults } from './faults.js';

export interface RestTargetOptions {
  /** Scheme and host, `http://localhost:4400`; the slug is the seed's. */
  readonly origin: string;
  readonly adminToken: string;
  /** Makes an account with the seed in it. */
  seed(world: World): Promise<void>;
  /** How a new visitor sends requests: with cookies of their own. */
  newFetch(): (request: Request) => Promise<Response>;
  /** Milliseconds for an answer. One case waits for it to run out. */
  readonly timeout?: number;
}

/** A server that speaks the wire, asked through the REST adapter. Each case has an account of its own. */
export function createRestTarget({
  origin,
  adminToken,
  seed: write,
  newFetch,
  timeout = 3000,
}: RestTargetOptions): ConformanceTarget {
  return {
    async open(seed) {
      await write(seed);
      const faults = createFaults();
      return {
        seed,
        faults,
        staff: staffSide(`${origin}/staff/api/v1`, seed, adminToken, newFetch()),
        idOf: publicIdOf,
        async visitor(person) {
          const send = newFetch();
          const backend = createRestBackend({
            address: `${origin}/${seed.portal.slug}`,
            fetch: (input, init) => faults.handle(new Request(input, init), send),
            timeout,
          });
          const { password } = seed;
          if (person) await backend.signIn({ method: 'password', email: `${person}@example.com`, password });
          return backend;
        },
        close: async () => {},
      };
    },
  };
}

function staffSide(base: string, seed: World, token: string, send: (request: Request) => Promise<Response>): StaffSide {
  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const url = new URL(base + path);
    url.searchParams.set('account', seed.account);
    const response = await send(
      new Request(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'x-portal-client': 'portico-conformance/1',
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  return {
    reply: async (ticket, body) => void (await ask('POST', `/tickets/${ticket}/messages`, { body })),
    note: async (ticket, body) => void (await ask('POST', `/tickets/${ticket}/notes`, { body })),
    setStatus: async (ticket, status) => void (await ask('PATCH', `/tickets/${ticket}`, { status })),
    async thread(ticket) {
      const answer = (await ask('GET', `/tickets/${ticket}/messages`)) as Answer<'listMessages'>;
      return answer.items.map(({ kind, internal, author, text }) => ({
        kind: internal ? 'note' : kind,
        author: author.name,
        text,
      }));
    },
    async withSubject(subject) {
      const answer = (await ask('GET', `/tickets?limit=100&q=${encodeURIComponent(subject)}`)) as Answer<'listTickets'>;
      return answer.items.filter((ticket) => ticket.subject === subject).map((ticket) => ticket.id);
    },
  };
}

type Answer<Name extends keyof typeof staffRoutes> = z.output<(typeof staffRoutes)[Name]['answer']>;
