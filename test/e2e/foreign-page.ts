import { createServer } from 'node:http';

import { type Loopback, listenOnLoopback } from '../support/loopback.js';
import type { DemoServer } from './support.js';

/** A page that is not ours, on an origin of its own of this machine. */
export interface ForeignPage extends Loopback {
  /** What the page is from the next load on, with headers of its own if need be. */
  show(html: string, headers?: Readonly<Record<string, string>>): void;
}

/** Starts a server whose one page is what `show` was given. Everything else that is asked of it is 404. */
export async function startForeignPage(): Promise<ForeignPage> {
  let page = '';
  let extra: Readonly<Record<string, string>> = {};
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/') return void response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...extra }).end(page);
  });
  return {
    ...(await listenOnLoopback(server)),
    show: (html, headers = {}) => {
      page = html;
      extra = headers;
    },
  };
}

/** A whole page around a snippet. */
export const pageWith = (snippet: string): string =>
  `<!doctype html><html lang="en"><title>Our page</title><main><h1>Our page</h1>\n${snippet}\n</main></html>`;

/** Lets a foreign page embed the demo's portal: it asks in vain, and its owner answers on the demo's own page. */
export async function allow(server: DemoServer, origin: string): Promise<void> {
  const headers = { 'x-portal-client': 'portico-test/1', 'content-type': 'application/json' };
  await fetch(`${server.origin}/help/api/v1/session`, { headers: { ...headers, origin } });
  const { ok, status } = await fetch(`${server.origin}/demo/api/v1/origins`, {
    method: 'POST',
    headers: { ...headers, origin: server.origin },
    body: JSON.stringify({ origin, decision: 'allow' }),
  });
  if (!ok) throw new Error(`${origin} was not allowed: ${status}`);
}
