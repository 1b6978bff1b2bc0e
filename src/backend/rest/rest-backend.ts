import ky, { isHTTPError, type ResponsePromise } from 'ky';
import * as z from 'zod/mini';

import { type AnsweredRoute, firstAnswers } from '../../wire/answers.js';
import { publicIdSchema } from '../../wire/schemas.js';
import type { Session } from '../../model/index.js';
import { BackendError } from '../backend-error.js';
import type { PortalBackend, RequestOptions, WriteOptions } from '../portal-backend.js';
import type { LaterCalls } from './rest-calls.js';
import { secondsOf, toBackendError } from './rest-errors.js';
import { version } from './version.js';

export interface RestBackendOptions {
  /** Where the portal is, slug included: `https://support.example.com/help`. */
  readonly address: string;
  /** Used for every request. Default: the page's own. */
  readonly fetch?: typeof fetch;
  /** Milliseconds that one attempt may take. Default 10,000; a read is attempted at most three times. */
  readonly timeout?: number;
}

export interface Call {
  readonly id?: string;
  readonly query?: object | undefined;
  readonly body?: unknown;
  readonly file?: File;
  readonly options?: (RequestOptions & Partial<WriteOptions>) | undefined;
}

export type Answering<T> = Omit<AnsweredRoute, 'answer'> & { readonly answer: z.ZodMiniType<T> };

/** Calls that no page makes at first sight, and that need nothing of the click that makes them. */
const laterNames = [
  ...['getTicket', 'listMessages', 'createTicket', 'reply', 'close', 'reopen', 'markRead', 'upload', 'download'],
  ...['signIn', 'startSignIn', 'signInByToken', 'resumeSignIn', 'setPassword', 'signOut'],
  ...['preferences', 'setPreferences', 'exportTickets'],
] as const satisfies readonly (keyof LaterCalls)[];
type LaterName = (typeof laterNames)[number];

const attempts = 3;
/** A wait that a person may take for slowness. The server's wish beyond it becomes an error that says when. */
const longestWait = 5;

/** Talks to the reference server, or to any server that speaks its wire. */
export function createRestBackend(options: RestBackendOptions): Required<Omit<PortalBackend, 'counts'>> {
  const address = addressOf(options.address);
  const base = `${address}/api/v1`;
  const timeout = timeoutOf(options.timeout);
  /** Headers that stand for cookies, where the browser keeps none of the portal: they are gone with the page. */
  const kept: Record<string, string> = {};
  const client = ky.create({
    ...(options.fetch ? { fetch: options.fetch } : {}),
    cache: 'no-store',
    credentials: 'include',
    redirect: 'error',
    headers: { 'x-portal-client': `portico-elements/${version}` },
    retry: {
      limit: attempts - 1,
      methods: ['get'],
      statusCodes: [408, 429, 502, 503, 504],
      afterStatusCodes: [429, 503],
      maxRetryAfter: longestWait * 1000,
      // ky would only shorten the wait and ask too early.
      shouldRetry: ({ error }) =>
        isHTTPError(error) && (secondsOf(error.response.headers) ?? 0) > longestWait ? false : undefined,
    },
  });

  return {
    session: (options) => read(firstAnswers.getSession, { options }).then(foresee, explained),
    portal: (options) => read(firstAnswers.getPortal, { options }).catch(explained),
    listTickets: (query, options) => read(firstAnswers.listTickets, { query, options }),
    ...(Object.fromEntries(laterNames.map((name) => [name, later(name)])) as Pick<LaterCalls, LaterName>),
    // In the click itself: a moment later the browser takes it for an advertisement.
    signInElsewhere: (...args) =>
      later('signInElsewhere')(open('about:blank', '', 'popup,width=500,height=650'), ...args),
    subscribe: async (change, { signal }) =>
      (await import('./follow-events.js')).followEvents(openEvents, change, signal),
  };

  /** A call that no page makes at first sight: its code comes with the first of them. */
  function later<Name extends keyof LaterCalls>(name: Name): LaterCalls[Name] {
    const call = (...args: unknown[]) =>
      settle(
        async () => {
          const calls = (await loadCalls()).createCalls({ address, kept, request, read });
          return (calls[name] as (...args: unknown[]) => Promise<unknown>)(...args);
        },
        // Whatever else comes last has no signal.
        args.at(-1) as RequestOptions | undefined,
      );
    return call as LaterCalls[Name];
  }

  /** Who is signed in opens a ticket soon. */
  function foresee(session: Session): Session {
    // What does not come now is asked for again when it is needed.
    if (session.contact) loadCalls().catch(() => {});
    return session;
  }

  /** Of what a page asks first: what fails there may be a mistake on the page. */
  async function explained(error: unknown): Promise<never> {
    const isMistake = error instanceof BackendError && /^(unavailable|not-found)$/.test(error.code);
    throw isMistake && globalThis.document ? await (await import('./diagnose.js')).diagnose(error, address) : error;
  }

  /** A stream has no end that could be late, and is opened again by who follows it. */
  function openEvents(signal: AbortSignal): Promise<Response> {
    const { method, path } = firstAnswers.streamEvents;
    return client(base + path, { method, headers: kept, signal, timeout: false, totalTimeout: false, retry: 0 });
  }

  /** What a newer server adds is dropped; what it lacks or has changed is `unexpected-response`. */
  function read<T>(route: Answering<T>, call: Call, attempt?: number): Promise<T> {
    return settle(() => request(route, call, attempt).json(route.answer), call.options);
  }

  function request(
    route: AnsweredRoute,
    { id, query, body, file, options = {} }: Call,
    attempt = timeout,
  ): ResponsePromise {
    const { signal, locale, idempotencyKey } = options;
    return client(base + pathOf(route, id), {
      method: route.method,
      timeout: attempt,
      totalTimeout: attempt * attempts,
      headers: { ...kept, 'accept-language': locale, 'idempotency-key': idempotencyKey },
      ...(query && { searchParams: { ...query } }),
      ...(body !== undefined && { json: body }),
      ...(file && { body: formOf(file) }),
      ...(signal && { signal }),
    });
  }
}

const loadCalls = () => import('./rest-calls.js');

function formOf(file: File): FormData {
  const form = new FormData();
  form.set('file', file);
  return form;
}

async function settle<T>(run: () => Promise<T>, { signal }: RequestOptions = {}): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await run();
  } catch (error) {
    throw signal?.aborted ? signal.reason : toBackendError(error);
  }
}

function pathOf(route: AnsweredRoute, id: string | undefined): string {
  // Nothing lies under an id of another form, and `..` in an address would lead elsewhere.
  if (id !== undefined && !z.safeParse(publicIdSchema, id).success) throw new BackendError('not-found');
  return route.path.replace(':id', id ?? '');
}

function addressOf(address: string): string {
  const base = globalThis.document?.baseURI;
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new BackendError('config', `The portal's address must be like https://support.example.com/help: ${address}`);
  }
  return url.href.replace(/\/+$/, '');
}

function timeoutOf(timeout = 10_000): number {
  if (!(timeout > 0 && timeout <= 600_000)) {
    throw new BackendError('config', `The timeout must be 1 to 600,000 milliseconds: ${timeout}`);
  }
  return timeout;
}
