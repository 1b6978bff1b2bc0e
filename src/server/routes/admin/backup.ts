import type { Context } from 'hono';

import type { adminRoutes } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { AppDeps } from '../../deps.js';
import type { Handlers } from '../../http/mount.js';
import { readAdmin } from '../../identity/staff.js';

/** The checks of every route below `/admin/api/v1`: the administrator's token, no other. */
export const adminChecks = (deps: AppDeps) => ({
  async admit(c: Context): Promise<void> {
    if (!c.req.header('x-portal-client')) throw new ApiError('forbidden');
  },
  identify: (_: unknown, __: unknown, c: Context) => readAdmin(deps, c),
});

export const adminHandlers = ({
  backup,
}: AppDeps): Handlers<typeof adminRoutes, { readonly [Name in keyof typeof adminRoutes]: void }> => ({
  backup: async () => {
    // Where the server lives in a page there is nothing to keep.
    if (!backup) throw new ApiError('not-found');
    return new Response(backup(), { headers: { 'content-type': 'application/gzip' } });
  },
});
