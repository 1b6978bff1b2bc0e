import type { IncomingMessage } from 'node:http';
import type { Caller } from '../deps.js';
import { isLoopbackName } from './config.js';

export interface CallerOptions {
  /** How many proxies in front of us write the `X-Forwarded-…` headers; each appends what it saw. */
  readonly trustProxy: number;
  /** Its scheme is ours, when a proxy that we do not otherwise trust speaks TLS for us. */
  readonly publicUrl: string | null;
}

const sites = ['same-origin', 'same-site', 'cross-site', 'none'] as const;

/** What headers and socket say of who asks. */
export function readCaller(request: Request, incoming: IncomingMessage | null, options: CallerOptions): Caller {
  const { headers } = request;
  const origin = headers.get('origin');
  const site = sites.find((known) => known === headers.get('sec-fetch-site')) ?? null;
  const base = readBase(headers, options);
  const { hostname } = new URL(base);
  const own = options.publicUrl === null ? null : new URL(options.publicUrl);
  const system = isLoopbackName(hostname) || hostname === own?.hostname;
  return {
    origin,
    site,
    ip: forwarded(headers, 'x-forwarded-for', options) ?? incoming?.socket.remoteAddress ?? '',
    cookies: parseCookies(headers.get('cookie') ?? ''),
    carrier: carrierOf(headers, site ?? (origin === base ? 'same-origin' : 'cross-site')),
    tokens: tokensOf(headers, new URL(request.url).pathname.split('/')[1] ?? ''),
    system,
    base,
    ownBase: system || own === null ? base : own.origin,
  };
}

/** Cookies are safer wherever there can be any: the memory of a page is for other sites' pages alone. */
const carrierOf = (headers: Headers, site: NonNullable<Caller['site']>): Caller['carrier'] =>
  site !== 'cross-site' ? 'same-site' : headers.get('x-portal-carrier') === 'memory' ? 'memory' : 'cross-site';

function tokensOf(headers: Headers, slug: string): Record<string, string> {
  const session = /^Bearer ([\w-]+)$/.exec(headers.get('authorization') ?? '')?.[1];
  const flow = headers.get('x-portal-flow');
  return {
    ...(session !== undefined && { [`__Host-portal_s_${slug}`]: session }),
    ...(flow !== null && { [`__Host-portal_f_${slug}`]: flow }),
  };
}

function readBase(headers: Headers, options: CallerOptions): string {
  const own = options.publicUrl?.startsWith('https:') ? 'https' : 'http';
  const scheme = forwarded(headers, 'x-forwarded-proto', options) ?? own;
  const host = forwarded(headers, 'x-forwarded-host', options) ?? headers.get('host') ?? '';
  const base = `${scheme === 'https' ? 'https' : 'http'}://${host}`;
  // A host that is none matches no portal.
  return URL.canParse(base) ? new URL(base).origin : 'http://invalid.invalid';
}

/** The entry that the outermost trusted proxy wrote. What stands before it was sent by the client and may be invented. */
function forwarded(headers: Headers, name: string, { trustProxy }: CallerOptions): string | null {
  if (trustProxy === 0) return null;
  const entries = (headers.get(name) ?? '').split(',').map((entry) => entry.trim());
  return entries.at(-Math.min(trustProxy, entries.length)) || null;
}

function parseCookies(header: string): Record<string, string> {
  const pairs = header.split(';').flatMap((part) => {
    const pair = part.trim();
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}
