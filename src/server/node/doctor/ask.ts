import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';

export interface AskOptions {
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string;
  /** Milliseconds that the whole answer may take. */
  readonly patience?: number;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
  /** By the `Date` header; `null` without one. */
  readonly date: Date | null;
  /** Until when the certificate holds; `null` without one. */
  readonly certificateUntil: Date | null;
}

/** One GET, as a browser would: no redirect is followed. @throws Error with the `code` of the network */
export async function ask(
  url: string,
  { ca, patience = 5_000 }: AskOptions,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const get = url.startsWith('https:') ? getSecure : getPlain;
  const signal = AbortSignal.timeout(patience);
  const request = get(url, { agent: false, headers, signal, ...(ca !== undefined && { ca }) });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const { socket } = response;
  const until = socket instanceof TLSSocket ? new Date(socket.getPeerCertificate().valid_to) : null;
  const body = await text(response);
  const date = new Date(response.headers.date ?? '');
  return {
    status: response.statusCode ?? 0,
    body,
    date: Number.isNaN(date.getTime()) ? null : date,
    certificateUntil: until,
  };
}
