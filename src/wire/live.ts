import * as z from 'zod/mini';

import { firstAnswers } from './answers.js';
import type { Route } from './routes.js';
import { companySchema, ticketSchema } from './schemas.js';

const countSchema = z
  .int()
  .check(z.minimum(0), z.maximum(1000))
  .register(z.globalRegistry, { description: 'Counting stops at 1,000, which means "or more"' });

export const countsSchema = z.object({
  scopes: z.object({
    all: countSchema,
    mine: countSchema,
    participating: countSchema,
    /** Companies of the contact, the primary one first. Further ones are counted among the newest 1,000 tickets. */
    company: z.array(z.extend(companySchema, { count: countSchema })),
  }),
  states: z.object({ open: countSchema, closed: countSchema }),
  /** By status id, for every status of the portal. */
  statuses: z.record(z.string(), countSchema),
  /** Among the newest 1,000. */
  unread: countSchema,
});

/** `data` of an event `ticket`: the ticket as a list shows it to this contact now. */
export const ticketEventSchema = z.object({ ticket: ticketSchema });

/** Where a stream of events got to: sealed, for this contact at this portal. */
const positionSchema = z.string().check(z.minLength(1), z.maxLength(8000));

/** Routes below `https://<domain>/<slug>/api/v1` that tell what is new. A table of their own: not every client needs them. */
export const liveRoutes = {
  getCounts: { method: 'GET', path: '/counts', tagged: true, status: 200, answer: countsSchema },
  streamEvents: {
    ...firstAnswers.streamEvents,
    query: z.strictObject({ after: z.optional(positionSchema) }),
    status: 200,
    refuses: [429],
    events: ticketEventSchema,
  },
} as const satisfies Record<string, Route>;
