import type * as z from 'zod/mini';

import { portalSchema, sessionSchema, ticketPageSchema } from './schemas.js';

/** What of a route a client needs: where to ask, and what it gets. */
export interface AnsweredRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base of its area; a parameter is `:name`. */
  readonly path: string;
  /** Absent: no body, or bytes that are not JSON. */
  readonly answer?: z.ZodMiniType;
}

/**
 * What a page asks at first sight, without what only a server checks: it loads no more of the routes below
 * `https://<domain>/<slug>/api/v1`.
 */
export const firstAnswers = {
  getPortal: { method: 'GET', path: '/portal', answer: portalSchema },
  getSession: { method: 'GET', path: '/session', answer: sessionSchema },
  listTickets: { method: 'GET', path: '/tickets', answer: ticketPageSchema },
  streamEvents: { method: 'GET', path: '/events' },
} as const satisfies Record<string, AnsweredRoute>;
