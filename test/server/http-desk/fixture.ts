import { randomBytes } from 'node:crypto';

import type { Attempt, Connector, Feed, NewReply, NewTicket } from '../../../src/server/connectors/connector.js';
import { DeskError } from '../../../src/server/connectors/connector.js';
import { createHttpFactory } from '../../../src/server/connectors/http/http-factory.js';
import type { HttpDeps } from '../../../src/server/connectors/http/settings.js';

export const signal = new AbortController().signal;
export const key = `whsec_${randomBytes(32).toString('base64')}`;
export const url = 'https://desk.example/portico';

export type HttpDesk = Connector & { readonly feed: Feed };

export const connect = (
  deps: Partial<HttpDeps>,
  settings: Readonly<Record<string, unknown>> = { url },
  secret: Readonly<Record<string, string>> = { key },
): HttpDesk => {
  const { fetch: ask, ...more } = { fetch, clock: () => new Date(), ...deps };
  return createHttpFactory(more)({ settings, secret }, ask) as HttpDesk;
};

/** What was said in the ticket; nothing in one that is not there. */
export const messagesOf = async (feed: Feed, ref: string) => (await feed.ticket(ref, signal))?.messages ?? [];

/** A service that answers everything with this. Keeps what it was asked. */
export function answering(answer: () => Response | Promise<Response>) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  const fake = async (input: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: String(input), init });
    return answer();
  };
  return { asked, fetch: fake as typeof fetch };
}

export const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });

export const newAttempt = (again = false): Attempt => ({ id: randomBytes(16).toString('base64url'), again });

const alice = { name: 'Alice', email: 'alice@example.com' };

export const newTicket = (more: Partial<NewTicket> = {}): NewTicket => ({
  attempt: newAttempt(),
  by: alice,
  inbox: 'support',
  subject: 'Printer',
  text: 'It burns.',
  files: [],
  properties: {},
  ...more,
});

export const newReply = (ticket: string, more: Partial<NewReply> = {}): NewReply => ({
  attempt: newAttempt(),
  by: alice,
  ticket,
  text: 'Still burning.',
  files: [],
  joins: false,
  ...more,
});

/** How a call fails: the kind of its error, `done` when it does not. */
export const failureOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof DeskError ? error.kind : String(error)),
  );
