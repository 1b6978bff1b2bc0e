import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const name = kept(64).check(z.minLength(1));
const text = kept(2000);
/** Of the connector's own shape, which says for itself what is wrong. */
const settingsSchema = z.record(name, z.union([text, z.number(), z.boolean(), z.array(text).check(z.maxLength(100))]));

/** The company's own help desk. What of its settings is secret is written and never read. */
export const adminDeskSchema = z.object({
  kind: z.string(),
  settings: settingsSchema,
  /** Seconds that the portal may be behind while the desk answers. */
  lag: z.number(),
  /** Up to then everything is here; `null` before everything was read once. */
  syncedAt: z.nullable(z.string()),
  /** What a portal can show, and receive new tickets in. */
  inboxes: z.array(z.object({ id: publicIdSchema, name: z.string() })),
});

const newDeskSchema = z.strictObject({
  kind: name,
  settings: settingsSchema,
  secret: z.record(name, text),
});

export type AdminDeskWire = z.infer<typeof adminDeskSchema>;
export type NewDeskWire = z.infer<typeof newDeskSchema>;

/** Part of the administrator's routes. */
export const adminDeskRoutes = {
  getDesk: { method: 'GET', path: '/desk', query: accountQuery, status: 200, refuses: [404], answer: adminDeskSchema },
  /** Asks the desk before anything is kept. 409 where the built-in desk has tickets already. */
  setDesk: {
    method: 'PUT',
    path: '/desk',
    query: accountQuery,
    body: newDeskSchema,
    status: 200,
    refuses: [409, 503],
    answer: adminDeskSchema,
  },
} as const satisfies Record<string, Route>;
