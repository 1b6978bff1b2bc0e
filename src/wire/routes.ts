import * as z from 'zod/mini';

import {
  messagePageSchema,
  messageQuerySchema,
  messageSchema,
  newMessageSchema,
  newTicketSchema,
  portalSchema,
  publicIdSchema,
  sessionSchema,
  signInSchema,
  signOutSchema,
  ticketDetailSchema,
  ticketPageSchema,
  ticketQuerySchema,
} from './schemas.js';

/** One route of the wire. Adapter, server and OpenAPI document are all made from it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base of its area; a parameter is `:name`. */
  readonly path: string;
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniType;
  /** Needs an `Idempotency-Key`. */
  readonly once?: boolean;
  /** Answered without a session as well. */
  readonly open?: boolean;
  /** Status of success. */
  readonly status: 200 | 201 | 204;
  /** Statuses of refusals that do not follow from the rest: the document names every one. */
  readonly refuses?: readonly number[];
  /** Absent: no body, or bytes that are not JSON. */
  readonly answer?: z.ZodMiniType;
  /** The answer is a stream of server-sent events with this as their `data`. */
  readonly events?: z.ZodMiniType;
}

const byId = z.strictObject({ id: publicIdSchema });

/** Routes below `https://<domain>/<slug>/api/v1`. */
export const portalRoutes = {
  getPortal: { method: 'GET', path: '/portal', open: true, status: 200, answer: portalSchema },
  getSession: { method: 'GET', path: '/session', open: true, status: 200, answer: sessionSchema },
  signIn: {
    method: 'POST',
    path: '/session',
    body: signInSchema,
    open: true,
    status: 200,
    refuses: [401, 429],
    answer: sessionSchema,
  },
  signOut: { method: 'DELETE', path: '/session', body: signOutSchema, open: true, status: 204 },
  listTickets: { method: 'GET', path: '/tickets', query: ticketQuerySchema, status: 200, answer: ticketPageSchema },
  createTicket: {
    method: 'POST',
    path: '/tickets',
    body: newTicketSchema,
    once: true,
    status: 201,
    answer: ticketDetailSchema,
  },
  getTicket: { method: 'GET', path: '/tickets/:id', params: byId, status: 200, answer: ticketDetailSchema },
  listMessages: {
    method: 'GET',
    path: '/tickets/:id/messages',
    params: byId,
    query: messageQuerySchema,
    status: 200,
    answer: messagePageSchema,
  },
  reply: {
    method: 'POST',
    path: '/tickets/:id/messages',
    params: byId,
    body: newMessageSchema,
    once: true,
    status: 201,
    answer: messageSchema,
  },
  close: { method: 'POST', path: '/tickets/:id/close', params: byId, status: 200, answer: ticketDetailSchema },
  reopen: { method: 'POST', path: '/tickets/:id/reopen', params: byId, status: 200, answer: ticketDetailSchema },
  markRead: { method: 'POST', path: '/tickets/:id/read', params: byId, status: 204 },
  download: { method: 'GET', path: '/attachments/:id', params: byId, status: 200 },
} as const satisfies Record<string, Route>;
