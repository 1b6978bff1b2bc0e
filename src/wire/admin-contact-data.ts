import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const byId = z.strictObject({ id: publicIdSchema });

const fileSchema = z.object({ name: z.string(), type: z.string(), size: z.number() });
const messageSchema = z.object({
  id: publicIdSchema,
  at: z.string(),
  /** By the contact. */
  own: z.boolean(),
  author: z.string(),
  text: z.string(),
  files: z.array(fileSchema),
});
const ticketSchema = z.object({
  id: publicIdSchema,
  number: z.number(),
  subject: z.string(),
  status: z.string(),
  createdAt: z.string(),
  relation: z.enum(['requester', 'contact', 'participant', 'none']),
  properties: z.record(z.string(), z.unknown()),
  readAt: z.nullable(z.string()),
  rating: z.nullable(z.object({ rating: z.number(), comment: z.nullable(z.string()), at: z.string() })),
  /** Public ones: all of a ticket that they asked, their own of another. */
  messages: z.array(messageSchema),
});

/** Everything that is kept about one person. */
export const contactDataSchema = z.object({
  contact: z.object({
    id: publicIdSchema,
    email: z.string(),
    name: z.string(),
    locale: z.string(),
    enabled: z.boolean(),
    verified: z.boolean(),
    hasPassword: z.boolean(),
    properties: z.record(z.string(), z.unknown()),
    companies: z.array(z.object({ name: z.string(), primary: z.boolean() })),
    accessGroups: z.array(z.string()),
  }),
  preferences: z.nullable(z.object({ columns: z.nullable(z.array(z.string())), followsCompany: z.boolean() })),
  identities: z.array(z.object({ issuer: z.string(), subject: z.string(), since: z.string() })),
  sessions: z.array(
    z.object({ portal: z.string(), method: z.string(), startedAt: z.string(), lastSeenAt: z.string() }),
  ),
  /** Codes, links and invitations that they have not used yet, or lately. */
  signIns: z.array(z.object({ portal: z.string(), kind: z.string(), at: z.string() })),
  /** What they have agreed to before a session, and whether they have withdrawn it. */
  consents: z.array(
    z.object({
      portal: z.string(),
      version: z.number(),
      locale: z.string(),
      text: z.string(),
      givenAt: z.string(),
      withdrawnAt: z.nullable(z.string()),
    }),
  ),
  /** Sent, and not written into a message yet. */
  uploads: z.array(z.object({ ...fileSchema.shape, at: z.string() })),
  tickets: z.array(ticketSchema),
  /** Entries of the audit log by them or about them. */
  audit: z.array(
    z.object({
      at: z.string(),
      event: z.string(),
      actor: z.string(),
      portal: z.nullable(z.string()),
      outcome: z.string(),
    }),
  ),
});

export type ContactDataWire = z.infer<typeof contactDataSchema>;

/** Part of the administrator's routes: what the law gives a person a right to. */
export const adminContactDataRoutes = {
  exportContact: {
    method: 'GET',
    path: '/contacts/:id/export',
    params: byId,
    query: accountQuery,
    status: 200,
    answer: contactDataSchema,
  },
  /** For good. Tickets stay, without who asked and what they wrote. */
  eraseContact: { method: 'DELETE', path: '/contacts/:id', params: byId, query: accountQuery, status: 204 },
} as const satisfies Record<string, Route>;
