import pLimit from 'p-limit';
import type * as z from 'zod/mini';
import { unlessAborted } from '../abort.js';
import { Breaker } from '../breaker.js';
import { DeskError } from '../connector.js';
import { Session, type SessionHeaders } from './session.js';
import type { RtDeps, RtSettings } from './settings.js';

/** Requests at once: RT serves each from a process of its own, and staff need some as well. */
const mostAtOnce = 8;
/** Milliseconds until the answer is there; of a file, until its first byte is. */
const timeout = 10_000;

export interface RtRequest {
  /** What it is for, in words of ours: all that an error says about it. */
  readonly name: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Behind the address of RT, with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON, unless it is a form. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who asks, when not the service account: the holder of a token, or nobody. */
  readonly as?: { readonly token: string } | 'nobody';
}

export interface RtAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks RT: logged in, never too much at once, never for too long, and not at all while it is down. */
export class RtClient {
  readonly #settings: RtSettings;
  readonly #deps: RtDeps;
  readonly #session: Session;
  readonly #breaker: Breaker;
  readonly #limit = pLimit(mostAtOnce);

  constructor(settings: RtSettings, deps: RtDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#session = new Session(settings, deps);
    this.#breaker = new Breaker(deps.clock);
  }

  /** The answer, unless RT is out of order. @throws DeskError */
  send(request: RtRequest, signal: AbortSignal): Promise<RtAnswer> {
    return this.#run(request, signal, async (response) => ({
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    }));
  }

  /** What is asked for; `null` when there is none, or none for us. @throws DeskError */
  async find<Schema extends z.ZodMiniType>(
    schema: Schema,
    request: RtRequest,
    signal: AbortSignal,
  ): Promise<z.output<Schema> | null> {
    const answer = await this.send(request, signal);
    if (answer.status === 403 || answer.status === 404) return null;
    if (answer.status !== 200) throw new DeskError('unavailable', `${request.name}: RT answers ${answer.status}`);
    return parseAnswer(schema, request, answer);
  }

  /** What is asked for, when there always is one. @throws DeskError */
  async get<Schema extends z.ZodMiniType>(
    schema: Schema,
    request: RtRequest,
    signal: AbortSignal,
  ): Promise<z.output<Schema>> {
    const found = await this.find(schema, request, signal);
    if (found === null) throw new DeskError('misconfigured', `${request.name}: RT does not let the service account`);
    return found;
  }

  /** Bytes as they come; `null` when there are none for us. @throws DeskError */
  stream(request: RtRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null> {
    return this.#run(request, signal, async (response) => {
      if (response.status === 200 && response.body) return response.body;
      await response.body?.cancel();
      if (response.status === 403 || response.status === 404) return null;
      throw new DeskError('unavailable', `${request.name}: RT answers ${response.status}`);
    });
  }

  #run<T>(request: RtRequest, caller: AbortSignal, read: (response: Response) => Promise<T>): Promise<T> {
    // One of our own: a caller with many requests on one signal would have Node warn of its many listeners.
    const signal = AbortSignal.any([caller]);
    const task = () => {
      signal.throwIfAborted();
      return this.#breaker.run(() => this.#ask(request, signal, read));
    };
    return unlessAborted(this.#limit(task), signal);
  }

  async #ask<T>(request: RtRequest, signal: AbortSignal, read: (response: Response) => Promise<T>): Promise<T> {
    if (request.as === 'nobody') return this.#fetch(request, {}, signal, read);
    if (request.as) return this.#fetch(request, { authorization: `token ${request.as.token}` }, signal, read);
    const first = this.#session.headers();
    const answer = await this.#knock(request, await unlessAborted(first, signal), signal, read);
    if (answer !== stranger) return answer;
    // RT forgets sessions when it restarts, and nothing that it did not let in was done: once more is safe.
    this.#session.drop(first);
    const second = this.#session.headers();
    const again = await this.#knock(request, await unlessAborted(second, signal), signal, read);
    if (again === stranger) throw this.#session.refuse(second);
    return again;
  }

  /** What `read` makes of the answer, or that RT does not know the cookie. It sends those who have one to its login page. */
  #knock<T>(
    request: RtRequest,
    headers: SessionHeaders,
    signal: AbortSignal,
    read: (response: Response) => Promise<T>,
  ): Promise<T | typeof stranger> {
    return this.#fetch(request, { ...headers }, signal, async (response) => {
      if (response.status !== 401 && response.status !== 302) return read(response);
      await response.body?.cancel();
      return stranger;
    });
  }

  async #fetch<T>(
    request: RtRequest,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeout);
    try {
      const response = await this.#deps.fetch(this.#address(request), {
        method: request.method ?? 'GET',
        redirect: 'manual',
        headers: {
          // RT sends whatever calls itself a browser to a login page.
          'user-agent': 'portico',
          ...(isJson(request) && { 'content-type': 'application/json' }),
          ...request.headers,
          ...headers,
        },
        body: (isJson(request) ? JSON.stringify(request.body) : (request.body as FormData | undefined)) ?? null,
        signal: AbortSignal.any([signal, late.signal]),
      });
      if (response.status >= 500 || response.status === 429) {
        await response.body?.cancel();
        throw new DeskError('unavailable', `${request.name}: RT answers ${response.status}`);
      }
      return await read(response);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw error instanceof DeskError
        ? error
        : new DeskError('unavailable', `${request.name}: no answer`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  #address({ path, query = {} }: RtRequest): string {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      for (const one of typeof value === 'string' ? [value] : value) params.append(key, one);
    }
    return `${this.#settings.url}${path}${params.size > 0 ? `?${params}` : ''}`;
  }
}

const stranger = Symbol('RT does not know the session');

const isJson = ({ body }: RtRequest) => body !== undefined && !(body instanceof FormData);

/** What RT said, as we know it. Texts of RT are not passed on: they quote customers, and show its folders. @throws DeskError */
export function parseAnswer<Schema extends z.ZodMiniType>(
  schema: Schema,
  { name }: RtRequest,
  { text }: RtAnswer,
): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new DeskError('unavailable', `${name}: RT's answer is no JSON`);
  }
  const result = schema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new DeskError('unavailable', `${name}: RT's answer is not as expected at ${issue?.path.join('.') ?? ''}`);
  }
  return result.data;
}
