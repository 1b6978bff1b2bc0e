import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { contextOf } from '../identity/session.js';
import { keepPreferences, preferencesStep, toPreferences } from '../settings/preferences.js';

export const preferencesHandlers = ({
  database,
}: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'getPreferences' | 'setPreferences'> => ({
  getPreferences: {
    read: async () => ({
      steps: [preferencesStep],
      answer: async ({ who }) => toPreferences(who.rows[0]),
    }),
  },

  setPreferences: async ({ body, who: { portal, session } }) => {
    const { columns } = body;
    const twice = columns?.findIndex((name, place) => columns.indexOf(name) !== place) ?? -1;
    if (twice >= 0) throw new ApiError('invalid', { fields: [{ path: `columns.${twice}`, code: 'repeated' }] });
    const [rows] = await database.batch(contextOf(portal, session.viewer.id), [keepPreferences(body)]);
    return toPreferences(rows);
  },
});
