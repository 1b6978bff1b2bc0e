import * as z from 'zod/mini';

import { adminAccountRoutes } from './admin-accounts.js';
import { brandSchema } from './admin-brand.js';
import { adminConnectionRoutes } from './admin-connections.js';
import { adminContactDataRoutes } from './admin-contact-data.js';
import { adminDeskRoutes } from './admin-desk.js';
import { adminInboxRoutes } from './admin-inboxes.js';
import { adminInspectionRoutes } from './admin-inspection.js';
import { adminPeopleRoutes } from './admin-people.js';
import { permissionSchema } from './admin-permission.js';
import { adminPropertyRoutes } from './admin-properties.js';
import { adminSetupRoutes, setUpStepSchema } from './admin-setup.js';
import { adminStaffRoutes } from './admin-staff.js';
import { adminStatusRoutes } from './admin-statuses.js';
import { adminWaysInRoutes, originSchema } from './admin-ways-in.js';
import type { Route } from './routes.js';
import { ticketQuerySchema } from './requests.js';
import { ticketDetailSchema } from './later-schemas.js';
import { companySchema, publicIdSchema, ticketPageSchema } from './schemas.js';
import { kept } from './text.js';

const named = (max: number) => kept(max).check(z.regex(/\S/));
export const nameSchema = named(200);
export const emailSchema = kept(254).check(z.regex(/^[^\s@]+@[^\s@]+$/));
const localeSchema = z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));
const slugSchema = z
  .string()
  .check(z.regex(/^(?!(admin|staff|api|demo|healthz|readyz|assets)$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/));
export const propertyName = named(64);
export const propertyValue = kept(2000);
const propertiesSchema = z.record(propertyName, propertyValue);
const idsSchema = z.array(publicIdSchema).check(z.maxLength(100));

const allowedSchema = z.optional(ticketDetailSchema.shape.actions.check(z.maxLength(6)));
const byCategorySchema = z.optional(
  z.strictObject({ open: allowedSchema, waiting_on_contact: allowedSchema, closed: allowedSchema }),
);
/** What a portal allows otherwise than every other, by role and status category. */
const actionsSchema = z.strictObject({
  requester: byCategorySchema,
  participant: byCategorySchema,
  colleague: byCategorySchema,
});

/** `acme.example`, as addresses have it after the `@`. */
const domainSchema = z.string().check(z.maxLength(253), z.regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/));
const domainsSchema = z.array(domainSchema).check(z.maxLength(100));

/** Who may sign in at all. */
const accessSchema = z.discriminatedUnion('kind', [
  /** Whoever registers with an address of these domains; of any where there are none. Members of access groups as well. */
  z.strictObject({ kind: z.literal('open'), emailDomains: domainsSchema }),
  /** Members of the portal's access groups, and who is invited. */
  z.strictObject({ kind: z.literal('access-groups') }),
  z.strictObject({ kind: z.literal('sso-only') }),
]);

/** A word in the forms that its language counts with: exactly its plural categories, and the nominative for many. */
const formSchema = named(60);
const wordSchema = z.strictObject({
  zero: z.optional(formSchema),
  one: z.optional(formSchema),
  two: z.optional(formSchema),
  few: z.optional(formSchema),
  many: z.optional(formSchema),
  other: z.optional(formSchema),
  nominative: z.optional(formSchema),
});

const labelSchema = z.record(localeSchema, named(100));
const definitionSchema = <const Types extends readonly [string, ...string[]], Options extends z.ZodMiniType>(
  types: Types,
  options: Options,
) => z.strictObject({ name: propertyName, type: z.enum(types), label: labelSchema, options });

/** A ticket property that customers see as a column and a filter. */
const propertyDefinitionSchema = z.discriminatedUnion('type', [
  definitionSchema(
    ['choice'],
    z.array(z.strictObject({ value: named(200), label: labelSchema })).check(z.minLength(1), z.maxLength(100)),
  ),
  definitionSchema(['text', 'number', 'date', 'boolean'], z.optional(z.null())),
]);

/** What new tickets come by: subject and message, and below them these fields. */
const portalFormSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/)),
  label: labelSchema,
  fields: z.array(z.strictObject({ property: propertyName, required: z.boolean() })).check(z.maxLength(50)),
});

/** Plain text; an empty line separates paragraphs. */
const consentTextSchema = z.string().check(z.maxLength(4000), z.regex(/\S/), z.regex(/^[^\0\p{Cs}]*$/u));

const portalSettings = {
  name: nameSchema,
  locale: localeSchema,
  locales: z.array(localeSchema).check(z.minLength(1), z.maxLength(50)),
  permission: permissionSchema,
  actions: actionsSchema,
  /** Ticket properties that customers see and may send. */
  properties: z.array(propertyName).check(z.maxLength(100)),
  /** Of those, what is a column and a filter of the list, in the order of the columns. */
  propertyDefinitions: z.array(propertyDefinitionSchema).check(z.maxLength(50)),
  /** The first is shown first. Without any there is the one that every portal has, of subject and message alone. */
  forms: z.array(portalFormSchema).check(z.maxLength(20)),
  /** Foreign pages that may embed the portal. */
  origins: z.array(originSchema).check(z.maxLength(100)),
  /** The first receives new tickets. */
  inboxes: idsSchema.check(z.minLength(1)),
  /** Groups whose members may sign in, by name; one that is not there is made. */
  accessGroups: z.array(nameSchema).check(z.maxLength(100)),
  access: accessSchema,
  /** Ways to sign in; a code by mail needs a server that sends mail. */
  signIn: z.array(z.enum(['password', 'email'])).check(z.minLength(1), z.maxLength(2)),
  /** A contact whose address is proven joins the company that has its domain. */
  joinCompanies: z.boolean(),
  /** A session that nobody uses ends after so many minutes. */
  idleMinutes: z.literal([20, 40, 60, 1440]),
  /** A code by mail is taken for so many minutes. */
  codeMinutes: z.literal([10, 15]),
  /** The owner's own word for a ticket, by language of the portal; without one it is ours. */
  words: z.strictObject({ ticket: z.record(localeSchema, wordSchema) }),
  /** What customers agree to before a session starts, by language of the portal: each needs a text where it is asked. */
  consent: z.strictObject({ asked: z.boolean(), text: z.record(localeSchema, consentTextSchema) }),
  brand: brandSchema,
  domain: publicIdSchema,
  /** Its language is its domain's, and it has no other. Who chooses another one switches this off. */
  followsDomain: z.boolean(),
  /** Until then every route of the portal answers `not-open`. */
  open: z.boolean(),
};
const portalFields = z.partial(z.strictObject(portalSettings));
const versionSchema = z.int().check(z.positive());
const portalChangeSchema = z.extend(portalFields, {
  slug: z.optional(slugSchema),
  /** As it was read. Where somebody has changed the portal since, nothing is: 409. */
  version: z.optional(versionSchema),
  /** Where the guided set-up goes on; no setting, and no change of the portal. */
  step: z.optional(setUpStepSchema),
});
const newPortalSchema = z.extend(portalFields, { slug: slugSchema, name: nameSchema });

/** `portico.config.json`: what an owner decides about an account, by names where the routes have ids. */
export const configFileSchema = z.strictObject({
  /** For editors. */
  $schema: z.optional(z.string().check(z.maxLength(2000))),
  /** By name; needless where there is only one. */
  account: z.optional(nameSchema),
  /** The host `system` is the server's own name. What is not named here stays as it is. */
  domains: z.optional(z.array(adminSetupRoutes.createDomain.body).check(z.maxLength(100))),
  /** By their slugs: one that is not there is made. Of one that is there, what is not named stays as it is. */
  portals: z.optional(
    z
      .array(
        z.extend(newPortalSchema, {
          /** Its host, or `system`. */
          domain: z.optional(named(1000)),
          /** By name. The first receives new tickets. */
          inboxes: z.optional(z.array(nameSchema).check(z.minLength(1), z.maxLength(100))),
        }),
      )
      .check(z.maxLength(100)),
  ),
});

/** What a file changes, or would. `setting` is `null` for a domain or a portal that is made. */
const configChangeSchema = z.object({
  kind: z.enum(['domain', 'portal']),
  /** Host or `system`; slug. */
  name: z.string(),
  setting: z.nullable(z.string()),
  before: z.unknown(),
  after: z.unknown(),
});

export const adminPortalSchema = z.object({
  ...portalSettings,
  slug: slugSchema,
  inboxes: z.array(z.object({ id: publicIdSchema, name: z.string() })),
  /** Counts changes. */
  version: versionSchema,
  /** Which text of the notice is asked, and since when; `null` before there was one. */
  consentInForce: z.nullable(z.object({ version: versionSchema, since: z.string() })),
  /** The whole of it, `https://help.acme.example/help/`. */
  address: z.string(),
});

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
export type AdminPortalWire = z.infer<typeof adminPortalSchema>;
export type NewPortalWire = z.infer<typeof newPortalSchema>;
export type PortalChangeWire = z.infer<typeof portalChangeSchema>;
export type AdminContactWire = z.infer<typeof adminContactSchema>;
export type ConfigFileWire = z.infer<typeof configFileSchema>;
export type ConfigChangeWire = z.infer<typeof configChangeSchema>;
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
  /** `portico config`. The file names the account; paths of faults are those in the file. With `apply` it is kept. */
  applyConfig: {
    method: 'POST',
    path: '/config',
    body: z.strictObject({ config: configFileSchema, apply: z.boolean() }),
    status: 200,
    refuses: [409],
    answer: z.object({ changes: z.array(configChangeSchema) }),
  },
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
