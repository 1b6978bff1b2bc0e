import type * as z from 'zod/mini';

import {
  messagePageSchema,
  messageSchema,
  nonceSchema,
  pendingSchema,
  portalSchema,
  sessionSchema,
  ticketDetailSchema,
  ticketPageSchema,
  uploadSchema,
} from './schemas.js';

/** What of a route a client needs: where to ask, and what it gets. */
export interface AnsweredRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base of its area; a parameter is `:name`. */
  readonly path: string;
  /** Absent: no body, or bytes that are not JSON. */
  readonly answer?: z.ZodMiniType;
}

/** Routes below `https://<domain>/<slug>/api/v1`, without what only a server checks: a page loads no more of them. */
export const portalAnswers = {
  getPortal: { method: 'GET', path: '/portal', answer: portalSchema },
  getSession: { method: 'GET', path: '/session', answer: sessionSchema },
  signIn: { method: 'POST', path: '/session', answer: sessionSchema },
  startSignIn: { method: 'POST', path: '/session/start', answer: pendingSchema },
  getNonce: { method: 'POST', path: '/session/nonce', answer: nonceSchema },
  setPassword: { method: 'POST', path: '/session/password' },
  signOut: { method: 'DELETE', path: '/session' },
  listTickets: { method: 'GET', path: '/tickets', answer: ticketPageSchema },
  createTicket: { method: 'POST', path: '/tickets', answer: ticketDetailSchema },
  getTicket: { method: 'GET', path: '/tickets/:id', answer: ticketDetailSchema },
  listMessages: { method: 'GET', path: '/tickets/:id/messages', answer: messagePageSchema },
  reply: { method: 'POST', path: '/tickets/:id/messages', answer: messageSchema },
  close: { method: 'POST', path: '/tickets/:id/close', answer: ticketDetailSchema },
  reopen: { method: 'POST', path: '/tickets/:id/reopen', answer: ticketDetailSchema },
  markRead: { method: 'POST', path: '/tickets/:id/read' },
  upload: { method: 'POST', path: '/attachments', answer: uploadSchema },
  download: { method: 'GET', path: '/attachments/:id' },
  streamEvents: { method: 'GET', path: '/events' },
} as const satisfies Record<string, AnsweredRoute>;
