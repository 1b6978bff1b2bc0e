import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema, statusSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const idSchema = kept(100).check(z.minLength(1));
const byId = z.strictObject({ id: idSchema });
const localeSchema = z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));
const categorySchema = statusSchema.shape.category;
/** What customers read, by language; in another one they read that of the portal's own, else the English one. */
const labelSchema = z.record(localeSchema, kept(100).check(z.regex(/\S/)));

/**
 * A status of tickets. The order decides: a new ticket gets the first one that is open, a reply brings a ticket to the last one
 * that is, an answer of support to the first that waits for the contact, and who closes a ticket to the first that is closed.
 */
export const adminStatusSchema = z.object({
  id: z.string(),
  category: categorySchema,
  label: z.record(z.string(), z.string()),
  /** Ids of those whose tickets have it: together they are what a ticket goes through there. `null` for every inbox. */
  inboxes: z.nullable(z.array(publicIdSchema)),
  /** That have it; deleted ones do not count. */
  tickets: z.number(),
});

const inboxesSchema = z.nullable(z.array(publicIdSchema).check(z.minLength(1), z.maxLength(100)));
const newStatusSchema = z.strictObject({
  category: categorySchema,
  label: labelSchema,
  inboxes: z.optional(inboxesSchema),
});
const statusChangeSchema = z.strictObject({
  category: z.optional(categorySchema),
  /** The whole of it. */
  label: z.optional(labelSchema),
  inboxes: z.optional(inboxesSchema),
  /** Its place among all, from 0. */
  position: z.optional(z.int().check(z.gte(0), z.lte(1000))),
  /** As it was read. Where somebody has changed it since, nothing is: 409. */
  was: z.optional(
    z.strictObject({ category: categorySchema, label: z.record(localeSchema, kept(100)), inboxes: inboxesSchema }),
  ),
});

export type AdminStatusWire = z.infer<typeof adminStatusSchema>;
export type NewStatusWire = z.infer<typeof newStatusSchema>;
export type StatusChangeWire = z.infer<typeof statusChangeSchema>;

/** Part of the administrator's routes. */
export const adminStatusRoutes = {
  /** In the owner's order. */
  listStatuses: {
    method: 'GET',
    path: '/statuses',
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(adminStatusSchema) }),
  },
  /** Its place changes nothing for other statuses, as far as there is one. 409 `desk` where a help desk has its own. */
  createStatus: {
    method: 'POST',
    path: '/statuses',
    query: accountQuery,
    body: newStatusSchema,
    status: 201,
    refuses: [409],
    answer: adminStatusSchema,
  },
  /**
   * 409 for the last one of a category that every inbox has, for one that is not what it was, and at `inboxes` where tickets
   * of others have it.
   */
  updateStatus: {
    method: 'PATCH',
    path: '/statuses/:id',
    params: byId,
    query: accountQuery,
    body: statusChangeSchema,
    status: 200,
    refuses: [409],
    answer: adminStatusSchema,
  },
  /** Its tickets get `replacement`: 409 where they need one and there is none; for the last one of a category; `desk` as above. */
  deleteStatus: {
    method: 'DELETE',
    path: '/statuses/:id',
    params: byId,
    query: z.extend(accountQuery, { replacement: z.optional(idSchema) }),
    status: 204,
    refuses: [409],
  },
} as const satisfies Record<string, Route>;
