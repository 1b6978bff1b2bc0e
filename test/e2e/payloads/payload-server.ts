import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createSanitise } from '../../../src/server/node/sanitise.js';
import { listenOnLoopback } from '../../support/loopback.js';
import { pagePolicy } from '../../../src/server/http/headers.js';

const sanitise = createSanitise();
const here = fileURLToPath(new URL('.', import.meta.url));
const dist = fileURLToPath(new URL('../../../dist/embed/', import.meta.url));
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8' };

const page = (body: string) => `<!doctype html><html lang="en"><title>Payloads</title><body>${body}`;
const pages: Readonly<Record<string, string>> = {
  '/': page(`<script type="module" src="/embed/embed.js"></script><script type="module" src="/page.js"></script>`),
  '/control': page('<script type="module" src="/control.js"></script>'),
};

/**
 * Two pages that show a slice of payloads, `?from=0&to=50`: `/` by the elements, with the strictest policy that the elements
 * promise to work under, and `/control` as they are, with none. HTML has passed the sanitiser of the server, unless `raw` is
 * asked for.
 */
export async function startPayloadServer(payloads: readonly string[]) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const send = (type: string, content: string | Buffer, headers = {}) =>
      response.writeHead(200, { 'content-type': type, ...headers }).end(content);
    const found = pages[pathname];
    if (found)
      return send('text/html; charset=utf-8', found, pathname === '/' && { 'content-security-policy': pagePolicy });
    if (pathname === '/last.svg')
      return send('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    if (pathname === '/batch.json') {
      const [from, to] = ['from', 'to'].map((name) => Number(searchParams.get(name)));
      const isRaw = searchParams.has('raw');
      const batch = payloads.slice(from, to).map((payload) => ({ payload, html: isRaw ? payload : sanitise(payload) }));
      return send('application/json', JSON.stringify(batch));
    }
    const file = pathname.startsWith('/embed/') ? join(dist, pathname.slice('/embed/'.length)) : join(here, pathname);
    const bytes = await readFile(file).catch(() => null);
    return bytes ? send(types[extname(file)] ?? 'text/plain', bytes) : response.writeHead(404).end();
  });
  return listenOnLoopback(server);
}
