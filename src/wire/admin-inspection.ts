import * as z from 'zod/mini';

import type { Route } from './routes.js';

/** What a server says of itself to whoever looks after it: of all accounts. */
export const inspectionSchema = z.object({
  /** The database's own, at the time of the answer. */
  time: z.string(),
  /** `15.4`, as PostgreSQL counts. */
  databaseVersion: z.string(),
  /** Name of the newest migration that has run. */
  migration: z.string(),
  /** Somebody can sign in and set up a portal. */
  hasAdmin: z.boolean(),
  portals: z.array(
    z.object({
      slug: z.string(),
      /** `null` on the server's own name. */
      host: z.nullable(z.string()),
      origins: z.array(z.string()),
    }),
  ),
  /** How this very request looked from here. */
  seen: z.object({
    base: z.string(),
    /** Address of who asks. */
    ip: z.string(),
    /** Entries of `X-Forwarded-For`, trusted or not. */
    forwardedFor: z.number(),
  }),
});

export type InspectionWire = z.infer<typeof inspectionSchema>;

export const adminInspectionRoutes = {
  /** To the bearer of the admin token alone. */
  inspect: { method: 'GET', path: '/inspection', status: 200, answer: inspectionSchema },
} as const satisfies Record<string, Route>;
