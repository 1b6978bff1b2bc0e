import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const bySlug = z.strictObject({ slug: kept(100) });
const byId = z.strictObject({ slug: kept(100), id: publicIdSchema });

const labelSchema = kept(100).check(z.regex(/\S/));
/** `https://login.acme.example`; without TLS only on this machine. */
const issuerSchema = kept(500).check(z.minLength(1));
const clientIdSchema = kept(500).check(z.regex(/\S/));
/** Written, never answered; `null` for a client that has none. */
const clientSecretSchema = z.nullable(kept(1000).check(z.minLength(1)));

/** An OpenID provider where people of the portal sign in. */
export const connectionSchema = z.object({
  id: publicIdSchema,
  label: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  createdAt: z.string(),
});

const newConnectionSchema = z.strictObject({
  label: labelSchema,
  issuer: issuerSchema,
  clientId: clientIdSchema,
  clientSecret: z.optional(clientSecretSchema),
});
const connectionChangeSchema = z.partial(newConnectionSchema);

export type ConnectionWire = z.infer<typeof connectionSchema>;
export type NewConnectionWire = z.infer<typeof newConnectionSchema>;
export type ConnectionChangeWire = z.infer<typeof connectionChangeSchema>;

/** Part of the administrator's routes. */
export const adminConnectionRoutes = {
  listConnections: {
    method: 'GET',
    path: '/portals/:slug/connections',
    params: bySlug,
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(connectionSchema) }),
  },
  /** Asks the provider who it is before anything is kept. */
  createConnection: {
    method: 'POST',
    path: '/portals/:slug/connections',
    params: bySlug,
    query: accountQuery,
    body: newConnectionSchema,
    status: 201,
    answer: connectionSchema,
  },
  /** Another issuer does not get the secret that was meant for the one before: it needs its own. */
  updateConnection: {
    method: 'PATCH',
    path: '/portals/:slug/connections/:id',
    params: byId,
    query: accountQuery,
    body: connectionChangeSchema,
    status: 200,
    answer: connectionSchema,
  },
  /** Whoever has come in by it signs in anew. */
  deleteConnection: {
    method: 'DELETE',
    path: '/portals/:slug/connections/:id',
    params: byId,
    query: accountQuery,
    status: 204,
  },
} as const satisfies Record<string, Route>;
