import * as z from 'zod/mini';

import { type AnsweredRoute, firstAnswers } from './answers.js';
import {
  consentSchema,
  countsOf,
  messagePageSchema,
  messageSchema,
  nonceSchema,
  preferencesSchema,
  ticketDetailSchema,
  uploadSchema,
} from './later-schemas.js';
import { pendingSchema, sessionSchema } from './schemas.js';

/** Every route below `https://<domain>/<slug>/api/v1`, without what only a server checks. */
export const portalAnswers = {
  ...firstAnswers,
  signIn: { method: 'POST', path: '/session', answer: sessionSchema },
  startSignIn: { method: 'POST', path: '/session/start', answer: pendingSchema },
  getNonce: { method: 'POST', path: '/session/nonce', answer: nonceSchema },
  setPassword: { method: 'POST', path: '/session/password' },
  signOut: { method: 'DELETE', path: '/session' },
  getConsent: { method: 'GET', path: '/consent', answer: consentSchema },
  withdrawConsent: { method: 'DELETE', path: '/consent' },
  exportTickets: { method: 'GET', path: '/tickets.csv' },
  createTicket: { method: 'POST', path: '/tickets', answer: ticketDetailSchema },
  getTicket: { method: 'GET', path: '/tickets/:id', answer: ticketDetailSchema },
  edit: { method: 'PATCH', path: '/tickets/:id', answer: ticketDetailSchema },
  addParticipant: { method: 'POST', path: '/tickets/:id/participants', answer: ticketDetailSchema },
  listMessages: { method: 'GET', path: '/tickets/:id/messages', answer: messagePageSchema },
  reply: { method: 'POST', path: '/tickets/:id/messages', answer: messageSchema },
  close: { method: 'POST', path: '/tickets/:id/close', answer: ticketDetailSchema },
  reopen: { method: 'POST', path: '/tickets/:id/reopen', answer: ticketDetailSchema },
  rate: { method: 'PUT', path: '/tickets/:id/rating', answer: ticketDetailSchema },
  getCounts: { method: 'GET', path: '/counts', answer: countsOf(z.number()) },
  markRead: { method: 'POST', path: '/tickets/:id/read' },
  upload: { method: 'POST', path: '/attachments', answer: uploadSchema },
  download: { method: 'GET', path: '/attachments/:id' },
  getPreferences: { method: 'GET', path: '/preferences', answer: preferencesSchema },
  setPreferences: { method: 'PUT', path: '/preferences', answer: preferencesSchema },
} as const satisfies Record<string, AnsweredRoute>;
