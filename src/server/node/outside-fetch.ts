import { type LookupAddress, lookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as askHttp } from 'node:http';
import { Agent as HttpsAgent, request as askHttps } from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import { Readable } from 'node:stream';

import { type Fetch, InnerAddressError } from '../outgoing.js';
import { isLoopbackName } from './config.js';
import { isOutside } from './is-outside.js';

/** All addresses of a name. */
export type Resolve = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface OutsideOptions {
  readonly resolve?: Resolve;
  readonly isOutside?: (address: string) => boolean;
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string;
}

/** Milliseconds for which a connection waits for the next request. */
const idle = 4000;

const resolveBySystem: Resolve = (host, done) => lookup(host, { all: true }, done);

/**
 * A `fetch` that reaches the public internet alone. A name is resolved by the connection itself, which goes to the very
 * addresses that were looked at: nothing can be another one a moment later. Where a single one of a name's addresses is inside,
 * none is taken. No redirect is followed: whoever asks gets it as the answer.
 *
 * The `fetch` of Node takes no lookup of ours without the very release of undici that Node was built with.
 */
export function createOutsideFetch(options: OutsideOptions = {}): Fetch {
  const { resolve = resolveBySystem, isOutside: mayConnect = isOutside, ca } = options;

  const lookupOutside: LookupFunction = (host, { all }, done) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error(`${host} has no address`), '');
      if (!addresses.every(({ address }) => mayConnect(address))) return done(new InnerAddressError(host), '');
      if (all) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
  const agentOptions = { keepAlive: true, timeout: idle, lookup: lookupOutside };
  const agents = { http: new HttpAgent(agentOptions), https: new HttpsAgent({ ...agentOptions, ...(ca && { ca }) }) };

  return async (address, init = {}) => {
    const { signal } = init;
    signal?.throwIfAborted();
    // Types the body and writes the headers as every `fetch` does.
    const request = new Request(address, { ...init, signal: null });
    const url = new URL(request.url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError('only http and https are asked');
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    // What is an address is not resolved, however it was spelled: `URL` has made one spelling of all.
    if (isIP(host) ? !mayConnect(host) : isLoopbackName(host.replace(/\.$/, ''))) throw new InnerAddressError(host);
    const body = request.body && new Uint8Array(await request.arrayBuffer());
    signal?.throwIfAborted();
    const isHttps = url.protocol === 'https:';
    const headers = { ...Object.fromEntries(request.headers), 'accept-encoding': 'identity' };
    const sent = { method: request.method, headers, agent: isHttps ? agents.https : agents.http };
    return send(isHttps ? askHttps : askHttp, url, { ...sent, ...(signal && { signal }) }, body);
  };
}

function send(ask: typeof askHttp, url: URL, options: RequestOptions, body: Uint8Array | null): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = ask(url, options, (incoming) => {
      try {
        resolve(toResponse(incoming));
      } catch (error) {
        incoming.destroy();
        reject(error as Error);
      }
    });
    outgoing.on('error', (error) => reject(options.signal?.aborted ? options.signal.reason : error));
    outgoing.end(body ?? undefined);
  });
}

/** Statuses that come without a body. */
const bare = new Set([204, 205, 304]);

function toResponse(incoming: IncomingMessage): Response {
  const { statusCode: status = 0, rawHeaders } = incoming;
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  if (!bare.has(status)) return new Response(Readable.toWeb(incoming) as ReadableStream, { status, headers });
  incoming.resume();
  return new Response(null, { status, headers });
}
