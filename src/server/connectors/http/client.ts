import pLimit from 'p-limit';
import { unlessAborted } from '../abort.js';
import { Breaker } from '../breaker.js';
import { DeskError } from '../connector.js';
import type { AnswerOf, EndpointName, HttpRequest, JsonName } from './schemas.js';
import { endpoints } from './schemas.js';
import type { HttpDeps, HttpSettings } from './settings.js';
import { importKey, signatureHeaders } from './signature.js';

/** Requests at once. */
const mostAtOnce = 8;
/** Milliseconds until the answer is there; of a file, until its first byte is. */
const timeout = 10_000;
/** Bytes of an answer in JSON. */
const mostBytes = 10_000_000;

type FileRequest = Extract<HttpRequest, { readonly type: 'file' }>;
type JsonRequest = Exclude<HttpRequest, FileRequest>;

/** Asks the service: signed, never too much at once, never for too long, and not at all while it is down. */
export class HttpClient {
  readonly #settings: HttpSettings;
  readonly #deps: HttpDeps;
  readonly #breaker: Breaker;
  readonly #limit = pLimit(mostAtOnce);
  #key: Promise<CryptoKey> | undefined;

  constructor(settings: HttpSettings, deps: HttpDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#breaker = new Breaker(deps.clock);
  }

  /** What is asked for. @param id of a write, the same each time that it is tried @throws DeskError */
  ask<Name extends JsonName>(
    request: JsonRequest & { readonly type: Name },
    signal: AbortSignal,
    id: string = crypto.randomUUID(),
  ): Promise<AnswerOf<Name>> {
    return this.#run(request, id, signal, async (response) => {
      if (response.status === 200) return parseAnswer(request.type, await readText(response, request.type));
      await response.body?.cancel();
      throw refusal(request.type, response.status);
    });
  }

  /** A file as it comes; `null` where there is none. @throws DeskError */
  open(request: FileRequest, signal: AbortSignal): Promise<Response | null> {
    return this.#run(request, crypto.randomUUID(), signal, async (response) => {
      if (response.status === 200 && response.body) return response;
      await response.body?.cancel();
      if (response.status === 404) return null;
      throw refusal(request.type, response.status);
    });
  }

  #run<T>(request: HttpRequest, id: string, caller: AbortSignal, read: (response: Response) => Promise<T>): Promise<T> {
    // One of our own: a caller with many requests on one signal would have Node warn of its many listeners.
    const signal = AbortSignal.any([caller]);
    const task = () => {
      signal.throwIfAborted();
      return this.#breaker.run(() => this.#fetch(request, id, signal, read));
    };
    return unlessAborted(this.#limit(task), signal);
  }

  async #fetch<T>(
    request: HttpRequest,
    id: string,
    signal: AbortSignal,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeout);
    try {
      const body = JSON.stringify(request);
      this.#key ??= importKey(this.#settings.key);
      const signed = await signatureHeaders(await this.#key, id, this.#deps.clock(), body);
      const response = await this.#deps.fetch(`${this.#settings.url}/${request.type}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'user-agent': 'portico', 'content-type': 'application/json', ...signed },
        body,
        signal: AbortSignal.any([signal, late.signal]),
      });
      return await read(response);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw error instanceof DeskError
        ? error
        : new DeskError('unavailable', `${request.type}: no answer`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * What a status other than 200 means. Only these three say that a write will never be done: whatever stands between the
 * service and us answers with the others as well, and nothing that a customer wrote is thrown away for that.
 */
function refusal(name: EndpointName, status: number): DeskError {
  const detail = `${name}: the service answers ${status}`;
  if (name === 'write' && [409, 413, 422].includes(status)) return new DeskError('refused', detail);
  const passes = status >= 500 || status < 300 || status === 408 || status === 429;
  return new DeskError(passes ? 'unavailable' : 'misconfigured', detail);
}

async function readText(response: Response, name: EndpointName): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new DeskError('unavailable', `${name}: the answer is larger than ${mostBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** What the service said, as we know it. Its texts are not passed on: they quote customers. @throws DeskError */
function parseAnswer<Name extends JsonName>(name: Name, text: string): AnswerOf<Name> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new DeskError('unavailable', `${name}: the answer is no JSON`);
  }
  const result = endpoints[name].answer.safeParse(json);
  if (result.success) return result.data as AnswerOf<Name>;
  const path = result.error.issues[0]?.path.join('.') ?? '';
  throw new DeskError('unavailable', `${name}: the answer is not as expected at ${path || 'its top'}`);
}
