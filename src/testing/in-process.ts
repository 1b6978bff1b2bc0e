import { createApp } from '../server/app.js';
import type { ConnectorFactory } from '../server/connectors/connector.js';
import type { Database } from '../server/database.js';
import type { AppDeps, Caller } from '../server/deps.js';
import { createDesks } from '../server/desks/desks.js';
import type { Fetch } from '../server/outgoing.js';
import { createMemoryFiles } from '../server/files/memory-files.js';
import { readWholeForm } from '../server/http/read-form.js';
import { attachmentBytes } from '../wire/index.js';
import { base64url } from '../world/public-id.js';

/** A browser's worth of state: its session tokens, by the name under which the server keeps them. */
export type Jar = Map<string, string>;

export interface InProcess {
  /** What the app was made of; seeding needs it. */
  readonly deps: AppDeps;
  /** Answers a request as the server would answer a browser with this jar, from a page of the portal's own origin. */
  handle(request: Request, jar: Jar): Promise<Response>;
}

export interface InProcessOptions {
  readonly clock?: () => Date;
  /** Help desks of companies' own, by kind. */
  readonly connectors?: Readonly<Record<string, ConnectorFactory>>;
  /** Without one, messages have no HTML. */
  readonly sanitise?: AppDeps['sanitise'];
  readonly log?: AppDeps['log'];
}

/**
 * The real server without a socket, in Node or in a page. What it would read off headers and socket is stated; a token
 * travels in a header of our own, because a page can neither read nor set the cookie headers.
 */
export function createInProcess(
  database: Database,
  { clock = () => new Date(), connectors = {}, log = () => {}, sanitise = () => null }: InProcessOptions = {},
): InProcess {
  const callers = new WeakMap<Request, Caller>();
  const secret = crypto.getRandomValues(new Uint8Array(32));
  // No name is resolved in a page.
  const outgoing = (): Fetch => (address, init) => fetch(address, init);
  const deps: AppDeps = {
    database,
    caller: (request) => callers.get(request) ?? nobody,
    carrier: {
      read: (caller, name) => caller.cookies[name] ?? null,
      write: (headers, _caller, name, token) => headers.append(tokenHeader, `${name}=${token ?? ''}`),
    },
    // Passwords of made-up people only; real hashing is slow on purpose.
    sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)),
    hasher: { hash: async (text) => `test:${text}`, verify: async (hash, text) => hash === `test:${text}` },
    isKnownPassword: () => false,
    sanitise,
    mail: null,
    isFreeMail: () => false,
    files: createMemoryFiles(),
    attachmentBytes,
    readForm: readWholeForm,
    readCsv: null,
    tus: null,
    scanner: null,
    assets: { read: async () => null },
    clock,
    newId: () => base64url(crypto.getRandomValues(new Uint8Array(16))),
    secret,
    adminToken: base64url(crypto.getRandomValues(new Uint8Array(32))),
    demo: null,
    log,
    outgoing,
    desks: createDesks({ database, secret, clock, outgoing }, connectors),
    backup: null,
    stopping: new AbortController().signal,
  };
  const app = createApp(deps);

  return {
    deps,
    async handle(request, jar) {
      const base = new URL(request.url).origin;
      callers.set(request, {
        origin: base,
        site: 'same-origin',
        ip: '127.0.0.1',
        cookies: Object.fromEntries(jar),
        carrier: 'same-site',
        tokens: {},
        system: true,
        base,
        ownBase: base,
      });
      const response = await unlessAborted(request.signal, async () => app.fetch(request));
      for (const pair of (response.headers.get(tokenHeader) ?? '').split(', ').filter(Boolean)) {
        const [name = '', token] = pair.split('=');
        if (token) jar.set(name, token);
        else jar.delete(name);
      }
      response.headers.delete(tokenHeader);
      return response;
    },
  };
}

const tokenHeader = 'x-portico-token';

/** A request that was not sent through us. */
const nobody: Caller = {
  origin: null,
  site: null,
  ip: '',
  cookies: {},
  carrier: 'same-site',
  tokens: {},
  system: false,
  base: 'http://invalid.invalid',
  ownBase: 'http://invalid.invalid',
};

/** A caller who has given up gets the signal's reason; the server goes on all the same, as behind a network. */
function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work().then(resolve, reject);
  });
}
