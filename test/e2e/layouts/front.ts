import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer, request as askServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

import { helpPage, otherPage, strangePage } from './pages.js';
import { type HostNames, type Places, certifiedNames, companyHosts, loopbackHosts, placesOf } from './places.js';
import { type PortalServer, startPortal } from './portal-server.js';

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  readonly asked: readonly (readonly [name: string, value: string])[];
  readonly sent: Buffer[];
  /** 0 while there is no answer. */
  status: number;
  answered: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer[];
}

/** What stands between browsers and the portal: it sees everything, and serves the pages of all other hosts. */
export interface Front {
  readonly places: Places;
  readonly server: PortalServer;
  /** All that went over it, in order. */
  readonly traffic: Exchange[];
  remove(): Promise<void>;
}

/** A portal with TLS before it, among the hosts of a company. */
export async function startCompany(): Promise<Front> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'example.com' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: certifiedNames.map((value) => ({ type: 2, value })) }],
  });
  const listener = createTlsServer({ key, cert });
  const port = await listen(listener);
  const hosts = companyHosts(port);
  return startFront([listener], 'https', hosts, await startPortal(`https://${hosts.portal}`));
}

/** The demo on plain HTTP, as everybody starts it. */
export async function startLoopback(): Promise<Front> {
  const listeners = [createServer(), createServer()] as const;
  const [port, other] = [await listen(listeners[0]), await listen(listeners[1])];
  return startFront(listeners, 'http', loopbackHosts(port, other), await startPortal(null));
}

async function startFront(
  listeners: readonly Server[],
  scheme: 'http' | 'https',
  hosts: HostNames,
  server: PortalServer,
): Promise<Front> {
  const places = placesOf(scheme, hosts);
  const traffic: Exchange[] = [];
  await server.allow(places);
  for (const listener of listeners) {
    listener.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const exchange = record(scheme, request, response);
      traffic.push(exchange);
      void answer(places, exchange, request, response, () => pass(scheme, server.port, request, response));
    });
  }
  return {
    places,
    server,
    traffic,
    async remove() {
      for (const listener of listeners) {
        listener.closeAllConnections();
        listener.close();
      }
      await server.remove();
    },
  };
}

async function listen(listener: Server): Promise<number> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return (listener.address() as AddressInfo).port;
}

function record(scheme: string, request: IncomingMessage, response: ServerResponse): Exchange {
  const { method = '', url = '', headers, rawHeaders } = request;
  const exchange: Exchange = {
    method,
    url: `${scheme}://${headers.host}${url}`,
    asked: pairsOf(rawHeaders),
    sent: [],
    status: 0,
    answered: [],
    body: [],
  };
  request.on('data', (chunk: Buffer) => exchange.sent.push(chunk));
  const writeHead = response.writeHead.bind(response) as (status: number, headers: string[]) => ServerResponse;
  response.writeHead = ((status: number, raw: string[] = []) => {
    exchange.status = status;
    exchange.answered = pairsOf(raw);
    return writeHead(status, raw);
  }) as typeof response.writeHead;
  for (const name of ['write', 'end'] as const) {
    const original = response[name].bind(response) as (chunk?: unknown) => never;
    response[name] = ((chunk?: string | Buffer) => {
      if (chunk !== undefined) exchange.body.push(Buffer.from(chunk as string));
      return original(chunk);
    }) as never;
  }
  return exchange;
}

const pairsOf = (raw: readonly string[]): readonly (readonly [string, string])[] =>
  raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1] ?? ''] as const] : []));

async function answer(
  { portal, pages, strangers }: Places,
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
  pass: () => void,
): Promise<void> {
  const { origin, pathname, searchParams } = new URL(exchange.url);
  const html = (text: string) => response.writeHead(200, ['content-type', 'text/html; charset=utf-8']).end(text);
  if (pathname === '/kb.html' && Object.values(pages).includes(origin)) return void html(helpPage(portal));
  if (pathname === '/other.html') return void html(otherPage);
  if (origin === portal) return pathname === '/cookies' ? tryCookies(request, response) : pass();
  if (pathname === '/echo') return echo(request, response, exchange);
  if (Object.values(strangers).includes(origin)) {
    if (pathname === '/') return void html(strangePage);
    // Leads a request on to where the page could not have sent it itself.
    if (pathname === '/on') {
      const [status, to] = [Number(searchParams.get('status')), searchParams.get('to') ?? ''];
      const open = ['access-control-allow-origin', request.headers.origin ?? '*'];
      const headers = ['location', to, ...open, 'access-control-allow-credentials', 'true'];
      return void response.writeHead(status, headers).end();
    }
  }
  response.writeHead(404, []).end();
}

/** Sets a cookie of either kind, and says which have come: what this browser does with them is measured, not believed. */
function tryCookies({ headers }: IncomingMessage, response: ServerResponse): void {
  const came = ['plain', 'partitioned'].filter((name) => headers.cookie?.includes(`try-${name}=1`));
  response
    .writeHead(200, [
      ...['set-cookie', 'try-plain=1; Path=/cookies; Secure; SameSite=None'],
      ...['set-cookie', 'try-partitioned=1; Path=/cookies; Secure; SameSite=None; Partitioned'],
      ...['access-control-allow-origin', headers.origin ?? '', 'access-control-allow-credentials', 'true'],
    ])
    .end(JSON.stringify(came));
}

/** Says again what it is told. */
function echo(request: IncomingMessage, response: ServerResponse, { sent }: Exchange): void {
  request.once('end', () => {
    const told = Buffer.concat(sent).toString();
    response.writeHead(200, ['x-echo', told]).end(told);
  });
}

/** Hands the request on to the portal, and its answer back as it comes. */
function pass(scheme: string, port: number, request: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers, socket } = request;
  // Compressed, it could not be read here.
  const { 'accept-encoding': _, ...rest } = headers;
  const forwarded = {
    'x-forwarded-for': socket.remoteAddress,
    'x-forwarded-proto': scheme,
    'x-forwarded-host': headers.host,
  };
  const onward = askServer({ host: '127.0.0.1', port, method, path, headers: { ...rest, ...forwarded } });
  onward.once('response', (answered) => {
    response.writeHead(answered.statusCode ?? 0, answered.rawHeaders);
    response.flushHeaders();
    answered.on('data', (chunk: Buffer) => response.write(chunk));
    answered.once('end', () => response.end());
    answered.once('error', () => response.destroy());
  });
  onward.once('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
