import * as z from 'zod/mini';

import { BackendError } from '../backend-error.js';
import { type Answering, type Call, type Connection, headersOf, manner, urlOf } from './connection.js';
import { keep, keyOf } from './kept-answers.js';

/** What an attempt came to, as `fetch` would say it, for whoever attempts it again. */
export type Outcome = () => Promise<Response>;

/**
 * Reads by one plain `fetch`, which is all that a page needs where nothing goes wrong.
 *
 * @param again goes on with what has gone wrong: it knows what is worth another attempt, and the words for the rest
 */
export async function readAtFirst<T>(
  connection: Connection,
  route: Answering<T>,
  { query, options }: Call,
  again: (outcome: Outcome) => Promise<T>,
): Promise<T> {
  const { method, path, answer } = route;
  const init = { ...manner, method, headers: { accept: 'application/json', ...headersOf(connection, options) } };
  const url = urlOf(connection, path, query);
  let outcome: Outcome;
  try {
    const ask = async (signal: AbortSignal) => {
      const response = await connection.fetch(url, { ...init, signal });
      return { response, text: response.ok ? await response.text() : '' };
    };
    const { response, text } = await within(connection.timeout, ask, options?.signal);
    if (response.ok) {
      const value = parse(answer, text);
      keep(connection.answers, path, keyOf(url, options?.locale), response, value);
      return value;
    }
    outcome = async () => response;
  } catch (error) {
    // Too late stays too late: nobody waits as long once more.
    if (error instanceof BackendError || options?.signal?.aborted) throw error;
    outcome = () => Promise.reject(error);
  }
  return again(outcome);
}

/** What a newer server adds is dropped; what it lacks or has changed is `unexpected-response`. */
export function parse<T>(schema: z.ZodMiniType<T>, text: string): T {
  try {
    return z.parse(schema, JSON.parse(text));
  } catch (cause) {
    throw new BackendError('unexpected-response', 'The answer has another shape', { cause });
  }
}

/** Runs something that ends at its signal, or in time. */
async function within<T>(
  milliseconds: number,
  run: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const limit = new AbortController();
  const late = () => limit.abort(new BackendError('timeout', 'The portal did not answer in time'));
  const timer = setTimeout(late, milliseconds);
  const signal = outer ? AbortSignal.any([outer, limit.signal]) : limit.signal;
  try {
    return await Promise.race([
      run(signal),
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
