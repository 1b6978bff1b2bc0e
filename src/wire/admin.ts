import * as z from 'zod/mini';

import { adminAccountRoutes } from './admin-accounts.js';
import { adminConfigRoutes } from './admin-config.js';
import { adminConnectionRoutes } from './admin-connections.js';
import { adminContactDataRoutes } from './admin-contact-data.js';
import { adminDeskRoutes } from './admin-desk.js';
import { adminInboxRoutes } from './admin-inboxes.js';
import { adminInspectionRoutes } from './admin-inspection.js';
import {
  domainsSchema,
  emailSchema,
  idsSchema,
  localeSchema,
  named,
  nameSchema,
  propertyName,
  propertyValue,
} from './admin-parts.js';
import { adminPeopleRoutes } from './admin-people.js';
import { adminPortalSchema, newPortalSchema, portalChangeSchema } from './admin-portals.js';
import { adminPropertyRoutes } from './admin-properties.js';
import { adminSetupRoutes } from './admin-setup.js';
import { adminStaffRoutes } from './admin-staff.js';
import { adminStatusRoutes } from './admin-statuses.js';
import { adminWaysInRoutes } from './admin-ways-in.js';
import type { Route } from './routes.js';
import { ticketQuerySchema } from './requests.js';
import { ticketDetailSchema } from './later-schemas.js';
import { companySchema, publicIdSchema, ticketPageSchema } from './schemas.js';
import { kept } from './text.js';

const propertiesSchema = z.record(propertyName, propertyValue);

const contactSettings = {
  name: nameSchema,
  companies: idsSchema,
  /** One of the companies. */
  primaryCompany: z.nullable(publicIdSchema),
  /** All of them: what is not named is gone. */
  properties: propertiesSchema,
  verified: z.boolean(),
  /** By name; only those that a portal has. */
  accessGroups: z.array(nameSchema).check(z.maxLength(100)),
};
const contactFields = z.partial(z.strictObject(contactSettings));
/** As it was read. Where somebody has changed what it is of since, nothing is: 409. */
const readVersionSchema = z.string().check(z.maxLength(64));
const contactChangeSchema = z.extend(contactFields, {
  /** Not theirs unless `verified` says so as well. All their sessions end. */
  email: z.optional(emailSchema),
  enabled: z.optional(z.boolean()),
  version: z.optional(readVersionSchema),
});
const newContactSchema = z.extend(contactFields, {
  email: emailSchema,
  name: nameSchema,
  locale: z.optional(localeSchema),
  password: z.optional(z.string().check(z.minLength(1), z.maxLength(1000))),
});

export const adminContactSchema = z.object({
  ...contactSettings,
  id: publicIdSchema,
  email: z.string(),
  locale: localeSchema,
  enabled: z.boolean(),
  companies: z.array(companySchema),
  version: z.string(),
});

const companySettings = {
  name: nameSchema,
  /** Of its people; no provider where anybody gets an address, and none that another company has. */
  emailDomains: domainsSchema,
};
export const adminCompanySchema = z.object({ ...companySettings, id: publicIdSchema, version: z.string() });

/** Ids of contacts and companies. Who is named in several roles has the first of requester, contact, participant. */
const partiesSchema = z.strictObject({
  requester: publicIdSchema,
  contacts: idsSchema,
  participants: idsSchema,
  companies: idsSchema,
});

/** Who sees what, and why: the verdict of the policy, one step after another. */
export const explanationSchema = z.object({
  visible: z.boolean(),
  relation: z.nullable(ticketDetailSchema.shape.why.shape.relation),
  actions: ticketDetailSchema.shape.actions,
  /** English, as the words of each step. */
  summary: z.string(),
  steps: z.array(
    z.object({
      rule: z.enum([
        'account',
        'inbox',
        'deleted',
        'enabled',
        'verified',
        'access',
        'relation',
        'company',
        'permission',
        'actions',
      ]),
      /** `null` where it makes no difference. */
      holds: z.nullable(z.boolean()),
      words: z.string(),
    }),
  ),
  /** The filters of `company-if` with what the contact has; `null` for another permission. */
  groups: z.nullable(
    z.array(
      z.array(
        z.object({
          property: z.string(),
          operator: z.string(),
          value: z.nullable(z.union([z.string(), z.array(z.string())])),
          found: z.nullable(z.string()),
          holds: z.boolean(),
        }),
      ),
    ),
  ),
});

/** One entry of the audit log: ids and settings, never a text, an address or a token. */
export const auditEntrySchema = z.object({
  at: z.string(),
  /** Slug. */
  portal: z.nullable(z.string()),
  /** A visitor is somebody who has not signed in; the administrator has no id. */
  actor: z.object({ kind: z.enum(['contact', 'staff', 'admin', 'visitor']), id: z.nullable(publicIdSchema) }),
  event: z.string(),
  /** Public ids by what they are of: `ticket`, `file`, `contact`, `company`, `staff`, `inbox`; the id of a `status`. */
  subjects: z.record(z.string(), z.string()),
  outcome: z.enum(['done', 'refused']),
  /** What was changed; `null` for what is a person's own. */
  change: z.nullable(z.record(z.string(), z.nullable(z.object({ before: z.unknown(), after: z.unknown() })))),
  /** What `actor`, the subjects and ids in the change are called now, and numbers of tickets; nothing of what is gone. */
  names: z.record(z.string(), z.string()),
});

export type AuditEntryWire = z.infer<typeof auditEntrySchema>;
export type AdminCompanyWire = z.infer<typeof adminCompanySchema>;
export type AdminContactWire = z.infer<typeof adminContactSchema>;
export type NewContactWire = z.infer<typeof newContactSchema>;
export type ContactChangeWire = z.infer<typeof contactChangeSchema>;
export type PartiesWire = z.infer<typeof partiesSchema>;

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const pageQuery = z.extend(accountQuery, {
  cursor: ticketQuerySchema.shape.cursor,
  limit: ticketQuerySchema.shape.limit,
});
const searchQuery = z.extend(pageQuery, { q: z.optional(named(200)) });
const pageOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });

/** Public id or e-mail address. */
const contactParameter = named(254);
const byId = z.strictObject({ id: publicIdSchema });
const bySlug = z.strictObject({ slug: kept(100) });

/** Routes below `https://<domain>/admin/api/v1`, with the bearer token or as an admin who has signed in. */
export const adminRoutes = {
  ...adminStaffRoutes,
  backup: { method: 'GET', path: '/backup', status: 200 },
  ...adminConfigRoutes,
  ...adminInspectionRoutes,
  ...adminAccountRoutes,
  listPortals: {
    method: 'GET',
    path: '/portals',
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(adminPortalSchema) }),
  },
  createPortal: {
    method: 'POST',
    path: '/portals',
    query: accountQuery,
    body: newPortalSchema,
    status: 201,
    refuses: [409],
    answer: adminPortalSchema,
  },
  getPortal: {
    method: 'GET',
    path: '/portals/:slug',
    params: bySlug,
    query: accountQuery,
    status: 200,
    answer: adminPortalSchema,
  },
  updatePortal: {
    method: 'PATCH',
    path: '/portals/:slug',
    params: bySlug,
    query: accountQuery,
    body: portalChangeSchema,
    status: 200,
    refuses: [409],
    answer: adminPortalSchema,
  },
  listContacts: {
    method: 'GET',
    path: '/contacts',
    query: searchQuery,
    status: 200,
    answer: pageOf(adminContactSchema),
  },
  getContact: {
    method: 'GET',
    path: '/contacts/:id',
    params: byId,
    query: accountQuery,
    status: 200,
    answer: adminContactSchema,
  },
  createContact: {
    method: 'POST',
    path: '/contacts',
    query: accountQuery,
    body: newContactSchema,
    status: 201,
    refuses: [409],
    answer: adminContactSchema,
  },
  updateContact: {
    method: 'PATCH',
    path: '/contacts/:id',
    params: byId,
    query: accountQuery,
    body: contactChangeSchema,
    status: 200,
    refuses: [409],
    answer: adminContactSchema,
  },
  ...adminContactDataRoutes,
  ...adminPeopleRoutes,
  ...adminPropertyRoutes,
  listCompanies: {
    method: 'GET',
    path: '/companies',
    query: searchQuery,
    status: 200,
    answer: pageOf(adminCompanySchema),
  },
  getCompany: {
    method: 'GET',
    path: '/companies/:id',
    params: byId,
    query: accountQuery,
    status: 200,
    answer: adminCompanySchema,
  },
  createCompany: {
    method: 'POST',
    path: '/companies',
    query: accountQuery,
    body: z.extend(z.partial(z.strictObject(companySettings)), { name: nameSchema }),
    status: 201,
    refuses: [409],
    answer: adminCompanySchema,
  },
  updateCompany: {
    method: 'PATCH',
    path: '/companies/:id',
    params: byId,
    query: accountQuery,
    body: z.extend(z.partial(z.strictObject(companySettings)), { version: z.optional(readVersionSchema) }),
    status: 200,
    refuses: [409],
    answer: adminCompanySchema,
  },
  deleteCompany: { method: 'DELETE', path: '/companies/:id', params: byId, query: accountQuery, status: 204 },
  ...adminWaysInRoutes,
  setParties: {
    method: 'PUT',
    path: '/tickets/:id/parties',
    params: byId,
    query: accountQuery,
    body: partiesSchema,
    status: 200,
    answer: partiesSchema,
  },
  explain: {
    method: 'GET',
    path: '/portals/:slug/explain',
    params: bySlug,
    query: z.extend(accountQuery, { contact: contactParameter, ticket: publicIdSchema }),
    status: 200,
    answer: explanationSchema,
  },
  /** The page of `GET /tickets` that this contact would get. Nothing is marked as read. */
  preview: {
    method: 'GET',
    path: '/portals/:slug/preview',
    params: bySlug,
    query: z.extend(ticketQuerySchema, { account: accountQuery.shape.account, contact: contactParameter }),
    status: 200,
    answer: ticketPageSchema,
  },
  ...adminConnectionRoutes,
  ...adminDeskRoutes,
  ...adminInboxRoutes,
  ...adminStatusRoutes,
  ...adminSetupRoutes,
  /** The newest entry first. `event`: one, or several separated by commas; `actor`: an id, or a kind of actor. */
  listAudit: {
    method: 'GET',
    path: '/audit',
    query: z.extend(pageQuery, {
      event: z.optional(z.string().check(z.maxLength(1000), z.regex(/^[a-z]+(-[a-z]+)*(,[a-z]+(-[a-z]+)*)*$/))),
      actor: z.optional(z.string().check(z.regex(/^(contact|staff|admin|visitor|[A-Za-z0-9_-]{22})$/))),
    }),
    status: 200,
    answer: pageOf(auditEntrySchema),
  },
} as const satisfies Record<string, Route>;
