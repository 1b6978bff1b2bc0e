import { isBackendError } from '../../backend/backend-error.js';
import { createRestBackend } from '../../backend/rest/rest-backend.js';
import { version } from '../../backend/rest/version.js';
import type { Portal, Ticket } from '../../model/index.js';
import type { Visitor } from '../conformance/world.js';
import { createBrowser } from './browser.js';

/** Somebody who may sign in to the portal that is asked. */
export interface PersonInput {
  readonly email: string;
  readonly password: string;
  /** Tickets that they are expected to see, by number or id. */
  readonly sees?: readonly (number | string)[] | undefined;
  /** Tickets that they must not see, by number or id. */
  readonly not?: readonly (number | string)[] | undefined;
}

/** What came back, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: number;
}

export interface LiveVisitor {
  readonly backend: Visitor;
  /** Asks as no adapter would: a path below `/api/v1`, with the headers of the portal's own page unless `init` has others; an
   * empty one there is left out. */
  ask(path: string, init?: RequestInit): Promise<Answer>;
}

export interface LivePerson extends PersonInput, LiveVisitor {
  /** All that they see, as it was when the questions began. */
  readonly tickets: readonly Ticket[];
}

/** A portal that somebody else runs, with the people who may be asked about. */
export interface LivePortal {
  readonly address: string;
  readonly settings: Portal;
  readonly people: readonly LivePerson[];
  /** A new browser, signed out. */
  visitor(): LiveVisitor;
  /** Requests sent so far. */
  requests(): number;
  /** Ends the sessions of all people. */
  close(): Promise<void>;
}

/** The portal cannot be asked at all; the message is one sentence for whoever asked. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
}

/** Tickets that are looked through at most for one person. */
const mostTickets = 2000;
/** Seconds that a server may ask to wait before it is taken to refuse. */
const longestWait = 30;
/** Milliseconds that an answer may take. */
const timeout = 20_000;

/** @throws LiveError */
export async function openPortal(address: string, people: readonly PersonInput[]): Promise<LivePortal> {
  const { origin, href } = addressOf(address);
  let requests = 0;

  function visitor(): LiveVisitor {
    const browser = createBrowser(origin);
    const send = (request: Request) =>
      patiently(request, (attempt) => {
        requests += 1;
        return browser(attempt);
      });
    const backend = createRestBackend({
      address: href,
      fetch: (input, init) => send(new Request(input, init)),
      timeout,
    });
    return {
      backend,
      async ask(path, init = {}) {
        const headers = new Headers({ 'x-portal-client': `portico-conformance/${version}` });
        for (const [name, value] of new Headers(init.headers)) {
          if (value === '') headers.delete(name);
          else headers.set(name, value);
        }
        const signal = AbortSignal.timeout(timeout);
        const request = new Request(`${href}/api/v1${path}`, { redirect: 'manual', ...init, headers, signal });
        const response = await send(request);
        const bytes = await response.arrayBuffer();
        const { status } = response;
        return { status, headers: response.headers, text: new TextDecoder().decode(bytes), bytes: bytes.byteLength };
      },
    };
  }

  const settings = await visitor()
    .backend.portal()
    .catch((error: unknown) => {
      throw new LiveError(`${href} does not answer as a portal: ${reasonOf(error)}.`);
    });

  const signedIn: LivePerson[] = [];
  const close = async () => {
    // Who signed out on the way has nothing left to end.
    for (const { backend } of signedIn) await backend.signOut('this').catch(() => {});
  };
  try {
    for (const person of people) {
      const one = visitor();
      await signIn(one.backend, person).catch((error: unknown) => {
        throw new LiveError(`${person.email} cannot sign in: ${reasonOf(error)}.`);
      });
      signedIn.push({ ...person, ...one, tickets: [] });
      const tickets = await allTickets(one.backend).catch((error: unknown) => {
        throw new LiveError(`The list of ${person.email} cannot be read: ${reasonOf(error)}.`);
      });
      if (tickets.length > mostTickets) {
        throw new LiveError(`${person.email} sees more than 2,000 tickets; name people who see fewer.`);
      }
      signedIn[signedIn.length - 1] = { ...person, ...one, tickets };
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { address: href, settings, people: signedIn, visitor, requests: () => requests, close };
}

/** In, and where the portal asks for a consent, agreed to it: whoever named the person has said that they may be asked about. */
export async function signIn(backend: Visitor, { email, password }: PersonInput): Promise<void> {
  const { pending } = await backend.signIn({ method: 'password', email, password });
  if (pending?.method !== 'consent') return;
  const notice = await backend.consent();
  // `null` where the portal has stopped asking meanwhile; any yes is taken then.
  await backend.signIn({ method: 'consent', version: notice?.version ?? 1, locale: notice?.locale ?? 'en' });
}

/** Every ticket that the query yields, page by page, up to somewhat more than are looked through. */
export async function allTickets(
  backend: Visitor,
  query: Parameters<Visitor['listTickets']>[0] = {},
): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Visitor['listTickets']>> = await backend.listTickets({
      limit: 100,
      ...query,
      ...(cursor !== null && { cursor }),
    });
    tickets.push(...page.items);
    cursor = page.nextCursor;
    // A page with a cursor and no rows, or rows that come round again, would never end.
    if (page.items.length === 0) break;
  } while (cursor !== null && tickets.length <= mostTickets);
  return tickets;
}

/** A server that says when to come back is taken at its word, for a while. */
async function patiently(request: Request, send: (request: Request) => Promise<Response>): Promise<Response> {
  for (let round = 0; ; round++) {
    const response = await send(request.clone());
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    if (![429, 503].includes(response.status) || !(wait <= longestWait) || round === 3) return response;
    await response.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
  }
}

function addressOf(address: string): { origin: string; href: string } {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash || url.pathname === '/') {
    throw new LiveError(`The address must be that of a portal, like https://support.example.com/help: ${address}`);
  }
  return { origin: url.origin, href: url.href.replace(/\/+$/, '') };
}

/** What went wrong, in words that hold nothing of an answer's content. */
export function reasonOf(error: unknown): string {
  if (!isBackendError(error)) return String(error);
  const code = causesOf(error.cause).find((cause) => typeof cause.code === 'string')?.code;
  return `${error.code}, ${error.message}${code ? ` (${code})` : ''}`;
}

/** The errors behind an error, the nearest first. */
function causesOf(error: unknown): (Error & { code?: unknown })[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
