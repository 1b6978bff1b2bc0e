import { createAdaptorServer } from '@hono/node-server';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Config, ConfigError, isLoopbackName } from './config.js';

export type Fetch = (request: Request, incoming: IncomingMessage) => Response | Promise<Response>;

export interface Listening {
  readonly port: number;
  /** Takes no new connection, lets running requests end for `grace` milliseconds, then cuts them. */
  stop(grace?: number): Promise<void>;
}

const CONNECTIONS = 1_000;
const CONNECTIONS_A_CLIENT = 20;
const PORTS_TO_TRY = 20;
/** Milliseconds in which a request is there, its body as well. */
const REQUEST_TIME = 30_000;
/** The same for one that brings a file: these are large, and lines of phones slow. */
const UPLOAD_TIME = 300_000;

/**
 * Listens with limits on time, size and connections.
 *
 * @throws ConfigError when the port is taken and was set, or no port nearby is free
 */
export async function listen(config: Config, fetch: Fetch): Promise<Listening> {
  const last = config.portFixed ? config.port : config.port + PORTS_TO_TRY;
  for (let port = config.port; port <= last; port++) {
    // A server that failed to listen is not used again.
    const server = createServer(config, fetch);
    const running = new Set<ServerResponse>();
    server.prependListener('request', (incoming: IncomingMessage, response: ServerResponse) => {
      limitTime(incoming);
      running.add(response);
      response.once('close', () => running.delete(response));
      if (!server.listening) response.shouldKeepAlive = false;
    });
    if (await tryPort(server, port, config.host)) {
      return { port: (server.address() as AddressInfo).port, stop: (grace = 10_000) => stop(server, running, grace) };
    }
  }
  throw new ConfigError(
    config.portFixed
      ? `PORT is ${config.port}, but another program listens there.`
      : `All ports from ${config.port} to ${last} are taken; set PORT to a free one.`,
  );
}

function createServer(config: Config, fetch: Fetch): Server {
  const onlyLoopback = config.publicUrl === null;
  const server = createAdaptorServer({
    fetch: (request, env) => {
      const incoming = env.incoming as IncomingMessage;
      // A page elsewhere may point its own name at this machine (DNS rebinding); the name gives it away.
      if (onlyLoopback && !isLoopbackName(new URL(request.url).hostname)) return misdirected();
      return fetch(request, incoming);
    },
    serverOptions: {
      headersTimeout: 10_000,
      requestTimeout: UPLOAD_TIME,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 5_000,
    },
  }) as Server;
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 1_000;
  server.maxConnections = CONNECTIONS;
  // Behind a proxy all connections come from it, and on loopback from ourselves.
  if (config.trustProxy === 0 && !onlyLoopback) limitClients(server);
  return server;
}

const misdirected = () =>
  new Response('On plain http only loopback is served.\n', {
    status: 421,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  });

function limitClients(server: Server): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const client = socket.remoteAddress ?? '';
    const count = (open.get(client) ?? 0) + 1;
    if (count > CONNECTIONS_A_CLIENT) return socket.destroy();
    open.set(client, count);
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1;
      if (left === 0) open.delete(client);
      else open.set(client, left);
    });
  });
}

const bringsFile = /\/api\/v1\/(attachments|uploads(\/[^/]+)?)$/;

/** Node has one limit for all requests; this is the shorter one, of those that bring no file. */
function limitTime(incoming: IncomingMessage): void {
  const [path = ''] = (incoming.url ?? '').split('?');
  if (incoming.complete || bringsFile.test(path)) return;
  const timer = setTimeout(() => incoming.complete || incoming.destroy(), REQUEST_TIME);
  incoming.once('close', () => clearTimeout(timer));
}

function tryPort(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(new ConfigError(`HOST and PORT cannot be listened on: ${error.message}.`));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve(true);
    });
  });
}

/** Whoever is being answered is told that the connection ends with it: nobody then sends another request into its end. */
async function stop(server: Server, running: ReadonlySet<ServerResponse>, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const response of running) response.shouldKeepAlive = false;
  // An answer whose headers were sent before could not be told any more.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
