import * as z from 'zod/mini';

import { errorCodes } from '../model/index.js';

// Compiling schemas with `new Function` is reported as a violation on pages with a strict content security policy.
z.config({ jitless: true });

/** 128 random bits in base64url. */
export const publicIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
const timeSchema = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
const localeSchema = z.string().check(z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));
/** Text that PostgreSQL can keep, also inside of JSON: no NUL, and no half of a surrogate pair. */
export const kept = (max: number) => z.string().check(z.maxLength(max), z.regex(/^[^\0\p{Cs}]*$/u));
const propertiesSchema = z.record(kept(64), kept(2000));
const limitSchema = z.string().check(z.regex(/^([1-9]\d?|100)$/));
const cursorSchema = z.string().check(z.minLength(1), z.maxLength(2000));

export const subjectLength = 200;
export const messageLength = 20_000;

/** Text that a person wrote: something other than white space, and no NUL (PostgreSQL cannot store it). */
const written = (max: number) => z.string().check(z.maxLength(max), z.regex(/\S/), z.regex(/^[^\0]*$/));

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
  properties: propertiesSchema,
  why: whySchema,
});

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

/** A help desk behind the portal does not answer: what is shown is of then. */
const asOfSchema = z.nullable(timeSchema);

export const ticketPageSchema = z.object({
  items: z.array(ticketSchema),
  nextCursor: z.nullable(z.string()),
  asOf: asOfSchema,
});

export const messagePageSchema = z.object({
  items: z.array(messageSchema),
  nextCursor: z.nullable(z.string()),
  previousCursor: z.nullable(z.string()),
  asOf: asOfSchema,
});

export const portalSchema = z.object({
  name: z.string(),
  slug: z.string(),
  locale: localeSchema,
  locales: z.array(localeSchema),
  signIn: z.array(z.enum(['password'])),
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
    }),
  ),
  statuses: z.array(statusSchema),
  words: z.object({ ticket: z.nullable(z.record(z.string(), z.string())) }),
  limits: z.object({
    attachmentBytes: z.number(),
    attachmentsPerMessage: z.number(),
    messageLength: z.number(),
  }),
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

// Requests are strict: an unknown key is a mistake that somebody should hear of.

export const signInSchema = z.strictObject({
  method: z.literal('password'),
  email: kept(254).check(z.minLength(1)),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
});

export const signOutSchema = z.strictObject({ scope: z.enum(['this', 'others', 'all']) });

export const newTicketSchema = z.strictObject({
  subject: written(subjectLength),
  message: written(messageLength),
  properties: z.optional(propertiesSchema),
});

export const newMessageSchema = z.strictObject({ body: written(messageLength) });

export const ticketQuerySchema = z.strictObject({
  scope: z.optional(z.string().check(z.regex(/^(all|mine|participating|company(:[A-Za-z0-9_-]{22})?)$/))),
  state: z.optional(z.enum(['open', 'closed', 'all'])),
  status: z.optional(kept(64).check(z.minLength(1))),
  q: z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[^\0]*$/))),
  sort: z.optional(z.string().check(z.regex(/^-?(updated|created|number|status)$/))),
  cursor: z.optional(cursorSchema),
  limit: z.optional(limitSchema),
});
export type TicketQueryWire = z.infer<typeof ticketQuerySchema>;

export const messageQuerySchema = z.strictObject({
  before: z.optional(cursorSchema),
  after: z.optional(cursorSchema),
  limit: z.optional(limitSchema),
});

/** A UUID, as the client makes one for each thing that a person sends. */
export const idempotencyKeySchema = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
