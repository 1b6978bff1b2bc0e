import type { IncomingMessage } from 'node:http';
import type { Caller } from '../deps.js';

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
  const site = headers.get('sec-fetch-site');
  return {
    origin: headers.get('origin'),
    site: sites.find((known) => known === site) ?? null,
    ip: forwarded(headers, 'x-forwarded-for', options) ?? incoming?.socket.remoteAddress ?? '',
    cookies: parseCookies(headers.get('cookie') ?? ''),
    base: readBase(headers, options),
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
