import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { newMessageSchema, ticketQuerySchema } from './requests.js';
import { messageSchema } from './later-schemas.js';
import { companySchema, personSchema, publicIdSchema, statusSchema } from './schemas.js';

const byId = z.strictObject({ id: publicIdSchema });

export const staffTicketSchema = z.object({
  id: publicIdSchema,
  number: z.number(),
  subject: z.string(),
  status: statusSchema,
  requester: personSchema,
  company: z.nullable(companySchema),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const staffLinkSchema = z.object({ id: publicIdSchema, number: z.number(), subject: z.string() });

export const staffTicketDetailSchema = z.extend(staffTicketSchema, {
  inbox: z.object({ id: publicIdSchema, name: z.string() }),
  /** All of them; `company` is the first. */
  companies: z.array(companySchema),
  parties: z.array(
    z.object({
      id: publicIdSchema,
      name: z.string(),
      email: z.string(),
      role: z.enum(['requester', 'contact', 'participant']),
    }),
  ),
  properties: z.record(z.string(), z.string()),
  /** Statuses that the account has, for a choice. */
  statuses: z.array(statusSchema),
  /** The ticket that this one goes on with. */
  followUpOf: z.nullable(staffLinkSchema),
  followUps: z.array(staffLinkSchema),
  /** What contacts think of the help, the latest first. */
  ratings: z.array(
    z.object({ contact: personSchema, rating: z.number(), comment: z.nullable(z.string()), ratedAt: z.string() }),
  ),
});

/** A message as staff sees it: internal notes too. */
export const staffMessageSchema = z.extend(messageSchema, { internal: z.boolean() });

const staffQuerySchema = z.strictObject({
  account: z.optional(publicIdSchema),
  q: ticketQuerySchema.shape.q,
  state: ticketQuerySchema.shape.state,
  inbox: z.optional(publicIdSchema),
  cursor: ticketQuerySchema.shape.cursor,
  limit: ticketQuerySchema.shape.limit,
});
const accountQuerySchema = z.strictObject({ account: z.optional(publicIdSchema) });

/** Routes below `/staff/api/v1`, with a bearer token or as staff who has signed in. */
export const staffRoutes = {
  listTickets: {
    method: 'GET',
    path: '/tickets',
    query: staffQuerySchema,
    status: 200,
    answer: z.object({ items: z.array(staffTicketSchema), nextCursor: z.nullable(z.string()) }),
  },
  getTicket: {
    method: 'GET',
    path: '/tickets/:id',
    params: byId,
    query: accountQuerySchema,
    status: 200,
    answer: staffTicketDetailSchema,
  },
  updateTicket: {
    method: 'PATCH',
    path: '/tickets/:id',
    params: byId,
    query: accountQuerySchema,
    body: z.strictObject({
      status: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
      inbox: z.optional(publicIdSchema),
    }),
    status: 200,
    answer: staffTicketDetailSchema,
  },
  listMessages: {
    method: 'GET',
    path: '/tickets/:id/messages',
    params: byId,
    query: accountQuerySchema,
    status: 200,
    answer: z.object({ items: z.array(staffMessageSchema) }),
  },
  reply: {
    method: 'POST',
    path: '/tickets/:id/messages',
    params: byId,
    query: accountQuerySchema,
    body: newMessageSchema,
    status: 201,
    answer: staffMessageSchema,
  },
  addNote: {
    method: 'POST',
    path: '/tickets/:id/notes',
    params: byId,
    query: accountQuerySchema,
    body: newMessageSchema,
    status: 201,
    answer: staffMessageSchema,
  },
} as const satisfies Record<string, Route>;
