import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const byId = z.strictObject({ id: publicIdSchema });
const nameSchema = kept(200).check(z.regex(/\S/));
const emailSchema = kept(254).check(z.regex(/^[^\s@]+@[^\s@]+$/));
/** What is too short, or too easy, is said by its own codes. */
const passwordSchema = z.string().check(z.minLength(1), z.maxLength(1000));
const tokenSchema = kept(200).check(z.minLength(1));
/** An agent answers; an admin does that and sets up the account. */
const roleSchema = z.enum(['agent', 'admin']);
/** The inboxes whose tickets they answer; `null` for all of the account, now and later. */
const inboxesSchema = z.nullable(z.array(publicIdSchema).check(z.minLength(1), z.maxLength(100)));

/** Who of the staff is signed in; all of it `null` when nobody is. */
export const staffSessionSchema = z.object({
  staff: z.nullable(z.object({ id: publicIdSchema, name: z.string(), email: z.string(), role: roleSchema })),
  account: z.nullable(z.object({ id: z.string(), name: z.string() })),
  expiresAt: z.nullable(z.string()),
});

export const staffAccountSchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  /** `null` for who only lends a name to answers. */
  email: z.nullable(z.string()),
  role: roleSchema,
  inboxes: z.nullable(z.array(z.object({ id: publicIdSchema, name: z.string() }))),
  enabled: z.boolean(),
  /** Has chosen a password. */
  welcomed: z.boolean(),
});

/** Shown once: only its hash is kept. */
export const linkSchema = z.object({ link: z.string(), expiresAt: z.string() });

const newStaffSchema = z.strictObject({
  name: nameSchema,
  email: emailSchema,
  role: roleSchema,
  inboxes: z.optional(inboxesSchema),
});
const staffChangeSchema = z.strictObject({
  name: z.optional(nameSchema),
  role: z.optional(roleSchema),
  inboxes: z.optional(inboxesSchema),
  enabled: z.optional(z.boolean()),
});
const welcomeSchema = z.strictObject({
  token: tokenSchema,
  password: passwordSchema,
  name: nameSchema,
  /** Of the first person of a server, and of nobody else. */
  email: z.optional(emailSchema),
  /** The name of their company. */
  account: z.optional(nameSchema),
});

export type StaffSessionWire = z.infer<typeof staffSessionSchema>;
export type StaffAccountWire = z.infer<typeof staffAccountSchema>;
export type NewStaffWire = z.infer<typeof newStaffSchema>;
export type StaffChangeWire = z.infer<typeof staffChangeSchema>;
export type WelcomeWire = z.infer<typeof welcomeSchema>;

/**
 * Part of the administrator's routes: who of the staff signs in, and how. Those that are open are asked by pages of the server
 * itself alone; the cookie that they set opens the others to an admin, and `/staff/api/v1` to an agent as well.
 */
export const adminStaffRoutes = {
  getStaffSession: { method: 'GET', path: '/session', open: true, status: 200, answer: staffSessionSchema },
  staffSignIn: {
    method: 'POST',
    path: '/session',
    open: true,
    body: z.strictObject({ email: emailSchema, password: passwordSchema }),
    status: 200,
    refuses: [401, 429],
    answer: staffSessionSchema,
  },
  staffSignOut: { method: 'DELETE', path: '/session', open: true, status: 204 },
  /** What a one-time link is for. Used, expired and unknown ones are refused alike. */
  lookAtWelcome: {
    method: 'POST',
    path: '/welcome/look',
    open: true,
    body: z.strictObject({ token: tokenSchema }),
    status: 200,
    refuses: [401, 429],
    answer: z.object({
      kind: z.enum(['first', 'staff']),
      name: z.nullable(z.string()),
      email: z.nullable(z.string()),
    }),
  },
  /** Uses it up: a password is chosen, and its reader signed in. The first one makes the account. Refused, nothing is used up. */
  welcome: {
    method: 'POST',
    path: '/welcome',
    open: true,
    body: welcomeSchema,
    status: 200,
    refuses: [401, 409, 429],
    answer: staffSessionSchema,
  },
  listStaff: {
    method: 'GET',
    path: '/staff',
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(staffAccountSchema) }),
  },
  /** 409 for an address that somebody has already, on the whole server. */
  createStaff: {
    method: 'POST',
    path: '/staff',
    query: accountQuery,
    body: newStaffSchema,
    status: 201,
    refuses: [409],
    answer: z.extend(linkSchema, { staff: staffAccountSchema }),
  },
  /** 409 `last-admin` where nobody would be left who may set up the account. */
  updateStaff: {
    method: 'PATCH',
    path: '/staff/:id',
    params: byId,
    query: accountQuery,
    body: staffChangeSchema,
    status: 200,
    refuses: [409],
    answer: staffAccountSchema,
  },
  /** Another link, also for who has forgotten their password. Earlier ones open nothing any more. */
  createStaffLink: {
    method: 'POST',
    path: '/staff/:id/link',
    params: byId,
    query: accountQuery,
    status: 200,
    refuses: [409],
    answer: linkSchema,
  },
} as const satisfies Record<string, Route>;
