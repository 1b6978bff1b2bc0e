import type { Context, Hono } from 'hono';
import * as z from 'zod/mini';

import { idempotencyKeySchema } from '../../wire/index.js';
import type { Route } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { Step } from '../database.js';
import { parse, readJson, readQuery } from './input.js';
import { isKept } from './tag.js';

type Parsed<S> = S extends z.ZodMiniType ? z.output<S> : undefined;

/** One request, parsed as its route says. */
export interface Call<R extends Route, Who> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  /** The `Idempotency-Key` of routes that need one, else empty. */
  readonly key: string;
  readonly who: Who;
  readonly request: Request;
  /** Headers of the answer. */
  readonly headers: Headers;
}

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** Answers with the JSON of the route's schema, with a `Response`, or with nothing for 204. */
type Answer<R extends Route, Who> = (
  call: Call<R, Who>,
) => Promise<
  R['answer'] extends z.ZodMiniType ? DeepReadonly<z.input<R['answer']>> : R['status'] extends 204 ? void : Response
>;

/** What a request reads, known from its address alone, and what is answered once its rows are there (`Arrival.rows`). */
export interface Reading<R extends Route, Who> {
  readonly steps: readonly Step[];
  readonly answer: Answer<R, Who>;
}

/**
 * Answers a call, or says first what to read: that travels with the look-up of portal and session, in one exchange with the
 * database. It runs as whoever turns out to ask, before it is known whether they may, and so cannot write.
 */
export type Handler<R extends Route, Who> =
  | Answer<R, Who>
  | { readonly read: (input: Pick<Call<R, Who>, 'params' | 'query'>) => Promise<Reading<R, Who>> };

export type Handlers<Routes extends Record<string, Route>, Who extends Record<keyof Routes, unknown>> = {
  readonly [Name in keyof Routes]: Handler<Routes[Name], Who[Name]>;
};

export interface Checks<Admitted> {
  /** Who may talk to us? Runs `steps` on the way. */
  readonly admit: (c: Context, steps: readonly Step[]) => Promise<Admitted>;
  /** Who asks? */
  readonly identify: (admitted: Admitted, route: Route, c: Context) => Promise<unknown>;
  /** The ETag of an answer. */
  readonly tag?: (admitted: Admitted, route: Route, request: Request, body: object) => Promise<string>;
  /** The route has refused it to them. */
  readonly refused?: (admitted: Admitted, route: Route, params: unknown, error: unknown) => Promise<void>;
}

/**
 * Mounts a table of routes, one handler each. A request is refused in this order: by `admit`, for its path, query, key and
 * body by the route's schemas, by `identify`. Only then its handler reads what is large, a file.
 */
export function mount<Routes extends Record<string, Route>, Admitted, Who extends Record<keyof Routes, unknown>>(
  app: Hono,
  base: string,
  routes: Routes,
  checks: Checks<Admitted>,
  handlers: Handlers<Routes, Who>,
): void {
  for (const [name, route] of Object.entries(routes)) {
    const handler = handlers[name as keyof Routes] as unknown as Handler<Route, unknown>;
    const prepare = async (c: Context) => {
      const params = route.params && readParams(route.params, c);
      const query = parse(route.query ?? z.strictObject({}), readQuery(new URL(c.req.url)));
      const input = { params, query };
      const { steps, answer } = 'read' in handler ? await handler.read(input) : { steps: [], answer: handler };
      return { ...input, steps, respond: answer };
    };
    app.on(route.method, base + route.path, async (c) => {
      const [prepared] = await Promise.allSettled([prepare(c)]);
      const admitted = await checks.admit(c, prepared.status === 'fulfilled' ? prepared.value.steps : []);
      if (prepared.status === 'rejected') throw prepared.reason;
      const { params, query, respond } = prepared.value;
      const key = route.once ? readKey(c) : '';
      const body = route.body && parse(route.body, await readJson(c.req.raw, route.bodyBytes));
      const who = await checks.identify(admitted, route, c);
      const call = { params, query, body, key, who, request: c.req.raw, headers: c.get('answerHeaders') };
      const answer: unknown = await respond(call).catch(async (error: unknown) => {
        await checks.refused?.(admitted, route, params, error);
        throw error;
      });
      if (answer instanceof Response) return answer;
      if (route.tagged && checks.tag) {
        // Made after who asks was known and the policy asked: a tag that somebody kept opens nothing.
        const tag = await checks.tag(admitted, route, c.req.raw, answer as object);
        call.headers.set('etag', tag);
        if (isKept(c.req.raw, tag)) return c.body(null, 304);
      }
      return answer === undefined ? c.body(null, 204) : c.json(answer as object, route.status as 200);
    });
  }
}

/** An id that cannot exist is answered like one that does not. */
function readParams(schema: z.ZodMiniObject, c: Context) {
  const { slug, ...params } = c.req.param() as Record<string, string>;
  // Elsewhere the slug is part of the base.
  const result = z.safeParse(schema, 'slug' in schema.shape ? { ...params, slug } : params);
  if (!result.success) throw new ApiError('not-found');
  return result.data;
}

function readKey(c: Context): string {
  const result = z.safeParse(idempotencyKeySchema, c.req.header('idempotency-key'));
  if (!result.success) throw new ApiError('invalid', { fields: [{ path: 'Idempotency-Key', code: 'missing' }] });
  return result.data.toLowerCase();
}
