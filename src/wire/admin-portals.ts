import * as z from 'zod/mini';

import { brandSchema } from './admin-brand.js';
import { domainsSchema, idsSchema, localeSchema, named, nameSchema, propertyName } from './admin-parts.js';
import { permissionSchema } from './admin-permission.js';
import { setUpStepSchema } from './admin-setup.js';
import { originSchema } from './admin-ways-in.js';
import { ticketDetailSchema } from './later-schemas.js';
import { publicIdSchema } from './schemas.js';

const slugSchema = z
  .string()
  .check(z.regex(/^(?!(admin|staff|api|demo|healthz|readyz|assets)$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/));

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
export const portalChangeSchema = z.extend(portalFields, {
  slug: z.optional(slugSchema),
  /** As it was read. Where somebody has changed the portal since, nothing is: 409. */
  version: z.optional(versionSchema),
  /** Where the guided set-up goes on; no setting, and no change of the portal. */
  step: z.optional(setUpStepSchema),
});
export const newPortalSchema = z.extend(portalFields, { slug: slugSchema, name: nameSchema });

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

export type AdminPortalWire = z.infer<typeof adminPortalSchema>;
export type NewPortalWire = z.infer<typeof newPortalSchema>;
export type PortalChangeWire = z.infer<typeof portalChangeSchema>;
