import type { Route } from './routes.js';

/** Routes below `https://<domain>/admin/api/v1`, with the administrator's bearer token. */
export const adminRoutes = {
  backup: { method: 'GET', path: '/backup', status: 200 },
} as const satisfies Record<string, Route>;
