import type * as z from 'zod/mini';

import type { AnsweredRoute } from '../../wire/answers.js';
import type { RequestOptions, WriteOptions } from '../portal-backend.js';
import type { KeptAnswers } from './kept-answers.js';
import { version } from './version.js';

/** What every request to one portal is made with, at first sight as later. */
export interface Connection {
  /** Of the portal, slug included. */
  readonly address: string;
  readonly fetch: typeof fetch;
  /** It is the page's own, in the end. */
  readonly isOwnFetch: boolean;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Headers that stand for cookies, where the browser keeps none of the portal: they are gone with the page. */
  readonly kept: Record<string, string>;
  /** The last answers, about whoever is signed in. */
  readonly answers: KeptAnswers;
}

/** One request, as a route does not say it. */
export interface Call {
  readonly id?: string;
  readonly query?: object | undefined;
  readonly body?: unknown;
  readonly file?: File;
  readonly options?: (RequestOptions & Partial<WriteOptions>) | undefined;
}

/** A route whose answer is JSON. */
export type Answering<T> = Omit<AnsweredRoute, 'answer'> & { readonly answer: z.ZodMiniType<T> };

/** Alike for all requests: cookies go along, no cache knows of it, and nobody leads it elsewhere. */
export const manner = { cache: 'no-store', credentials: 'include', redirect: 'error' } as const;

/**
 * The address of a request, with what of the query is given; what is no text or number goes as JSON.
 *
 * @param path of the route, its parameters filled in
 */
export function urlOf({ address }: Connection, path: string, query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = (value: unknown) => (value instanceof Object ? JSON.stringify(value) : String(value));
  const search = new URLSearchParams(given.map(([name, value]) => [name, text(value)])).toString();
  return `${address}/api/v1${path}${search && '?'}${search}`;
}

export const headersOf = (
  { kept }: Connection,
  { locale, idempotencyKey }: Partial<WriteOptions> = {},
): Record<string, string> => ({
  'x-portal-client': `portico-elements/${version}`,
  ...kept,
  ...(locale && { 'accept-language': locale }),
  ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
});
