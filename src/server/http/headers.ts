import type { MiddlewareHandler } from 'hono';

/** For JSON and files: nothing in them may run or be framed. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** For pages of ours: they hold to what we promise host pages with a strict policy. */
export const pagePolicy =
  "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html dompurify";

/** Headers of every answer, unless the route has set its own. */
export const securityHeaders =
  (newId: () => string): MiddlewareHandler =>
  async (c, next) => {
    // From the beginning, so that what goes wrong can be logged under it.
    c.res.headers.set('x-request-id', newId());
    await next();
    const set = (name: string, value: string) => {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    };
    set('content-security-policy', dataPolicy);
    set('x-content-type-options', 'nosniff');
    set('referrer-policy', 'no-referrer');
    set('cross-origin-resource-policy', 'same-origin');
    set('strict-transport-security', 'max-age=63072000; includeSubDomains');
    set('cache-control', 'private, no-store');
  };
