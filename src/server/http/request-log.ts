import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

import { DeskError } from '../connectors/connector.js';
import { DatabaseError } from '../database.js';
import type { AppDeps } from '../deps.js';

/** What answers for others to watch, and what is the same for everybody: nobody asks later who has fetched it. */
const quiet = new Set(['/healthz', '/readyz', '/:slug/embed.js', '/:slug/assets/:file']);

/**
 * One entry a request: when, what kind of address, how it ended. The pattern of the route, never the address itself: a query
 * may hold what somebody searched for, and no entry may hold what a customer wrote, is called, or proves to be.
 */
export const requestLog =
  ({ log }: Pick<AppDeps, 'log'>): MiddlewareHandler =>
  async (c, next) => {
    const began = performance.now();
    await next();
    const path = routePath(c);
    if (quiet.has(path)) return;
    log({
      level: 'info',
      event: 'request',
      id: c.get('requestId'),
      method: c.req.method,
      // No route took it: only what runs for all of them.
      route: path === '/*' ? null : path,
      status: c.res.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
    });
  };

/** What may be logged of an error: its name, and the SQLSTATE or what a help desk's connector says of it. Messages of PostgreSQL quote values, and stacks quote messages. */
export const describeError = (error: unknown) => ({
  error: error instanceof Error ? error.name : typeof error,
  ...(error instanceof DatabaseError && { sqlstate: error.code }),
  ...(error instanceof DeskError && { detail: error.detail }),
});
