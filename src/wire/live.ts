import * as z from 'zod/mini';

import { firstAnswers } from './answers.js';
import { portalAnswers } from './later-answers.js';
import { countsOf } from './later-schemas.js';
import { ticketQuerySchema } from './requests.js';
import type { Route } from './routes.js';
import { ticketSchema } from './schemas.js';

const countSchema = z
  .int()
  .check(z.minimum(0), z.maximum(1000))
  .register(z.globalRegistry, { description: 'Counting stops at 1,000, which means "or more"' });

export const countsSchema = countsOf(countSchema);

/** `data` of an event `ticket`: the ticket as a list shows it to this contact now. */
export const ticketEventSchema = z.object({ ticket: ticketSchema });

/** Where a stream of events got to: sealed, for this contact at this portal. */
const positionSchema = z.string().check(z.minLength(1), z.maxLength(8000));

/** Routes below `https://<domain>/<slug>/api/v1` that tell what is new. A table of their own: not every client needs them. */
export const liveRoutes = {
  /** `states`, `statuses` and `requesters` are of the scope, which is everything visible unless said. */
  getCounts: {
    ...portalAnswers.getCounts,
    query: z.strictObject({ scope: ticketQuerySchema.shape.scope }),
    tagged: true,
    status: 200,
    answer: countsSchema,
  },
  streamEvents: {
    ...firstAnswers.streamEvents,
    query: z.strictObject({ after: z.optional(positionSchema) }),
    status: 200,
    refuses: [429],
    events: ticketEventSchema,
  },
} as const satisfies Record<string, Route>;
