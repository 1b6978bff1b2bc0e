import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { portal, sessionOf } from '../../elements/fake-backend.js';
import type { VariantName } from './bundle.js';
import { alice, pageOf } from './tickets.js';

/** Pages with nothing of ours, with the loader and no element, and with a list in one of the variants. */
export type PageName = 'nothing' | 'loader' | VariantName;

export interface Site {
  readonly origin: string;
  stop(): Promise<void>;
}

const built = fileURLToPath(new URL('../../../dist/embed/', import.meta.url));
const sentence = 'A thermostat that shows a wrong temperature is often one that stands in a draught or in the sun. ';
const paragraph = `<p>${sentence.repeat(6)}</p>`;

/** About 17 kB of an article, with room kept for the list as the documentation says. */
function article(name: PageName): string {
  const script = {
    nothing: '',
    loader: '<script type="module" src="/help/embed.js"></script>',
    ours: '<script type="module" src="/help/embed.js"></script>',
    'by-hand': '<script type="module" src="/by-hand.js"></script>',
    react: '<script type="module" src="/react.js"></script>',
  }[name];
  const list = {
    nothing: '',
    loader: '',
    ours: '<ticket-list></ticket-list>',
    'by-hand': '<div id="list"></div>',
    react: '<div id="list"></div>',
  }[name];
  const place = list && `<div style="min-block-size: 2600px">${list}</div>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Article</title>${script}<h1>Wrong temperatures</h1>${paragraph}${place}${paragraph.repeat(27)}</html>`;
}

/** Loads a variant's list from the same server, as somebody does by hand. */
export const loadEntry = `
  await variant.prepare(document.querySelector('#list'));
  const answer = await fetch('/help/api/v1/tickets?state=all&limit=25', { headers: { 'x-portal-client': 'bench/1' } });
  variant.show(await answer.json());`;

/** A web server with articles, the built elements and a portal of one customer with many tickets. */
export async function startSite(bundles: ReadonlyMap<VariantName, string>): Promise<Site> {
  let origin = '';
  const answers: Record<string, () => unknown> = {
    session: () => ({ ...sessionOf(alice), contact: { ...sessionOf(alice).contact, company: null } }),
    portal: () => ({ ...portal, connections: [], features: [] }),
    tickets: () => pageOf(25),
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const send = (type: string, body: string | Buffer, status = 200) => {
      const headers = { 'content-type': type, 'cache-control': 'no-store', 'content-encoding': 'gzip' };
      response.writeHead(status, headers).end(gzipSync(body));
    };
    const api = /^\/help\/api\/v1\/(\w+)$/.exec(pathname)?.[1];
    const variant = bundles.get(pathname.slice(1).replace('.js', '') as VariantName);
    const asset = /^\/help\/(assets\/[\w.-]+\.js)$/.exec(pathname)?.[1];
    if (api) return send('application/json', JSON.stringify(answers[api]?.() ?? {}), answers[api] ? 200 : 404);
    if (pathname === '/article') return send('text/html', article(searchParams.get('with') as PageName));
    if (pathname === '/list')
      return send(
        'text/html',
        '<!doctype html><meta name="viewport" content="width=device-width"><div id="list"></div>',
      );
    if (variant) return send('text/javascript', variant);
    if (asset) return send('text/javascript', readFileSync(built + asset));
    if (pathname === '/help/embed.js') {
      const loader = readFileSync(`${built}embed.js`, 'utf8');
      return send('text/javascript', loader.replaceAll('__PORTICO_ADDRESS__', `${origin}/help`));
    }
    return send('text/plain', '', pathname === '/favicon.ico' ? 204 : 404);
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
