import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const byId = z.strictObject({ id: publicIdSchema });
const nameSchema = kept(200).check(z.regex(/\S/));

/** An inbox, and what uses it. */
export const adminInboxSchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  /** A queue of the company's own help desk: there it is named, and there it ends. */
  desk: z.boolean(),
  tickets: z.number(),
  /** Those that show it; `receives`: their new tickets arrive in it. */
  portals: z.array(z.object({ slug: z.string(), name: z.string(), receives: z.boolean() })),
  /** Who answers this inbox and not all of them. */
  staff: z.array(z.object({ id: publicIdSchema, name: z.string() })),
});

export type AdminInboxWire = z.infer<typeof adminInboxSchema>;

/** Part of the administrator's routes. */
export const adminInboxRoutes = {
  /** In the order in which they were made. */
  listInboxes: {
    method: 'GET',
    path: '/inboxes',
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(adminInboxSchema) }),
  },
  /** 409 for a name that another one has, and where the company's own help desk has the inboxes: path `desk`. */
  createInbox: {
    method: 'POST',
    path: '/inboxes',
    query: accountQuery,
    body: z.strictObject({ name: nameSchema }),
    status: 201,
    refuses: [409],
    answer: adminInboxSchema,
  },
  updateInbox: {
    method: 'PATCH',
    path: '/inboxes/:id',
    params: byId,
    query: accountQuery,
    /** `was` is the name as it was read: where somebody has changed it since, nothing is, 409. */
    body: z.strictObject({ name: z.optional(nameSchema), was: z.optional(nameSchema) }),
    status: 200,
    refuses: [409],
    answer: adminInboxSchema,
  },
  /** 409 while something uses it: `portals`, `staff`, `tickets`, or there is no other one; `desk` as above. */
  deleteInbox: {
    method: 'DELETE',
    path: '/inboxes/:id',
    params: byId,
    query: accountQuery,
    status: 204,
    refuses: [409],
  },
} as const satisfies Record<string, Route>;
