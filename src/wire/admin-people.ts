import * as z from 'zod/mini';

import type { Route } from './routes.js';
import { publicIdSchema } from './schemas.js';

/** Largest table, in bytes of UTF-8. */
export const importBytes = 1024 * 1024;
/** Lines of a table, its header aside. */
export const importLines = 5000;

export const importReportSchema = z.object({
  lines: z.array(
    z.object({
      /** Where it begins in the text; the first is 1. */
      line: z.number(),
      /** As it was written. */
      email: z.string(),
      outcome: z.enum(['created', 'updated', 'unchanged', 'refused']),
      /** Why it was refused: what is wrong, or which column. */
      code: z.optional(
        z.enum([
          'malformed',
          'columns',
          'email',
          'repeated',
          'name',
          'company',
          'primary-company',
          'access-group',
          'property',
        ]),
      ),
    }),
  ),
  created: z.number(),
  updated: z.number(),
  refused: z.number(),
  /** Names of companies that were not there. */
  companies: z.array(z.string()),
});

export type ImportReportWire = z.infer<typeof importReportSchema>;

/** Part of the administrator's routes: many people at once. */
export const adminPeopleRoutes = {
  /** A table with the columns of README. `dryRun` writes nothing, and tells what would be. */
  importContacts: {
    method: 'POST',
    path: '/contacts/import',
    query: z.strictObject({ account: z.optional(publicIdSchema) }),
    body: z.strictObject({ csv: z.string().check(z.maxLength(importBytes)), dryRun: z.boolean() }),
    // A text may be longer as JSON.
    bodyBytes: 2.5 * importBytes,
    status: 200,
    answer: importReportSchema,
  },
} as const satisfies Record<string, Route>;
