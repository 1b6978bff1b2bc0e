import type { liveRoutes } from '../../wire/index.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { LiveWhos } from '../http/portal-call.js';
import { contextOf } from '../identity/session.js';
import type { CountsRow } from '../index/counts.js';
import { countsStep, toCounts } from '../index/counts.js';

export const countHandlers = (deps: AppDeps): Pick<Handlers<typeof liveRoutes, LiveWhos>, 'getCounts'> => ({
  getCounts: async ({ who: { portal, session } }) => {
    const context = contextOf(portal, session.viewer.id);
    const [[row]] = (await deps.database.batch(context, [countsStep(portal, session)])) as [[CountsRow]];
    return toCounts(portal, row);
  },
});
