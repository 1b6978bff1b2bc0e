import * as z from 'zod/mini';

import { publicIdSchema } from './schemas.js';
import { kept, propertiesSchema, propertyChangesSchema } from './text.js';

// Requests are strict: an unknown key is a mistake that somebody should hear of.

export const subjectLength = 200;
export const messageLength = 20_000;
/** Bytes of a file. */
export const attachmentBytes = 10 * 1024 * 1024;
export const attachmentsPerMessage = 10;

const limitSchema = z.string().check(z.regex(/^([1-9]\d?|100)$/));
const cursorSchema = z.string().check(z.minLength(1), z.maxLength(2000));

/** Text that a person wrote: something other than white space, and no NUL (PostgreSQL cannot store it). */
const written = (max: number) => z.string().check(z.maxLength(max), z.regex(/\S/), z.regex(/^[^\0]*$/));

/** Ids of uploads, in the order in which they are shown. */
const attachmentsSchema = z.optional(z.array(publicIdSchema).check(z.maxLength(attachmentsPerMessage)));

const emailSchema = kept(254).check(z.minLength(1));
/** Of a new one, whose length is a rule of its own: whoever breaks it is told so. */
const passwordSchema = z.string().check(z.minLength(1), z.maxLength(1000));
const codeSchema = kept(100).check(z.minLength(1));

export const signInSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('password'),
    email: emailSchema,
    password: z.string().check(z.minLength(1), z.maxLength(256)),
  }),
  z.strictObject({ method: z.literal('code'), code: codeSchema }),
  z.strictObject({
    method: z.literal('invitation'),
    token: z.string().check(z.regex(/^[\w-]{43,44}$/)),
    password: z.optional(passwordSchema),
  }),
  z.strictObject({
    method: z.literal('exchange'),
    code: z.string().check(z.regex(/^[\w-]{43,44}$/)),
    verifier: z.string().check(z.regex(/^[\w.~-]{43,128}$/)),
  }),
  z.strictObject({
    method: z.literal('consent'),
    version: z.int().check(z.nonnegative()),
    locale: z.string().check(z.maxLength(35)),
  }),
  z.strictObject({ method: z.literal('host-token'), token: z.string().check(z.minLength(1), z.maxLength(4096)) }),
]);

const page = z.optional(z.string().check(z.maxLength(2000)));

/** Mail can go there. */
const mailboxSchema = emailSchema.check(z.regex(/^[^\s@]+@[^\s@]+$/));

export const signInStartSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('email'), email: mailboxSchema, page }),
  z.strictObject({ method: z.literal('reset'), email: mailboxSchema, page }),
  z.strictObject({
    method: z.literal('register'),
    email: mailboxSchema,
    name: kept(200).check(z.regex(/\S/)),
    password: z.optional(passwordSchema),
    page,
  }),
]);

export const newPasswordSchema = z.strictObject({ code: codeSchema, password: passwordSchema });

export const signOutSchema = z.strictObject({ scope: z.enum(['this', 'others', 'all']) });

export const newTicketSchema = z.strictObject({
  subject: written(subjectLength),
  message: written(messageLength),
  properties: z.optional(propertiesSchema),
  form: z.optional(kept(40)),
  followUp: z.optional(publicIdSchema),
  attachments: attachmentsSchema,
});

export const newMessageSchema = z.strictObject({
  body: written(messageLength),
  attachments: attachmentsSchema,
});

export const ticketChangeSchema = z.strictObject({ properties: propertyChangesSchema });

/** One that is no address is nobody's. */
export const newParticipantSchema = z.strictObject({ email: kept(254) });

export const newRatingSchema = z.strictObject({
  rating: z.int().check(z.gte(1), z.lte(5)),
  comment: z.optional(written(messageLength)),
});

export const ticketQuerySchema = z.strictObject({
  scope: z.optional(z.string().check(z.regex(/^(all|mine|participating|company(:[A-Za-z0-9_-]{22})?)$/))),
  state: z.optional(z.enum(['open', 'closed', 'all'])),
  status: z.optional(kept(64).check(z.minLength(1))),
  turn: z.optional(z.enum(['contact', 'support'])),
  /** Of whoever it is: who has asked nothing that the viewer sees is like nobody. */
  requester: z.optional(kept(100).check(z.minLength(1))),
  /** A JSON object: by name of a property, its value or range. */
  properties: z.optional(kept(4000)),
  q: z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[^\0]*$/))),
  sort: z.optional(z.string().check(z.regex(/^-?(updated|created|number|status)$/))),
  cursor: z.optional(cursorSchema),
  limit: z.optional(limitSchema),
});
/** What `properties` of the query is as JSON. */
export const askedPropertiesSchema = z.strictObject({ properties: propertiesSchema });

export type TicketQueryWire = z.infer<typeof ticketQuerySchema>;

/** A whole list, not a page of it. */
export const exportQuerySchema = z.omit(ticketQuerySchema, { cursor: true, limit: true });
export type ExportQueryWire = z.infer<typeof exportQuerySchema>;

export const messageQuerySchema = z.strictObject({
  before: z.optional(cursorSchema),
  after: z.optional(cursorSchema),
  limit: z.optional(limitSchema),
});

const columnSchema = z
  .string()
  .check(
    z.maxLength(80),
    z.regex(/^(subject|number|status|turn|requester|company|created|updated|why|property:[^\0\p{Cs}]+)$/u),
  );

/** What is absent stays as it is. */
export const preferencesChangeSchema = z.strictObject({
  columns: z.optional(
    z.nullable(z.array(columnSchema).check(z.maxLength(30)).register(z.globalRegistry, { uniqueItems: true })),
  ),
  followsCompany: z.optional(z.boolean()),
});

/** A UUID, as the client makes one for each thing that a person sends. */
export const idempotencyKeySchema = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
