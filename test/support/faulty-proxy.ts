import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to one request: it goes through; it never arrives; it arrives and its answer is lost, in part or whole; it
 * arrives twice at once; the target answers late, when `release()` lets it, or that it is broken, or that nobody is signed in.
 */
export type Fault = 'none' | 'refused' | 'lost' | 'half' | 'twice' | 'slow' | 'held' | 'broken' | 'unknown';

export interface FaultyProxy {
  readonly url: string;
  /** What happens to a request from now on. */
  next: (path: string, method: string) => Fault;
  /** Requests that have come. */
  readonly asked: number;
  /** Requests that are held, and whose client waits for them. */
  readonly held: number;
  /** Resolves when so many are held. */
  holds(count: number): Promise<void>;
  /** Lets those through that are held. */
  release(): void;
  close(): Promise<void>;
}

/** Milliseconds: longer than anybody hurries, shorter than anybody waits. */
const late = 300;

/** Stands on loopback between a client and an HTTP server, and is as bad a network as it is told to be. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const waiting = new Map<ServerResponse, IncomingMessage>();
  let asked = 0;
  const server = createServer((incoming, response) => {
    asked++;
    const fault = proxy.next(incoming.url ?? '/', incoming.method ?? 'GET');
    if (fault === 'refused') return void incoming.socket.destroy();
    if (fault === 'broken') return void response.writeHead(500).end('{"message":"broken"}');
    if (fault === 'unknown') return void response.writeHead(401).end('{"message":"Unauthorized"}');
    if (fault === 'held') {
      waiting.set(response, incoming);
      response.once('close', () => waiting.delete(response));
      return void server.emit('held');
    }
    if (fault === 'slow') return void setTimeout(() => pass(target, incoming, response, 'none'), late);
    return pass(target, incoming, response, fault);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: () => 'none',
    get asked() {
      return asked;
    },
    get held() {
      return waiting.size;
    },
    async holds(count) {
      while (waiting.size < count) await once(server, 'held');
    },
    release() {
      for (const [response, incoming] of waiting) pass(target, incoming, response, 'none');
      waiting.clear();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

function pass(target: string, incoming: IncomingMessage, response: ServerResponse, fault: Fault): void {
  const described = { method: incoming.method, headers: incoming.headers };
  if (fault === 'twice') {
    const copy = ask(`${target}${incoming.url}`, described, (answer) => answer.resume());
    copy.on('error', () => {});
    incoming.pipe(copy);
  }
  const onward = ask(`${target}${incoming.url}`, described, (answer) => {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => parts.push(part));
    answer.on('error', () => response.destroy());
    answer.on('end', () => {
      const body = Buffer.concat(parts);
      if (fault === 'lost') return void response.destroy();
      const { 'transfer-encoding': _chunked, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length });
      if (fault !== 'half') return void response.end(body);
      return void response.write(body.subarray(0, body.length / 2), () => response.destroy());
    });
  });
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}
