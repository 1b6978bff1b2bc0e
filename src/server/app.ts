import { Hono } from 'hono';

import { adminRoutes, liveRoutes, portalRoutes, staffRoutes } from '../wire/index.js';
import { ApiError, problem, toApiError } from './api-error.js';
import type { AppDeps } from './deps.js';
import { answerHeaders } from './http/headers.js';
import { mount } from './http/mount.js';
import type { Admitted, LiveWhos, PortalWhos } from './http/portal-call.js';
import { portalChecks } from './http/portal-call.js';
import { describeError, requestLog } from './http/request-log.js';
import { cookieName } from './identity/session.js';
import { openApiDocument } from './openapi.js';
import { adminChecks } from './routes/admin/admin-call.js';
import { adminHandlers } from './routes/admin/admin.js';
import { attachmentHandlers } from './routes/attachments.js';
import { countHandlers } from './routes/counts.js';
import { mountDemo } from './routes/demo.js';
import { eventHandlers } from './routes/events.js';
import { exportHandlers } from './routes/export.js';
import { messageHandlers } from './routes/messages.js';
import { mountPages } from './routes/pages.js';
import { portalHandlers } from './routes/portal.js';
import { preferencesHandlers } from './routes/preferences.js';
import { checkReady } from './routes/ready.js';
import { sessionHandlers } from './routes/session.js';
import { mountSso } from './routes/sso.js';
import { staffChecks, staffHandlers } from './routes/staff/tickets.js';
import { uploadHandlers } from './routes/uploads.js';
import { ticketHandlers } from './routes/tickets.js';
import { findPortal } from './settings/portal.js';

const portalBase = '/:slug/api/v1';
const staffBase = '/staff/api/v1';
const adminBase = '/admin/api/v1';

/** The reference server: a pure function from `Request` to `Response` that listens to nothing. */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  app.use(requestLog(deps));
  app.use(answerHeaders(deps.newId));
  app.onError((error, c) => {
    if (!(error instanceof ApiError)) {
      const id = c.get('requestId');
      deps.log({ level: 'error', event: 'request-failed', id, ...describeError(error) });
    }
    return problem(toApiError(error));
  });
  app.notFound(() => problem(new ApiError('not-found')));

  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    await checkReady(deps);
    return c.json({ status: 'ready' });
  });

  // Before the portals: `staff`, `admin` and `demo` are no slugs.
  mount(app, staffBase, staffRoutes, staffChecks(deps), staffHandlers(deps));
  mount(app, adminBase, adminRoutes, adminChecks(deps), adminHandlers(deps));
  if (deps.demo) mountDemo(app, deps);

  const checks = portalChecks(deps);
  app.options(`${portalBase}/*`, async (c) => {
    const caller = deps.caller(c.req.raw);
    const portal = await findPortal(deps.database, caller, c.req.param('slug'));
    if (!portal) throw new ApiError('not-found');
    return checks.preflight(c.req.raw, caller, portal);
  });
  app.get(`${portalBase}/openapi.json`, async (c) => {
    const { portal } = await checks.admit(c);
    const areas = [
      { tag: 'portal', base: `/${portal.slug}/api/v1`, routes: { ...portalRoutes, ...liveRoutes } },
      { tag: 'staff', base: staffBase, routes: staffRoutes },
      { tag: 'admin', base: adminBase, routes: adminRoutes },
    ];
    return c.json(openApiDocument(areas, cookieName(portal)));
  });
  mount<typeof portalRoutes, Admitted, PortalWhos>(app, portalBase, portalRoutes, checks, {
    ...portalHandlers(deps),
    ...sessionHandlers(deps),
    ...ticketHandlers(deps),
    ...exportHandlers(deps),
    ...messageHandlers(deps),
    ...attachmentHandlers(deps),
    ...uploadHandlers(deps),
    ...preferencesHandlers(deps),
  });
  mount<typeof liveRoutes, Admitted, LiveWhos>(app, portalBase, liveRoutes, checks, {
    ...countHandlers(),
    ...eventHandlers(deps),
  });

  mountPages(app, deps);
  mountSso(app, deps);
  return app;
}
