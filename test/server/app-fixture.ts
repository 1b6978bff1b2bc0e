import type { Hono } from 'hono';

import { createApp } from '../../src/server/app.js';
import type { ConnectorFactory } from '../../src/server/connectors/connector.js';
import { createDesks } from '../../src/server/desks/desks.js';
import type { AppDeps, Caller, FileScanner, FileStore, LogEntry } from '../../src/server/deps.js';
import { createOutsideFetch } from '../../src/server/node/outside-fetch.js';
import { type Fetch, createOutgoing } from '../../src/server/outgoing.js';
import { createTus } from '../../src/server/node/tus.js';
import { readCsv } from '../../src/server/node/read-csv.js';
import { readForm } from '../../src/server/node/read-form.js';
import { createSanitise } from '../../src/server/node/sanitise.js';
import { isLoopbackName } from '../../src/server/node/config.js';
import { createMemoryFiles } from '../../src/server/files/memory-files.js';
import { attachmentBytes } from '../../src/wire/index.js';
import type { TestDatabase } from '../support/database.js';

/** Address of the test portal; nothing listens there. */
export const base = 'http://localhost:4400';

export interface AppFixture {
  readonly app: Hono;
  readonly deps: AppDeps;
  readonly log: LogEntry[];
  /** Aborted, the server is about to end. */
  readonly stopping: AbortController;
  /** Moves the clock on. */
  pass(milliseconds: number): void;
  visitor(slug?: string): Visitor;
}

/** A portal's settings as its owner may send them. */
export type PortalChange = Readonly<Record<string, unknown>>;

/** A browser's tab: sends what a page of the portal sends and keeps cookies. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  request(method: string, path: string, options?: VisitorRequest): Promise<Response>;
  signIn(email: string): Promise<Response>;
}

export interface VisitorRequest {
  readonly body?: unknown;
  readonly key?: string;
  /** Header by header; `null` leaves out what would be sent. */
  readonly headers?: Record<string, string | null>;
}

export const password = 'portico-test-2026';

let lastId = 0;
/** 22 characters, in order: what sorts by id sorts by age. */
export const nextId = () => `test${String(++lastId).padStart(16, '0')}AA`;

/** Built files by path. */
type Assets = Readonly<Record<string, { readonly bytes: Uint8Array; readonly type: string }>>;

/** The real app over a database in memory; only clock, hashing and files are made for tests. */
export function createAppFixture(
  database: TestDatabase,
  assets: Assets = {},
  connectors: Readonly<Record<string, ConnectorFactory>> = {},
  files: FileStore = createMemoryFiles(),
  scanner: FileScanner | null = null,
  outside: Fetch = createOutsideFetch(),
): AppFixture {
  let now = new Date('2026-11-01T09:00:00.000Z').getTime();
  const log: LogEntry[] = [];
  const stopping = new AbortController();
  const clock = () => new Date(now);
  const secret = new Uint8Array(32).fill(7);
  const keep = (entry: LogEntry) => void log.push(entry);
  const outgoing = createOutgoing({ database, log: keep }, { anywhere: fetch, outside });
  const deps: AppDeps = {
    database,
    caller: readCaller,
    carrier: {
      read: (caller, name) => caller.cookies[name] ?? null,
      write: (headers, _caller, name, token, maxAge) =>
        headers.append('set-cookie', `${name}=${token ?? ''}; Max-Age=${maxAge}`),
    },
    sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)),
    hasher: { hash: async (text) => `plain:${text}`, verify: async (hash, text) => hash === `plain:${text}` },
    isKnownPassword: (text) => text === 'everybody tries this',
    files,
    attachmentBytes,
    readForm,
    readCsv,
    tus: createTus(),
    scanner,
    mail: { keeps: true, wake: () => {} },
    sanitise: createSanitise(),
    isFreeMail: (domain) => domain === 'freemail.example',
    assets: { read: async (path) => assets[path] ?? null },
    clock,
    newId: nextId,
    secret,
    adminToken: 'test-admin-token',
    demo: { reset: null },
    log: keep,
    outgoing,
    desks: createDesks({ database, secret, clock, outgoing }, connectors),
    backup: () => new Blob(['everything']).stream(),
    stopping: stopping.signal,
  };
  const app = createApp(deps);
  return {
    app,
    deps,
    log,
    stopping,
    pass(milliseconds) {
      now += milliseconds;
    },
    visitor: (slug = 'help') => createVisitor(app, slug),
  };
}

function readCaller(request: Request): Caller {
  const cookies = (request.headers.get('x-test-cookie') ?? '').split('; ').map((cookie) => cookie.split('='));
  return {
    origin: request.headers.get('x-test-origin'),
    site: request.headers.get('x-test-site') as Caller['site'],
    ip: request.headers.get('x-test-ip') ?? '127.0.0.1',
    cookies: Object.fromEntries(cookies) as Record<string, string>,
    carrier: 'same-site',
    tokens: {},
    system: isLoopbackName(new URL(request.url).hostname),
    base: new URL(request.url).origin,
    ownBase: base,
  };
}

function createVisitor(app: Hono, slug: string): Visitor {
  const cookies = new Map<string, string>();
  const visitor: Visitor = {
    cookies,
    async request(method, path, { body, key, headers = {} } = {}) {
      const all: Record<string, string | null> = {
        'x-test-origin': base,
        'x-test-cookie': [...cookies].map((pair) => pair.join('=')).join('; '),
        'x-portal-client': 'portico-test/1',
        'content-type': body === undefined ? null : 'application/json',
        'idempotency-key': key ?? null,
        ...headers,
      };
      const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
      const text = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body);
      const url = /^\/(admin|demo|staff)\//.test(path) ? path : `/${slug}/api/v1${path}`;
      const response = await app.request(`${base}${url}`, { method, headers: sent, body: text });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
    signIn: (email) => visitor.request('POST', '/session', { body: { method: 'password', email, password } }),
  };
  return visitor;
}
