import { loadCode } from '../../load-code.js';
import { firstAnswers } from '../../wire/answers.js';
import type { Session } from '../../model/index.js';
import { BackendError } from '../backend-error.js';
import type { PortalBackend, RequestOptions } from '../portal-backend.js';
import { type Answering, type Call, type Connection, urlOf } from './connection.js';
import { type Outcome, readAtFirst } from './first-attempt.js';
import { keyOf } from './kept-answers.js';
import type { createCalls, LaterCalls } from './rest-calls.js';
import { unreachable } from './unreachable.js';

export interface RestBackendOptions {
  /** Where the portal is, slug included: `https://support.example.com/help`. */
  readonly address: string;
  /** Used for every request. Default: the page's own. */
  readonly fetch?: typeof fetch;
  /** Milliseconds that one attempt may take. Default 10,000; a read is attempted at most three times. */
  readonly timeout?: number;
}

/**
 * Talks to the reference server, or to any server that speaks its wire.
 *
 * @param early the page's own `fetch` with answers in front of it that are there already
 */
export function createRestBackend(options: RestBackendOptions, early?: typeof fetch): Required<PortalBackend> {
  const address = addressOf(options.address);
  const timeout = timeoutOf(options.timeout);
  const connection: Connection = {
    address,
    timeout,
    kept: {},
    answers: new Map(),
    // The page's own as it is at the time: a page may put another one in its place.
    fetch: options.fetch ?? early ?? ((...args) => fetch(...args)),
    isOwnFetch: !options.fetch,
  };
  /** Whose answers these are. */
  let owner: string | undefined;
  let loading: Promise<ReturnType<typeof createCalls>> | undefined;
  /** What a page shows first, as long as it is on its way. */
  const reading = new Set<Promise<unknown>>();

  return {
    session: (options) => read(firstAnswers.getSession, { options }).then(foresee, explained),
    portal: (options) => read(firstAnswers.getPortal, { options }).catch(explained),
    listTickets: (query, options) => read(firstAnswers.listTickets, { query, options }),
    getTicket: later('getTicket'),
    listMessages: later('listMessages'),
    signIn: later('signIn'),
    startSignIn: later('startSignIn'),
    signInByToken: later('signInByToken'),
    setPassword: later('setPassword'),
    // In the click itself: a moment later the browser takes it for an advertisement.
    signInElsewhere: (...args) =>
      later('signInElsewhere')(open('about:blank', '', 'popup,width=500,height=650'), ...args),
    resumeSignIn: later('resumeSignIn'),
    consent: later('consent'),
    withdrawConsent: later('withdrawConsent'),
    signOut: later('signOut'),
    createTicket: later('createTicket'),
    reply: later('reply'),
    close: later('close'),
    reopen: later('reopen'),
    rate: later('rate'),
    edit: later('edit'),
    addParticipant: later('addParticipant'),
    markRead: later('markRead'),
    counts: later('counts'),
    preferences: later('preferences'),
    setPreferences: later('setPreferences'),
    exportTickets: later('exportTickets'),
    upload: later('upload'),
    download: later('download'),
    subscribe: async (change, { signal }) => {
      await afterFirstReads();
      if (!signal.aborted) await later('subscribe')(change, { signal }).catch(() => {});
    },
  };

  /** A call that no page makes at first sight: its code comes with the first of them. */
  function later<Name extends keyof LaterCalls>(name: Name): LaterCalls[Name] {
    const call = (...args: unknown[]) =>
      settle(
        async () => ((await loadCalls())[name] as (...args: unknown[]) => Promise<unknown>)(...args),
        // Whatever else comes last has no signal.
        args.at(-1) as RequestOptions | undefined,
      );
    return call as LaterCalls[Name];
  }

  /** Who is signed in opens a ticket soon. */
  function foresee(session: Session): Session {
    if (session.contact?.id !== owner) connection.answers.clear();
    owner = session.contact?.id;
    // What does not come now is asked for again when it is needed.
    if (owner)
      afterFirstReads()
        .then(loadCalls)
        .catch(() => {});
    return session;
  }

  /** Of what a page asks first: what fails there may be a mistake on the page. */
  async function explained(error: unknown): Promise<never> {
    const isMistake = error instanceof BackendError && /^(unavailable|not-found)$/.test(error.code);
    throw isMistake && globalThis.document ? await (await import('./diagnose.js')).diagnose(error, address) : error;
  }

  /**
   * What of it goes wrong is gone on with by code that comes for it, or is there already. That also knows how to ask for what
   * it has.
   */
  function read<T>(route: Answering<T>, call: Call): Promise<T> {
    const goOn = async (outcome?: Outcome) => (await loadCalls()).read(route, call, undefined, outcome);
    const isKnown = connection.answers.has(keyOf(urlOf(connection, route.path, call.query), call.options?.locale));
    const answer = settle(() => (isKnown ? goOn() : readAtFirst(connection, route, call, goOn)), call.options);
    reading.add(answer);
    return answer.finally(() => reading.delete(answer));
  }

  /** A slow line is left to what the page shows first, which elements ask for as soon as they hear who is signed in. */
  async function afterFirstReads(): Promise<void> {
    do {
      await Promise.allSettled(reading);
      await new Promise((resolve) => setTimeout(resolve));
    } while (reading.size);
  }

  function loadCalls(): Promise<ReturnType<typeof createCalls>> {
    loading ??= loadCode(() => import('./rest-calls.js')).then(({ createCalls }) => createCalls(connection));
    loading.catch(() => {
      // What does not come now may come at the next try.
      loading = undefined;
    });
    return loading;
  }
}

async function settle<T>(run: () => Promise<T>, { signal }: RequestOptions = {}): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await run();
  } catch (error) {
    throw signal?.aborted ? signal.reason : error instanceof BackendError ? error : unreachable(error);
  }
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
