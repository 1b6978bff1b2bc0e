import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a proxy knows of the request that it may spoil. */
export interface Passing {
  readonly method: string;
  /** Below `/api/v1`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: Request;
  /** The honest answer, or that to another request. */
  forward(request?: Request): Promise<Response>;
  /** What the first of all visitors gets who gets an answer, whoever asked. */
  forAnybody(): Promise<Response>;
}

export type Leak = (passing: Passing) => Promise<Response>;

/** A server in front of another that answers as the leak says. To the one behind it, pages of it are pages of its own. */
export async function startLeakyProxy(target: string, leak: Leak): Promise<{ origin: string; close(): Promise<void> }> {
  /** Cookies of all who have signed in. */
  const sessions: string[] = [];

  async function forward(request: Request): Promise<Response> {
    const response = await fetch(request.clone());
    const cookies = response.headers.getSetCookie().map((line) => line.replace(/;.*/, ''));
    if (request.method === 'POST' && request.url.endsWith('/session')) sessions.push(...cookies);
    return response;
  }

  const server = createServer(async (incoming, outgoing) => {
    const request = await toRequest(incoming, target, `http://${incoming.headers.host}`);
    const url = new URL(request.url);
    const answer = await leak({
      method: request.method,
      path: url.pathname.replace(/^.*\/api\/v1/, ''),
      query: url.searchParams,
      request,
      forward: (other = request) => forward(other),
      async forAnybody() {
        for (const cookie of sessions) {
          const response = await forward(withHeaders(request, { cookie }));
          if (response.ok) return response;
        }
        return forward(request);
      },
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const headers = new Headers(answer.headers);
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'set-cookie']) {
      headers.delete(name);
    }
    outgoing.writeHead(answer.status, { ...Object.fromEntries(headers), 'set-cookie': answer.headers.getSetCookie() });
    outgoing.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The request with some headers set anew. */
export function withHeaders(request: Request, more: Record<string, string>): Request {
  const copy = new Request(request.clone());
  for (const [name, value] of Object.entries(more)) copy.headers.set(name, value);
  return copy;
}

/** The same request to another address. */
export const withPath = (request: Request, change: (url: URL) => void): Request => {
  const url = new URL(request.url);
  change(url);
  return new Request(url, request.clone());
};

async function toRequest(incoming: IncomingMessage, target: string, own: string): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string' && !['host', 'connection', 'content-length', 'expect'].includes(name)) {
      headers.set(name, name === 'origin' && value === own ? target : value);
    }
  }
  const { method = 'GET' } = incoming;
  const body = ['GET', 'HEAD'].includes(method) ? null : Buffer.concat(chunks);
  return new Request(target + incoming.url, { method, headers, body });
}
