import * as z from 'zod/mini';

import { asOfSchema, personSchema, publicIdSchema, ticketSchema, timeSchema } from './schemas.js';

/** Answers that no page needs at first sight: what a ticket, the form and signing in ask for. */

export const ticketDetailSchema = z.extend(ticketSchema, {
  actions: z.array(z.enum(['reply', 'close', 'reopen', 'add-participant', 'rate', 'edit'])),
  participants: z.array(personSchema),
  rating: z.nullable(z.number()),
});

const attachmentSchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  type: z.string(),
  size: z.number(),
  inline: z.boolean(),
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
