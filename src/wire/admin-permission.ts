import * as z from 'zod/mini';

import { kept } from './text.js';

const propertyName = kept(64).check(z.regex(/\S/));

const of = <const Operators extends readonly [string, ...string[]], V extends z.ZodMiniType>(
  operators: Operators,
  value: V,
) => z.strictObject({ property: propertyName, operator: z.enum(operators), value });

/** A condition on a property of a contact, each operator with a value that it can compare. */
const filterSchema = z.discriminatedUnion('operator', [
  of(['is', 'is-not', 'contains'], kept(2000)),
  of(['greater', 'less'], z.string().check(z.regex(/^-?\d{1,9}(\.\d{1,6})?$/))),
  of(['before', 'after'], z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  of(['is-any-of'], z.array(kept(2000)).check(z.maxLength(100))),
  z.strictObject({ property: propertyName, operator: z.enum(['is-known', 'is-unknown']) }),
]);

/** What contacts see beyond their own tickets. */
export const permissionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own') }),
  z.strictObject({ kind: z.literal('company') }),
  z.strictObject({
    kind: z.literal('company-if'),
    groups: z.array(z.array(filterSchema).check(z.maxLength(10))).check(z.maxLength(10)),
  }),
]);

export type PermissionWire = z.infer<typeof permissionSchema>;
