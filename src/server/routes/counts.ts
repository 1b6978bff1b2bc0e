import type { TicketScope } from '../../model/index.js';
import type { liveRoutes } from '../../wire/index.js';
import type { Handlers } from '../http/mount.js';
import type { LiveWhos } from '../http/portal-call.js';
import type { CountsRow } from '../index/counts.js';
import { countStep, toCounts } from '../index/counts.js';

export const countHandlers = (): Pick<Handlers<typeof liveRoutes, LiveWhos>, 'getCounts'> => ({
  getCounts: {
    read: async ({ query }) => ({
      steps: [countStep((query.scope ?? 'all') as TicketScope)],
      answer: async ({ who }) => toCounts(who.portal, who.rows[0]?.[0] as CountsRow, who.language),
    }),
  },
});
