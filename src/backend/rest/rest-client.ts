import ky, { isHTTPError, type ResponsePromise } from 'ky';
import * as z from 'zod/mini';

import { type AnsweredRoute, firstAnswers } from '../../wire/answers.js';
import { publicIdSchema } from '../../wire/schemas.js';
import { BackendError } from '../backend-error.js';
import { type Answering, type Call, type Connection, headersOf, manner, urlOf } from './connection.js';
import { type Outcome, parse } from './first-attempt.js';
import { keep, keyOf } from './kept-answers.js';
import { secondsOf, toBackendError } from './rest-errors.js';

/** Asks as often as it is worth it, and for all that a page asks after its first sight. */
export interface RestClient {
  /** Rejects with errors of ky. */
  request(route: AnsweredRoute, call: Call, attempt?: number): ResponsePromise;
  /**
   * @param attempt milliseconds that one attempt may take; default: the connection's
   * @param first what the first attempt came to, where it was made already
   */
  read<T>(route: Answering<T>, call: Call, attempt?: number, first?: Outcome): Promise<T>;
  /** A stream has no end that could be late, and is opened again by who follows it. */
  openEvents(signal: AbortSignal): Promise<Response>;
}

const notModified = 304;
const attempts = 3;
/** A wait that a person may take for slowness. The server's wish beyond it becomes an error that says when. */
const longestWait = 5;

export function createRestClient(connection: Connection): RestClient {
  const { answers, timeout } = connection;
  const client = ky.create({
    ...manner,
    fetch: connection.fetch,
    throwHttpErrors: (status) => status !== notModified,
    retry: {
      limit: attempts - 1,
      // Who signs out and turns away has to be out: what is deleted twice is deleted (RFC 9110, 9.2.2).
      methods: ['get', 'delete'],
      statusCodes: [408, 429, 502, 503, 504],
      afterStatusCodes: [429, 503],
      maxRetryAfter: longestWait * 1000,
      // ky would only shorten the wait and ask too early.
      shouldRetry: ({ error }) =>
        isHTTPError(error) && (secondsOf(error.response.headers) ?? 0) > longestWait ? false : undefined,
    },
  });

  // The browser may keep the page to come back to: nothing of a session is left in it.
  globalThis.addEventListener?.('pagehide', () => answers.clear());

  return {
    request,

    async read<T>(route: Answering<T>, call: Call, attempt?: number, first?: Outcome) {
      try {
        const path = pathOf(route, call.id);
        const key = keyOf(urlOf(connection, path, call.query), call.options?.locale);
        const known = answers.get(key);
        const response = await request(route, call, attempt, first, known?.tag);
        if (response.status === notModified && known) return known.answer as T;
        const answer = parse(route.answer, await response.text());
        keep(answers, path, key, response, answer);
        return answer;
      } catch (error) {
        throw toBackendError(error);
      }
    },

    openEvents(signal) {
      const { method, path } = firstAnswers.streamEvents;
      const headers = headersOf(connection);
      return client(urlOf(connection, path), {
        method,
        headers,
        signal,
        timeout: false,
        totalTimeout: false,
        retry: 0,
      });
    },
  };

  function request(
    route: AnsweredRoute,
    call: Call,
    attempt = timeout,
    first?: Outcome,
    tag?: string,
  ): ResponsePromise {
    const { id, query, body, file, options } = call;
    return client(urlOf(connection, pathOf(route, id), query), {
      method: route.method,
      timeout: attempt,
      totalTimeout: attempt * attempts,
      headers: {
        ...headersOf(connection, options),
        ...(route.answer && { accept: 'application/json' }),
        ...(tag && { 'if-none-match': tag }),
      },
      ...(first && { fetch: startingWith(first, connection.fetch) }),
      ...(body !== undefined && { json: body }),
      ...(file && { body: formOf(file) }),
      ...(options?.signal && { signal: options.signal }),
    });
  }
}

/** A `fetch` whose first answer is known before anybody asks. */
function startingWith(first: Outcome, then: typeof fetch): typeof fetch {
  let known: Outcome | undefined = first;
  return (...args) => {
    const outcome = known;
    known = undefined;
    return outcome ? outcome() : then(...args);
  };
}

function pathOf(route: AnsweredRoute, id: string | undefined): string {
  // Nothing lies under an id of another form, and `..` in an address would lead elsewhere.
  if (id !== undefined && !z.safeParse(publicIdSchema, id).success) throw new BackendError('not-found');
  return route.path.replace(':id', id ?? '');
}

/** A form with one file. */
export function formOf(file: File): FormData {
  const form = new FormData();
  form.set('file', file);
  return form;
}
