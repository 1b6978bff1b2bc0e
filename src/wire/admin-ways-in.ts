import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const bySlug = z.strictObject({ slug: kept(100) });
const nameSchema = kept(200).check(z.regex(/\S/));
const emailSchema = kept(254).check(z.regex(/^[^\s@]+@[^\s@]+$/));
const localeSchema = z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));
/** `https://docs.acme.example`, as a browser sends it. */
export const originSchema = z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/));

/** By name, those of the portal. */
const invitedGroups = z.optional(z.array(nameSchema).check(z.minLength(1), z.maxLength(100)));
/** To the contact of this address, who is made when there is none yet. */
const newInvitationSchema = z.strictObject({
  email: emailSchema,
  name: z.optional(nameSchema),
  locale: z.optional(localeSchema),
  /** That they join. Without them those of an earlier invitation that is still open, else the first of the portal. */
  accessGroups: invitedGroups,
});
/** People to whom links go in one call. */
export const inviteAtMost = 500;
/** One that is no address is told of by its line, and holds up no other. */
const newInvitationsSchema = z.strictObject({
  people: z
    .array(z.strictObject({ email: kept(1000), name: z.optional(kept(1000)) }))
    .check(z.minLength(1), z.maxLength(inviteAtMost)),
  /** That all of them join. Without them the first of the portal. */
  accessGroups: invitedGroups,
});
export const invitingReportSchema = z.object({
  /** In the order of the call. */
  items: z.array(
    z.object({
      /** As it was written. */
      email: z.string(),
      /** `open`: an earlier invitation still is, and nothing is sent again; `member`: they may sign in already. */
      outcome: z.enum(['invited', 'open', 'member', 'refused']),
      /** Why it was refused. */
      code: z.optional(z.enum(['malformed', 'repeated', 'disabled'])),
    }),
  ),
});
export const invitationSchema = z.object({
  id: publicIdSchema,
  email: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** That its reader would join now: those that were chosen, as far as the portal still has them. */
  accessGroups: z.array(z.string()),
});

/** The public half of a key pair, as a JSON Web Key. */
const publicJwkSchema = z.discriminatedUnion('kty', [
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().check(z.regex(/^[\w-]{43}$/)) }),
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().check(z.regex(/^[\w-]{43}$/)),
    y: z.string().check(z.regex(/^[\w-]{43}$/)),
  }),
]);
const keyName = z.string().check(z.regex(/^[\w.-]{1,64}$/));
export const hostKeySchema = z.object({
  kid: keyName,
  algorithm: z.enum(['EdDSA', 'ES256']),
  jwk: publicJwkSchema,
  createdAt: z.string(),
  /** To the hour. */
  lastUsedAt: z.nullable(z.string()),
});

/** A page that asked for a portal which does not know it. */
export const originRequestSchema = z.object({ origin: z.string(), asked: z.number(), lastAt: z.string() });

export type HostKeyWire = z.infer<typeof hostKeySchema>;
export type OriginRequestWire = z.infer<typeof originRequestSchema>;
export type InvitationWire = z.infer<typeof invitationSchema>;
export type NewInvitationsWire = z.infer<typeof newInvitationsSchema>;
export type InvitingReportWire = z.infer<typeof invitingReportSchema>;
export type NewInvitationWire = z.infer<typeof newInvitationSchema>;

/** Part of the administrator's routes: who and what may come to a portal besides its members. */
export const adminWaysInRoutes = {
  listHostKeys: {
    method: 'GET',
    path: '/portals/:slug/host-keys',
    params: bySlug,
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(hostKeySchema) }),
  },
  /** From now on whoever has the private half says who comes to this portal. */
  addHostKey: {
    method: 'POST',
    path: '/portals/:slug/host-keys',
    params: bySlug,
    query: accountQuery,
    body: z.strictObject({ kid: keyName, jwk: publicJwkSchema }),
    status: 201,
    refuses: [409],
    answer: hostKeySchema,
  },
  /** Nobody comes by it any more, and who has come by a site signs in anew. */
  removeHostKey: {
    method: 'DELETE',
    path: '/portals/:slug/host-keys/:kid',
    params: z.strictObject({ slug: kept(100), kid: keyName }),
    query: accountQuery,
    status: 204,
  },
  /** Foreign pages that have asked for the portal: "https://docs.acme.example asked 3 times". */
  listOrigins: {
    method: 'GET',
    path: '/portals/:slug/origins',
    params: bySlug,
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(originRequestSchema) }),
  },
  decideOrigin: {
    method: 'POST',
    path: '/portals/:slug/origins',
    params: bySlug,
    query: accountQuery,
    body: z.strictObject({ origin: originSchema, decision: z.enum(['allow', 'ignore']) }),
    status: 204,
  },
  /** Those that are still open. */
  listInvitations: {
    method: 'GET',
    path: '/portals/:slug/invitations',
    params: bySlug,
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(invitationSchema) }),
  },
  /** Sends a link that lets its one reader in, once, within seven days. An earlier one to the same address ends. */
  invite: {
    method: 'POST',
    path: '/portals/:slug/invitations',
    params: bySlug,
    query: accountQuery,
    body: newInvitationSchema,
    status: 201,
    refuses: [409, 503],
    answer: invitationSchema,
  },
  /** The same to many. Who has been sent one, or may sign in, gets none: a call that is made again changes nothing. */
  inviteMany: {
    method: 'POST',
    path: '/portals/:slug/invitations/many',
    params: bySlug,
    query: accountQuery,
    body: newInvitationsSchema,
    bodyBytes: 1024 * 1024,
    status: 200,
    refuses: [409, 503],
    answer: invitingReportSchema,
  },
  revokeInvitation: {
    method: 'DELETE',
    path: '/portals/:slug/invitations/:id',
    params: z.strictObject({ slug: kept(100), id: publicIdSchema }),
    query: accountQuery,
    status: 204,
  },
} as const satisfies Record<string, Route>;
