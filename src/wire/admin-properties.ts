import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';
import { kept } from './text.js';

const accountQuery = z.strictObject({ account: z.optional(publicIdSchema) });
const byId = z.strictObject({ id: publicIdSchema });
/** Without blanks around it, as every value is kept. */
const trimmed = (max: number) => kept(max).check(z.regex(/^\S(.*\S)?$/s));
const labelSchema = trimmed(100);
const optionsSchema = z.array(trimmed(200)).check(z.minLength(1), z.maxLength(100));
const newSchema = <const Types extends readonly [string, ...string[]], Options extends z.ZodMiniType>(
  types: Types,
  options: Options,
) => z.strictObject({ name: trimmed(64), label: labelSchema, type: z.enum(types), options });

/** A property that every contact has a field for. */
export const contactPropertySchema = z.object({
  id: publicIdSchema,
  /** As filters and tables call it. */
  name: z.string(),
  label: z.string(),
  type: z.enum(['text', 'number', 'date', 'boolean', 'choice']),
  /** Of a `choice`. */
  options: z.nullable(z.array(z.string())),
  /** Those whose permission asks for it. */
  portals: z.array(z.object({ slug: z.string(), name: z.string() })),
});
const newContactPropertySchema = z.discriminatedUnion('type', [
  newSchema(['choice'], optionsSchema),
  newSchema(['text', 'number', 'date', 'boolean'], z.optional(z.null())),
]);

export type ContactPropertyWire = z.infer<typeof contactPropertySchema>;
export type NewContactPropertyWire = z.infer<typeof newContactPropertySchema>;

/** Part of the administrator's routes: what is known of contacts. */
export const adminPropertyRoutes = {
  listContactProperties: {
    method: 'GET',
    path: '/contact-properties',
    query: accountQuery,
    status: 200,
    answer: z.object({ items: z.array(contactPropertySchema) }),
  },
  /** What contacts have under this name already stays as it is. 409 for a name that is defined. */
  createContactProperty: {
    method: 'POST',
    path: '/contact-properties',
    query: accountQuery,
    body: newContactPropertySchema,
    status: 201,
    refuses: [409],
    answer: contactPropertySchema,
  },
  /** Contacts who have chosen an option that is no more keep it. */
  updateContactProperty: {
    method: 'PATCH',
    path: '/contact-properties/:id',
    params: byId,
    query: accountQuery,
    body: z.strictObject({ label: z.optional(labelSchema), options: z.optional(optionsSchema) }),
    status: 200,
    answer: contactPropertySchema,
  },
  /** What contacts have stays, as a text. 409 while the permission of a portal asks for it. */
  deleteContactProperty: {
    method: 'DELETE',
    path: '/contact-properties/:id',
    params: byId,
    query: accountQuery,
    status: 204,
    refuses: [409],
  },
} as const satisfies Record<string, Route>;
