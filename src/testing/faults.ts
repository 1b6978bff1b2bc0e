import type { ErrorCode } from '../model/index.js';

/** What can go wrong between a page and its portal. */
export type Fault =
  /** The server refuses, with a problem document as the reference server makes them. */
  | { readonly kind: 'problem'; readonly status: number; readonly code: ErrorCode; readonly retryAfter?: number }
  /** Something in between refuses, with a page of its own. */
  | { readonly kind: 'proxy'; readonly status: number }
  /** An answer that nobody can read. */
  | { readonly kind: 'malformed' }
  /** No answer, and the request went nowhere. */
  | { readonly kind: 'unreachable' }
  /** The request arrived and was carried out; its answer got lost. */
  | { readonly kind: 'lost' }
  /** The answer comes late, by so many milliseconds. */
  | { readonly kind: 'late'; readonly by: number };

export interface FaultRule {
  readonly fault: Fault;
  /** Which requests: method and path, as in `POST /tickets`. Default: all. */
  readonly on?: RegExp;
  /** How many requests meet the fault. Default: all, until `clear`. */
  readonly times?: number;
}

export interface FaultLayer {
  add(rule: FaultRule): void;
  clear(): void;
  /** Lets the request meet its fault, if it has one, and otherwise passes it on. */
  handle(request: Request, forward: (request: Request) => Promise<Response>): Promise<Response>;
}

/** Sits around `fetch`, or inside a request handler, and breaks what it is told to break. */
export function createFaults(): FaultLayer {
  let rules: { rule: FaultRule; left: number }[] = [];

  function faultOf(request: Request): Fault | undefined {
    const line = `${request.method} ${new URL(request.url).pathname.replace(/^.*\/api\/v1/, '')}`;
    const found = rules.find(({ rule, left }) => left > 0 && (rule.on?.test(line) ?? true));
    if (found) found.left -= 1;
    return found?.rule.fault;
  }

  return {
    add: (rule) => void rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY }),
    clear: () => {
      rules = [];
    },
    async handle(request, forward) {
      const fault = faultOf(request);
      switch (fault?.kind) {
        case undefined:
          return forward(request);
        case 'problem':
          return problem(fault);
        case 'proxy':
          return new Response('<!doctype html><title>Bad gateway</title>', { status: fault.status });
        case 'malformed':
          return Response.json({ contact: 'surprise', items: 7 });
        case 'unreachable':
          throw new TypeError('Failed to fetch');
        case 'lost':
          await forward(request);
          throw new TypeError('Failed to fetch');
        case 'late':
          await pause(fault.by, request.signal);
          return forward(request);
      }
    },
  };
}

function problem({ status, code, retryAfter = null }: { status: number; code: string; retryAfter?: number | null }) {
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
  const body = { type: 'about:blank', title: code, status, code, fields: null, retryAfter };
  return new Response(JSON.stringify(body), { status, headers });
}

/** Rejects as `fetch` does when the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** While `run` runs, the browser says that it has no network. */
export async function withoutNetwork(run: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { onLine: false } });
  try {
    await run();
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
}
