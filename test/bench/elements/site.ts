import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import type { Bundles, VariantName } from './bundle.js';
import { answers, pageOf } from './tickets.js';

/** Pages with nothing of ours, with a script that does nothing, with the loader and no element, and with a list in one of the variants. */
export type PageName = 'nothing' | 'empty' | 'loader' | 'elements' | 'react-alone' | VariantName;

export interface Site {
  readonly origin: string;
  stop(): Promise<void>;
}

const built = fileURLToPath(new URL('../../../dist/embed/', import.meta.url));
const sentence = 'A thermostat that shows a wrong temperature is often one that stands in a draught or in the sun. ';
const paragraph = `<p>${sentence.repeat(6)}</p>`;

const loader = '<script type="module" src="/help/embed.js"></script>';
const scriptOf = (name: string) => `<script type="module" src="/made/load/${name}.js"></script>`;
const tags = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form'];

/** All elements are there, and none is used. */
function elements(): string {
  const chunk = readdirSync(`${built}assets`).find((name) => /^portico-.*\.js$/.test(name));
  return `<script type="module">
    import { define } from '/help/assets/${chunk}';
    define();
    await Promise.all(${JSON.stringify(tags)}.map((tag) => customElements.whenDefined(tag)));
    document.title = 'ready';</script>`;
}

/** About 17 kB of an article, with room kept for the list as the documentation says. */
function article(name: PageName): string {
  const [script, list] = {
    nothing: () => ['', ''],
    empty: () => ['<script type="module" src="/empty.js"></script>', ''],
    loader: () => [loader, ''],
    elements: () => [elements(), ''],
    'react-alone': () => ['<script type="module" src="/made/alone/react.js"></script>', ''],
    ours: () => [loader, '<ticket-list></ticket-list>'],
    'by-hand': () => [scriptOf('by-hand'), '<div id="list"></div>'],
    react: () => [scriptOf('react'), '<div id="list"></div>'],
  }[name]() as [string, string];
  const place = list && `<div style="min-block-size: 2600px">${list}</div>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Article</title>${script}<h1>Wrong temperatures</h1>${paragraph}${place}${paragraph.repeat(27)}</html>`;
}

/** Loads a variant's list from the same server, as somebody does by hand. */
export const loadEntry = `
  await variant.prepare(document.querySelector('#list'));
  const answer = await fetch('/help/api/v1/tickets?state=all&limit=25', { headers: { 'x-portal-client': 'bench/1' } });
  variant.show(await answer.json());`;

/** The library is there, and nothing is made with it. */
export const aloneEntry = `globalThis.variant = variant; document.title = 'ready';`;

const list = '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><div id="list"></div>';
const api: Readonly<Record<string, unknown>> = { ...answers, tickets: pageOf(25, undefined, 'more') };

/**
 * A web server with articles, the built elements and a portal of one customer with many tickets.
 *
 * @param made what was bundled, by its folder: `load`, `alone`, `list`
 */
export async function startSite(made: Readonly<Record<string, Bundles>>): Promise<Site> {
  let origin = '';
  const fileAt = (pathname: string): string | Buffer | undefined => {
    const [, folder = '', name = ''] = /^\/made\/(\w+)\/([\w.-]+)$/.exec(pathname) ?? [];
    const asset = /^\/help\/(assets\/[\w.-]+\.js)$/.exec(pathname)?.[1];
    if (asset) return readFileSync(built + asset);
    if (pathname === '/empty.js') return 'export {};';
    if (pathname !== '/help/embed.js') return made[folder]?.get(name);
    return readFileSync(`${built}embed.js`, 'utf8').replaceAll('__PORTICO_ADDRESS__', `${origin}/help`);
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/help/api/v1/events') return listen(response);
    const asked = /^\/help\/api\/v1\/(\w+)$/.exec(pathname)?.[1];
    if (asked && asked in api) return send(response, 'application/json', JSON.stringify(api[asked]));
    if (pathname === '/article') return send(response, 'text/html', article(searchParams.get('with') as PageName));
    if (pathname === '/list') return send(response, 'text/html', list);
    const file = fileAt(pathname);
    if (file) return send(response, 'text/javascript', file);
    return send(response, 'text/plain', '', pathname === '/favicon.ico' ? 204 : 404);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, type: string, body: string | Buffer, status = 200): void {
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'content-encoding': 'gzip' };
  response.writeHead(status, headers).end(gzipSync(body));
}

/** A stream on which nothing happens. */
function listen(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('event: ready\ndata: {}\n\n');
}
