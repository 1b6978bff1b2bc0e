import * as z from 'zod/mini';

import { asOfSchema, companySchema, personSchema, publicIdSchema, ticketSchema, timeSchema } from './schemas.js';

/** Answers that no page needs at first sight: what a ticket, the form and signing in ask for. */

const ticketLinkSchema = z.object({ id: publicIdSchema, number: z.number(), subject: z.string() });

export const ticketDetailSchema = z.extend(ticketSchema, {
  actions: z.array(z.enum(['reply', 'close', 'reopen', 'add-participant', 'rate', 'edit'])),
  participants: z.array(personSchema),
  rating: z.nullable(z.number()),
  ratingComment: z.optional(z.nullable(z.string())),
  followUpOf: z.optional(z.nullable(ticketLinkSchema)),
  followUps: z.optional(z.array(ticketLinkSchema)),
  readAt: z.nullable(timeSchema),
});

/** @param count how far one counts is said by who does; a client takes any number */
export const countsOf = <Count extends z.ZodMiniType<number>>(count: Count) =>
  z.object({
    scopes: z.object({
      all: count,
      mine: count,
      participating: count,
      /** Companies of the contact, the primary one first. Further ones are counted among the newest 1,000 tickets. */
      company: z.array(z.extend(companySchema, { count })),
    }),
    states: z.object({ open: count, closed: count }),
    /** By status id, for every status of the portal. */
    statuses: z.record(z.string(), count),
    /** Who asked, by name, at most 200, among the newest 1,000. */
    requesters: z.array(z.extend(personSchema, { count })),
    /** Among the newest 1,000. */
    unread: count,
  });

const attachmentSchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  type: z.string(),
  size: z.number(),
  inline: z.boolean(),
  contentId: z.nullable(z.string()),
});

export const messageSchema = z.object({
  id: publicIdSchema,
  kind: z.enum(['message', 'status']),
  createdAt: timeSchema,
  author: z.object({ id: z.string(), name: z.string(), side: z.enum(['contact', 'support', 'system']) }),
  text: z.string(),
  html: z.nullable(z.string()),
  status: z.nullable(z.object({ from: z.string(), to: z.string() })),
  attachments: z.array(attachmentSchema),
});

export const messagePageSchema = z.object({
  items: z.array(messageSchema),
  nextCursor: z.nullable(z.string()),
  previousCursor: z.nullable(z.string()),
  asOf: asOfSchema,
});

export const nonceSchema = z.object({ nonce: z.string(), expiresAt: timeSchema });

/** What somebody is asked to agree to, or has agreed to; `null` where they have agreed to nothing. */
export const consentSchema = z.object({
  notice: z.nullable(
    z.object({ version: z.number(), locale: z.string(), text: z.string(), givenAt: z.nullable(timeSchema) }),
  ),
});

export const preferencesSchema = z.object({
  columns: z.nullable(z.array(z.string())),
  followsCompany: z.boolean(),
});

export const uploadSchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  type: z.string(),
  size: z.number(),
  expiresAt: timeSchema,
});
