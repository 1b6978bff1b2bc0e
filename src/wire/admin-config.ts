import * as z from 'zod/mini';

import { adminInboxRoutes } from './admin-inboxes.js';
import { named, nameSchema } from './admin-parts.js';
import { newPortalSchema } from './admin-portals.js';
import { adminPropertyRoutes } from './admin-properties.js';
import { adminSetupRoutes } from './admin-setup.js';
import { adminStatusRoutes } from './admin-statuses.js';
import type { Route } from './routes.js';

/**
 * The largest file. Twenty portals with a logo and an icon at their largest are 20 × 2 × 87,420 = 3,496,800 bytes
 * (`brandSchema`); what is left is 34,000 bytes a portal for everything else.
 */
export const configFileBytes = 4 * 1024 * 1024;

/** By name. */
const inboxNames = z.array(nameSchema).check(z.minLength(1), z.maxLength(100));

/** `portico.config.json`: what an owner decides about an account, by names where the routes have ids. */
export const configFileSchema = z.strictObject({
  /** For editors. */
  $schema: z.optional(z.string().check(z.maxLength(2000))),
  /** By name; needless where there is only one. */
  account: z.optional(nameSchema),
  /** The host `system` is the server's own name. What is not named here stays as it is. */
  domains: z.optional(z.array(adminSetupRoutes.createDomain.body).check(z.maxLength(100))),
  /** One that is not there is made. */
  inboxes: z.optional(z.array(adminInboxRoutes.createInbox.body).check(z.maxLength(100))),
  /** By their ids: one that is not there is made. Those that are named come in this order. */
  statuses: z.optional(
    z
      .array(
        z.extend(adminStatusRoutes.createStatus.body, {
          id: named(100),
          /** `null` for every inbox. */
          inboxes: z.optional(z.nullable(inboxNames)),
        }),
      )
      .check(z.maxLength(100)),
  ),
  /** By their names: one that is not there is made. The type of one that is there is fixed. */
  contactProperties: z.optional(z.array(adminPropertyRoutes.createContactProperty.body).check(z.maxLength(100))),
  /** By their slugs: one that is not there is made. Of one that is there, what is not named stays as it is. */
  portals: z.optional(
    z
      .array(
        z.extend(newPortalSchema, {
          /** Its host, or `system`. */
          domain: z.optional(named(1000)),
          /** The first receives new tickets. */
          inboxes: z.optional(inboxNames),
        }),
      )
      .check(z.maxLength(100)),
  ),
});

/** What a file changes, or would. `setting` is `null` for what is made. */
const configChangeSchema = z.object({
  /** Of an `account`, the order of what it has. */
  kind: z.enum(['account', 'domain', 'inbox', 'status', 'contact-property', 'portal']),
  /** Host or `system`; slug; the id of a status. */
  name: z.string(),
  setting: z.nullable(z.string()),
  before: z.unknown(),
  after: z.unknown(),
});

export type ConfigFileWire = z.infer<typeof configFileSchema>;
export type ConfigChangeWire = z.infer<typeof configChangeSchema>;

/** Part of the administrator's routes. */
export const adminConfigRoutes = {
  /** `portico config`. The file names the account; paths of faults are those in the file. With `apply` it is kept. */
  applyConfig: {
    method: 'POST',
    path: '/config',
    body: z.strictObject({ config: configFileSchema, apply: z.boolean() }),
    // The file has a line around it.
    bodyBytes: configFileBytes + 1024,
    status: 200,
    refuses: [409],
    answer: z.object({ changes: z.array(configChangeSchema) }),
  },
} as const satisfies Record<string, Route>;
