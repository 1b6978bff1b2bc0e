import type { MiddlewareHandler } from 'hono';

/** For JSON and files: nothing in them may run or be framed. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** For pages of ours: they hold to what we promise host pages with a strict policy. */
export const pagePolicy =
  "default-src 'self'; img-src 'self' blob: https:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html dompurify";

/** What is known of a request from its beginning: its id, for the log, and headers that its answer gets, whatever it is. */
export interface RequestVariables {
  readonly requestId: string;
  readonly answerHeaders: Headers;
}

declare module 'hono' {
  interface ContextVariableMap extends RequestVariables {}
}

/** Headers of every answer, unless the route has set its own. */
export const answerHeaders =
  (newId: () => string): MiddlewareHandler =>
  async (c, next) => {
    const id = newId();
    const given = new Headers();
    c.set('requestId', id);
    // Not those of `c.res`: to touch it before there is an answer makes one, whose body then goes through a stream.
    c.set('answerHeaders', given);
    await next();
    const { headers } = c.res;
    const set = (name: string, value: string) => {
      if (!headers.has(name)) headers.set(name, value);
    };
    for (const [name, value] of given) {
      if (name === 'set-cookie') headers.append(name, value);
      else set(name, value);
    }
    set('x-request-id', id);
    set('content-security-policy', dataPolicy);
    set('x-content-type-options', 'nosniff');
    set('referrer-policy', 'no-referrer');
    set('cross-origin-resource-policy', 'same-origin');
    set('strict-transport-security', 'max-age=63072000; includeSubDomains');
    set('cache-control', 'private, no-store');
  };
