import * as z from 'zod/mini';

import { linkSchema } from './admin-staff.js';
import type { Route } from './routes.js';
import { kept } from './text.js';

const nameSchema = kept(200).check(z.regex(/\S/));

const newAccountSchema = z.strictObject({
  /** The name of the company. */
  name: nameSchema,
  /** Who sets it up. */
  admin: z.strictObject({ name: nameSchema, email: kept(254).check(z.regex(/^[^\s@]+@[^\s@]+$/)) }),
  /** Whether the server asks addresses inside its own network for it: a help desk or a provider that its admins have set. */
  innerAddresses: z._default(z.boolean(), false),
});

export type NewAccountWire = z.infer<typeof newAccountSchema>;

const accountChangeSchema = z.strictObject({
  /** Of a company that is there, exactly. */
  name: nameSchema,
  innerAddresses: z.boolean(),
});

export type AccountChangeWire = z.infer<typeof accountChangeSchema>;

const accountSchema = z.object({ id: z.string(), name: z.string(), innerAddresses: z.boolean() });

export const newAccountAnswerSchema = z.extend(linkSchema, { account: accountSchema });

/** Part of the administrator's routes, for the bearer of the admin token alone: companies that share a server. */
export const adminAccountRoutes = {
  /** With a link by which its first admin chooses a password. 409 for a name, or an address, that is there already. */
  createAccount: {
    method: 'POST',
    path: '/accounts',
    body: newAccountSchema,
    status: 201,
    refuses: [409],
    answer: newAccountAnswerSchema,
  },
  /** From its next request to a help desk or a provider on. 404 for a name that no company has. */
  updateAccount: {
    method: 'PATCH',
    path: '/accounts',
    body: accountChangeSchema,
    status: 200,
    refuses: [404],
    answer: z.object({ account: accountSchema }),
  },
} as const satisfies Record<string, Route>;
