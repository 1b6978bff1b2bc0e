import * as z from 'zod/mini';

import { errorCodes } from '../model/index.js';

/** 128 random bits in base64url. */
export const publicIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
export const timeSchema = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
const localeSchema = z.string().check(z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));
// Answers are read with `z.object`, which drops what a newer server adds; the OpenAPI document closes them.

export const personSchema = z.object({ id: publicIdSchema, name: z.string() });
export const companySchema = z.object({ id: publicIdSchema, name: z.string() });

export const statusSchema = z.object({
  id: z.string(),
  category: z.enum(['open', 'waiting_on_contact', 'closed']),
  label: z.string(),
});

const whySchema = z.object({
  relation: z.enum(['requester', 'contact', 'participant', 'company']),
  company: z.nullable(companySchema),
  condition: z.nullable(z.object({ property: z.string(), value: z.string() })),
});

export const ticketSchema = z.object({
  id: publicIdSchema,
  number: z.number(),
  subject: z.string(),
  status: statusSchema,
  turn: z.nullable(z.enum(['contact', 'support'])),
  requester: personSchema,
  company: z.nullable(companySchema),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  unread: z.boolean(),
  snippet: z.nullable(z.object({ text: z.string(), marks: z.array(z.tuple([z.number(), z.number()])) })),
  properties: z.record(z.string(), z.string()),
  why: whySchema,
});

/** A help desk behind the portal does not answer: what is shown is of then. */
export const asOfSchema = z.nullable(timeSchema);

export const ticketPageSchema = z.object({
  items: z.array(ticketSchema),
  nextCursor: z.nullable(z.string()),
  asOf: asOfSchema,
});

export const portalSchema = z.object({
  name: z.string(),
  slug: z.string(),
  locale: localeSchema,
  locales: z.array(localeSchema),
  signIn: z.array(z.enum(['password', 'email', 'reset', 'register', 'host-token', 'sso'])),
  connections: z.array(z.object({ id: publicIdSchema, label: z.string() })),
  features: z.array(z.string()),
  forms: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      fields: z.array(
        z.object({
          name: z.string(),
          type: z.enum(['text', 'textarea']),
          required: z.boolean(),
          label: z.string(),
        }),
      ),
      properties: z.optional(z.array(z.object({ name: z.string(), required: z.boolean() }))),
    }),
  ),
  statuses: z.array(statusSchema),
  properties: z.optional(
    z.array(
      z.object({
        name: z.string(),
        type: z.enum(['text', 'choice', 'number', 'date', 'boolean']),
        label: z.string(),
        options: z.nullable(z.array(z.object({ value: z.string(), label: z.string() }))),
      }),
    ),
  ),
  words: z.object({ ticket: z.nullable(z.record(z.string(), z.string())) }),
  limits: z.object({
    attachmentBytes: z.number(),
    attachmentsPerMessage: z.number(),
    attachmentExtensions: z.optional(z.array(z.string())),
    messageLength: z.number(),
  }),
});

export const pendingSchema = z.object({
  method: z.enum(['email', 'register', 'reset', 'consent']),
  email: z.string(),
  expiresAt: timeSchema,
});

export const sessionSchema = z.object({
  contact: z.nullable(
    z.object({
      id: publicIdSchema,
      name: z.string(),
      email: z.string(),
      locale: localeSchema,
      company: z.nullable(companySchema),
    }),
  ),
  permission: z.nullable(z.enum(['own', 'company'])),
  expiresAt: z.nullable(timeSchema),
  draftKey: z.nullable(z.string()),
  columns: z.optional(z.nullable(z.array(z.string()))),
  pending: z.optional(pendingSchema),
  untilReload: z.optional(z.boolean()),
});

/** RFC 9457. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number(),
  code: z.enum(errorCodes),
  fields: z.nullable(z.array(z.object({ path: z.string(), code: z.string() }))),
  retryAfter: z.nullable(z.number()),
});
