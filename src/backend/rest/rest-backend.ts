import ky, { isHTTPError, type ResponsePromise } from 'ky';
import * as z from 'zod/mini';

import { type AnsweredRoute, portalAnswers } from '../../wire/answers.js';
import { publicIdSchema } from '../../wire/schemas.js';
import { BackendError } from '../backend-error.js';
import type { PortalBackend, RequestOptions, WriteOptions } from '../portal-backend.js';
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

type Answering<T> = Omit<AnsweredRoute, 'answer'> & { readonly answer: z.ZodMiniType<T> };

const attempts = 3;
/** A wait that a person may take for slowness. The server's wish beyond it becomes an error that says when. */
const longestWait = 5;
/** Files are large and lines slow; whoever asked can abort. */
const fileTimeout = 300_000;

/** Talks to the reference server, or to any server that speaks its wire. */
export function createRestBackend(options: RestBackendOptions): Required<PortalBackend> {
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
    session: (options) => read(portalAnswers.getSession, { options }).catch(explained),
    portal: (options) => read(portalAnswers.getPortal, { options }).catch(explained),
    listTickets: (query, options) => read(portalAnswers.listTickets, { query, options }),
    getTicket: (id, options) => read(portalAnswers.getTicket, { id, options }),
    listMessages: (id, query, options) => read(portalAnswers.listMessages, { id, query, options }),
    signIn: (body, options) => carried(portalAnswers.signIn, { body, options }),
    startSignIn: (body, options) => carried(portalAnswers.startSignIn, { body, options }),
    signInByToken: async (provide, options) =>
      (await import('./sign-in-by-token.js')).signInByToken(carried, provide, options),
    setPassword: (body, options) => carried(portalAnswers.setPassword, { body, options }),
    signInElsewhere(connection, options) {
      // In the click itself: a moment later the browser takes it for an advertisement.
      const popup = open('about:blank', '', 'popup,width=500,height=650');
      const send = async () => (await import('./sso.js')).signInElsewhere(carried, address, connection, popup, options);
      return settle(send, options);
    },
    resumeSignIn: (answer, options) =>
      settle(async () => (await import('./sso.js')).resumeSignIn(carried, address, answer, options), options),
    signOut: (scope = 'this', options) => carried(portalAnswers.signOut, { body: { scope }, options }),
    createTicket: (body, options) => read(portalAnswers.createTicket, { body, options }),
    reply: (id, body, options) => read(portalAnswers.reply, { id, body, options }),
    close: (id, options) => read(portalAnswers.close, { id, options }),
    reopen: (id, options) => read(portalAnswers.reopen, { id, options }),
    markRead: (id, options) => tell(portalAnswers.markRead, { id, options }),
    upload: (file, options) => read(portalAnswers.upload, { file, options }, fileTimeout),
    download: (id, options) =>
      settle(() => request(portalAnswers.download, { id, options }, fileTimeout).blob(), options),
    subscribe: async (change, { signal }) =>
      (await import('./follow-events.js')).followEvents(openEvents, change, signal),
  };

  /** Of what a page asks first: what fails there may be a mistake on the page. */
  async function explained(error: unknown): Promise<never> {
    const isMistake = error instanceof BackendError && /^(unavailable|not-found)$/.test(error.code);
    throw isMistake && globalThis.document ? await (await import('./diagnose.js')).diagnose(error, address) : error;
  }

  /** A stream has no end that could be late, and is opened again by who follows it. */
  function openEvents(signal: AbortSignal): Promise<Response> {
    const { method, path } = portalAnswers.streamEvents;
    return client(base + path, { method, headers: kept, signal, timeout: false, totalTimeout: false, retry: 0 });
  }

  /** What begins or ends a session, and so decides how its token travels. */
  function carried<T = void>(
    route: Omit<AnsweredRoute, 'answer'> & { answer?: z.ZodMiniType<T> },
    call: Call,
  ): Promise<T> {
    return settle(async () => {
      const { carry } = await import('./carry.js');
      const response = await carry(() => request(route, call), kept);
      if (!route.answer) return undefined as T;
      const { success, data } = z.safeParse(route.answer, await response.json());
      if (!success) throw new BackendError('unexpected-response');
      return data;
    }, call.options);
  }

  /** What a newer server adds is dropped; what it lacks or has changed is `unexpected-response`. */
  function read<T>(route: Answering<T>, call: Call, attempt?: number): Promise<T> {
    return settle(() => request(route, call, attempt).json(route.answer), call.options);
  }

  function tell(route: AnsweredRoute, call: Call): Promise<void> {
    return settle(async () => void (await request(route, call)), call.options);
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
