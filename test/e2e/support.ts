import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type ServerResponse, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium } from 'playwright-core';

import { launchOptions } from '../../.ci/browser.mjs';
import { type Loopback, listenOnLoopback } from '../support/loopback.js';
import { makeMigratedFolder } from '../support/migrated-folder.js';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface DemoServer {
  /** `http://localhost:4711` */
  readonly origin: string;
  /** Ends the server; the data stays. */
  stop(): Promise<void>;
  /** Starts it again, on the same port and data. */
  restart(): Promise<void>;
  /** Ends it and removes the data. */
  remove(): Promise<void>;
}

/**
 * `portico demo` on a free port and with a data folder of its own: `for the first time`, as a person starts it, or on a
 * folder that has its database already.
 */
export async function startDemo(time?: 'for the first time'): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-e2e-'));
  if (!time) await makeMigratedFolder(join(folder, 'demo'), 'demo');
  let running = await run(folder, 0);
  const { port } = running;
  return {
    origin: `http://localhost:${port}`,
    stop: () => running.stop(),
    restart: async () => {
      running = await run(folder, port);
    },
    remove: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const run = (data: string, port: number) =>
  startPortico('demo', { ...process.env, PORT: String(port), PORTICO_DATA: join(data, 'demo') });

/** `portico …` of the build, from its address on. */
export async function startPortico(
  command: 'demo' | 'start',
  env: NodeJS.ProcessEnv,
): Promise<{ port: number; output(): string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, [join(dist, 'server/main.js'), command], { env });
  let written = '';
  const address = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      written += chunk.toString();
      const [, found] = /(http:\/\/localhost:\d+)\//.exec(written) ?? [];
      if (found) resolve(found);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', () => reject(new Error(`The server ended:\n${written}`)));
  });
  const { port: taken } = new URL(await address);
  return {
    port: Number(taken),
    output: () => written,
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      await exit;
    },
  };
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Answers with a file of `dist/demo`, its path in there, or that there is none. */
export async function sendDemoFile(path: string, response: ServerResponse): Promise<void> {
  const bytes = await readFile(join(dist, 'demo', path)).catch(() => null);
  if (!bytes) return void response.writeHead(404).end();
  const type = types[extname(path)] ?? 'application/octet-stream';
  // Their names change with their content, so that a page's second visit asks for none of them.
  const cache = path.includes('/assets/') && { 'cache-control': 'max-age=31536000, immutable' };
  response.writeHead(200, { 'content-type': type, ...cache }).end(bytes);
}

/** Nothing but files of `dist/demo`: what any web space does. */
export async function startFileServer(): Promise<Loopback> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    await sendDemoFile(pathname.endsWith('/') ? `${pathname}index.html` : pathname, response);
  });
  return listenOnLoopback(server);
}

export const launchBrowser = (args: readonly string[] = []): Promise<Browser> => {
  const options = launchOptions();
  return chromium.launch({ ...options, args: [...(options.args ?? []), ...args] });
};

/** What a page did that it must not do, and what it asked for. */
export interface Watch {
  /** Console errors and warnings, exceptions, policy reports, requests to elsewhere, requests that failed. */
  readonly complaints: string[];
  /** `GET /help/api/v1/session`, in order. */
  readonly requests: string[];
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
}

/** Opens a browser profile of its own and watches every page in it. */
export async function visit(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', timezoneId: 'UTC', ...options });
  context.setDefaultTimeout(30_000);
  const watch: Watch = { complaints: [], requests: [] };
  await context.exposeBinding('complain', (_, text: string) => watch.complaints.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { complain } = globalThis as typeof globalThis & { complain(text: string): void };
      complain(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('page', (page) => watchPage(page, origin, watch));
  const page = await context.newPage();
  return { context, page, watch };
}

function watchPage(page: Page, origin: string, { complaints, requests }: Watch): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin) complaints.push(`request to elsewhere: ${url.href}`);
    requests.push(`${request.method()} ${url.pathname}`);
  });
}
