import * as z from 'zod/mini';

import type { AnsweredRoute } from './answers.js';
import { portalAnswers } from './later-answers.js';
import {
  exportQuerySchema,
  messageQuerySchema,
  newMessageSchema,
  newParticipantSchema,
  newPasswordSchema,
  newRatingSchema,
  newTicketSchema,
  preferencesChangeSchema,
  signInSchema,
  signInStartSchema,
  signOutSchema,
  ticketChangeSchema,
  ticketQuerySchema,
} from './requests.js';
import { publicIdSchema } from './schemas.js';
import { uploadsPath } from './tus.js';

/** One route of the wire. Adapter, server and OpenAPI document are all made from it. */
export interface Route extends AnsweredRoute {
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniType;
  /** Of the body as JSON, where it may be larger than others. */
  readonly bodyBytes?: number;
  /** The body is `multipart/form-data` with one `file`. */
  readonly file?: true;
  /** Speaks tus, as `tus.ts` describes it. */
  readonly tus?: true;
  /** Needs an `Idempotency-Key`. */
  readonly once?: boolean;
  /** Answered without a session as well. */
  readonly open?: boolean;
  /** The answer has an ETag; who has it already, by `If-None-Match`, gets 304. */
  readonly tagged?: boolean;
  /** Status of success. */
  readonly status: 200 | 201 | 204;
  /** Statuses of refusals that do not follow from the rest: the document names every one. */
  readonly refuses?: readonly number[];
  /** Media type of an answer that is neither JSON nor whatever somebody has sent. */
  readonly type?: string;
  /** The answer is a stream of server-sent events with this as their `data`. */
  readonly events?: z.ZodMiniType;
}

const byId = z.strictObject({ id: publicIdSchema });

/** Routes below `https://<domain>/<slug>/api/v1`. */
export const portalRoutes = {
  getPortal: { ...portalAnswers.getPortal, open: true, tagged: true, status: 200 },
  getSession: { ...portalAnswers.getSession, open: true, status: 200 },
  signIn: { ...portalAnswers.signIn, body: signInSchema, open: true, status: 200, refuses: [401, 409, 429] },
  startSignIn: { ...portalAnswers.startSignIn, body: signInStartSchema, open: true, status: 200, refuses: [429] },
  getNonce: { ...portalAnswers.getNonce, open: true, status: 200, refuses: [429] },
  setPassword: { ...portalAnswers.setPassword, body: newPasswordSchema, open: true, status: 204, refuses: [401, 429] },
  signOut: { ...portalAnswers.signOut, body: signOutSchema, open: true, status: 204 },
  getConsent: { ...portalAnswers.getConsent, open: true, status: 200, refuses: [401] },
  withdrawConsent: { ...portalAnswers.withdrawConsent, status: 204, refuses: [404] },
  listTickets: { ...portalAnswers.listTickets, query: ticketQuerySchema, tagged: true, status: 200 },
  exportTickets: {
    ...portalAnswers.exportTickets,
    query: exportQuerySchema,
    type: 'text/csv',
    status: 200,
    refuses: [429],
  },
  createTicket: { ...portalAnswers.createTicket, body: newTicketSchema, once: true, status: 201 },
  getTicket: { ...portalAnswers.getTicket, params: byId, tagged: true, status: 200 },
  edit: { ...portalAnswers.edit, params: byId, body: ticketChangeSchema, status: 200 },
  addParticipant: {
    ...portalAnswers.addParticipant,
    params: byId,
    body: newParticipantSchema,
    status: 200,
    refuses: [429],
  },
  listMessages: { ...portalAnswers.listMessages, params: byId, query: messageQuerySchema, tagged: true, status: 200 },
  reply: { ...portalAnswers.reply, params: byId, body: newMessageSchema, once: true, status: 201 },
  close: { ...portalAnswers.close, params: byId, status: 200 },
  reopen: { ...portalAnswers.reopen, params: byId, status: 200 },
  rate: { ...portalAnswers.rate, params: byId, body: newRatingSchema, status: 200 },
  markRead: { ...portalAnswers.markRead, params: byId, status: 204 },
  upload: { ...portalAnswers.upload, file: true, status: 201, refuses: [429] },
  // Clients speak these by a library, from the first address on.
  beginUpload: { method: 'POST', path: uploadsPath, tus: true, status: 201, refuses: [412, 413, 415, 422, 429] },
  findUpload: { method: 'GET', path: `${uploadsPath}/:id`, params: byId, tus: true, status: 200, refuses: [412] },
  continueUpload: {
    method: 'PATCH',
    path: `${uploadsPath}/:id`,
    params: byId,
    tus: true,
    status: 200,
    refuses: [409, 412, 413, 415, 422],
  },
  endUpload: { method: 'DELETE', path: `${uploadsPath}/:id`, params: byId, tus: true, status: 204, refuses: [412] },
  download: { ...portalAnswers.download, params: byId, status: 200 },
  getPreferences: { ...portalAnswers.getPreferences, tagged: true, status: 200 },
  setPreferences: { ...portalAnswers.setPreferences, body: preferencesChangeSchema, status: 200 },
} as const satisfies Record<string, Route>;
