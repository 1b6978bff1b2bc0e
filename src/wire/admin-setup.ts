import * as z from 'zod/mini';

import { permissionSchema } from './admin-permission.js';
import { ticketDetailSchema } from './later-schemas.js';
import type { Route } from './routes.js';
import { companySchema, personSchema, publicIdSchema, timeSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const bySlug = z.strictObject({ slug: kept(100) });
const byId = z.strictObject({ id: publicIdSchema });
const localeSchema = z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));

/** Where portals are: the server's own name, or a host that the account has connected. */
export const domainSchema = z.object({
  id: publicIdSchema,
  kind: z.enum(['system', 'connected']),
  /** `null` for the server's own name. */
  host: z.nullable(z.string()),
  /** Of the portals that follow it. */
  locale: localeSchema,
  /** How many are on it. */
  portals: z.number(),
});

/** The steps of the guided set-up, after the name. */
export const setUpStepSchema = z.enum(['address', 'tickets', 'access']);

const byCategorySchema = z.record(z.enum(['open', 'waiting_on_contact', 'closed']), ticketDetailSchema.shape.actions);

/** What is there already for who sets up a portal. */
export const setupSchema = z.object({
  account: z.object({ id: z.string(), name: z.string() }),
  /** Scheme and host of the system domain. */
  base: z.string(),
  /** Mail leaves the server; it is kept here and read by nobody else. */
  mail: z.object({ sends: z.boolean(), keeps: z.boolean() }),
  /** `null` for the built-in one. */
  desk: z.nullable(
    z.object({
      kind: z.string(),
      lag: z.number(),
      syncedAt: z.nullable(timeSchema),
      /** False: what a form asks is written above the message. */
      keepsProperties: z.boolean(),
    }),
  ),
  inboxes: z.array(z.object({ id: publicIdSchema, name: z.string() })),
  domains: z.array(domainSchema),
  contacts: z.number(),
  companies: z.number(),
  /** What customers may do. */
  actions: z.object({
    /** Without a setting. */
    usual: z.record(z.enum(['requester', 'participant', 'colleague']), byCategorySchema),
    /** What there is to allow, by the category of a ticket's status. */
    possible: byCategorySchema,
  }),
  /** Names that contacts have something under, the first hundred of them. */
  contactProperties: z.array(z.string()),
  portals: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      open: z.boolean(),
      address: z.string(),
      /** Where the guided set-up goes on. */
      step: setUpStepSchema,
    }),
  ),
});

export const addressSchema = z.object({
  /** The whole of it, with the slug as it was asked for. */
  address: z.string(),
  problem: z.nullable(z.enum(['taken', 'reserved', 'malformed'])),
});

/** What another permission would change. Who may sign in is another question, and not asked here. */
export const effectSchema = z.object({
  /** Those who would see another number of tickets. */
  contacts: z.number(),
  /** Tickets, added up over contacts. */
  more: z.number(),
  fewer: z.number(),
  /** Contacts, of those who are enabled, that the filter matches; `null` for a permission without one. */
  matching: z.nullable(z.number()),
});

/** What one contact would see under a permission once they may sign in. */
export const whatIfSchema = z.object({
  contact: personSchema,
  permission: z.enum(['own', 'company']),
  /** Whether they may sign in at the portal as it is now. */
  admitted: z.boolean(),
  /** The primary one. */
  company: z.nullable(companySchema),
  count: z.number(),
  /** The newest five. */
  tickets: z.array(
    z.object({ id: publicIdSchema, number: z.number(), subject: z.string(), why: ticketDetailSchema.shape.why }),
  ),
});

export type DomainWire = z.infer<typeof domainSchema>;
export type SetupWire = z.infer<typeof setupSchema>;
export type AddressWire = z.infer<typeof addressSchema>;
export type EffectWire = z.infer<typeof effectSchema>;
export type WhatIfWire = z.infer<typeof whatIfSchema>;

/** Part of the administrator's routes: where portals are, and what setting one up needs to know. */
export const adminSetupRoutes = {
  getSetup: { method: 'GET', path: '/setup', query: accountQuery, status: 200, answer: setupSchema },
  listDomains: {
    method: 'GET',
    path: '/domains',
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(domainSchema) }),
  },
  /** The code of a refused host says what is wrong with it. 409 where an account has it. */
  createDomain: {
    method: 'POST',
    path: '/domains',
    query: accountQuery,
    body: z.strictObject({ host: kept(1000), locale: localeSchema }),
    status: 201,
    refuses: [409],
    answer: domainSchema,
  },
  /** Portals that follow the domain get its language. */
  updateDomain: {
    method: 'PATCH',
    path: '/domains/:id',
    params: byId,
    query: accountQuery,
    body: z.strictObject({ locale: z.optional(localeSchema) }),
    status: 200,
    answer: domainSchema,
  },
  /** 409 while a portal is on it, and for the system domain. */
  deleteDomain: {
    method: 'DELETE',
    path: '/domains/:id',
    params: byId,
    query: accountQuery,
    status: 204,
    refuses: [409],
  },
  /** What a portal's address would be, and what is in its way. `except` is the slug of the portal that moves there. */
  getAddress: {
    method: 'GET',
    path: '/address',
    query: z.extend(accountQuery, { domain: publicIdSchema, slug: kept(200), except: z.optional(kept(100)) }),
    status: 200,
    answer: addressSchema,
  },
  /** Changes nothing. */
  getEffect: {
    method: 'POST',
    path: '/portals/:slug/effect',
    params: bySlug,
    query: accountQuery,
    body: z.strictObject({ permission: permissionSchema }),
    status: 200,
    answer: effectSchema,
  },
  /** Changes nothing. `contact` is a public id or an e-mail address. */
  askWhatIf: {
    method: 'POST',
    path: '/portals/:slug/what-if',
    params: bySlug,
    query: accountQuery,
    body: z.strictObject({ permission: permissionSchema, contact: kept(254).check(z.regex(/\S/)) }),
    status: 200,
    answer: whatIfSchema,
  },
  /** Pages that have loaded the portal, the last first. A page that says less of itself is seen as its origin. */
  listPages: {
    method: 'GET',
    path: '/portals/:slug/pages',
    params: bySlug,
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(z.object({ url: z.string(), seenAt: timeSchema })) }),
  },
} as const satisfies Record<string, Route>;
