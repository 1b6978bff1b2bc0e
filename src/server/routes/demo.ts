import type { Context, Hono } from 'hono';
import * as z from 'zod/mini';

import { adminRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { Param, Statement, Step } from '../database.js';
import type { AppDeps } from '../deps.js';
import { auditStep, changeOf } from '../identity/audit.js';
import { issueStaffToken } from '../identity/staff.js';
import { listKeptMails } from '../mail/kept.js';
import { decideOrigin, listOrigins } from '../settings/admin/origins.js';
import type { PortalSettings } from '../settings/portal.js';
import { findPortal } from '../settings/portal.js';
import { createWrite } from './admin/admin-call.js';

const base = '/demo/api/v1';
const slug = 'help';

const permissions = {
  own: { kind: 'own' },
  company: { kind: 'company' },
  'company-if': { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
} as const;
const permissionSchema = z.strictObject({ kind: z.enum(['own', 'company', 'company-if']) });

const setPermission: Statement = {
  name: 'demo_permission',
  text: 'UPDATE portals SET permission = $3::jsonb, version = version + 1 WHERE account_id = $1 AND id = $2',
};
const addOrigin: Statement = {
  name: 'demo_origin',
  text: `UPDATE portals SET origins = array_append(array_remove(origins, $3), $3), version = version + 1
    WHERE account_id = $1 AND id = $2`,
};

/** What the demo's own pages may ask beyond the portal's API; only `portico demo` has it, and only on this machine. */
export function mountDemo(app: Hono, deps: AppDeps): void {
  const asOwner = createWrite(deps);

  app.post(`${base}/staff-token`, async (c) => {
    await readPortal(deps, c);
    return c.json(await issueStaffToken(deps));
  });

  /** Changes what contacts see beyond their own tickets. Acts on the next request. */
  app.post(`${base}/permission`, async (c) => {
    const portal = await readPortal(deps, c);
    const { kind } = await readBody(c, permissionSchema, 'kind');
    const permission = permissions[kind];
    const change = changeOf({ permission: portal.permission }, { permission });
    const entry = { actor: 'visitor', event: 'portal-changed', portal: slug, change } as const;
    const audit = auditStep(portal.account, deps.clock(), entry);
    await write(deps, portal, setPermission, JSON.stringify(permission), [audit]);
    return c.body(null, 204);
  });

  /** Lets the page that asks embed the demo portal under other names of this machine: each name has cookies of its own. */
  app.post(`${base}/origin`, async (c) => {
    const portal = await readPortal(deps, c);
    const { base: origin } = deps.caller(c.req.raw);
    if (!portal.origins.includes(origin)) await write(deps, portal, addOrigin, origin);
    return c.body(null, 204);
  });

  /** What the demo would have sent, with codes and links; nothing where mail is really sent. */
  app.get(`${base}/outbox`, async (c) => {
    const { account } = await readPortal(deps, c);
    const keeps = deps.mail?.keeps === true;
    return c.json({ keeps, items: keeps ? await listKeptMails(deps, account) : [] });
  });

  /** Foreign pages that asked for the demo portal, and the owner's word on each. */
  app.get(`${base}/origins`, async (c) => {
    const portal = await readPortal(deps, c);
    return c.json(await asOwner(portal, (reading) => listOrigins(reading, slug)));
  });
  app.post(`${base}/origins`, async (c) => {
    const portal = await readPortal(deps, c);
    const asked = await readBody(c, adminRoutes.decideOrigin.body, 'origin');
    await asOwner(portal, (writing) => decideOrigin(writing, slug, asked));
    return c.body(null, 204);
  });

  mountReset(app, deps);
}

function mountReset(app: Hono, deps: AppDeps): void {
  const reset = deps.demo?.reset ?? null;
  app.get(`${base}/reset`, async (c) => {
    await readPortal(deps, c);
    return c.json({ offered: reset !== null });
  });

  /** Removes all that visitors did to the demo world. Every session ends, the asker's too. */
  app.post(`${base}/reset`, async (c) => {
    await readPortal(deps, c);
    if (!reset) throw new ApiError('forbidden');
    await reset();
    return c.body(null, 204);
  });
}

/** The demo's portal, which answers to names of this machine alone. @throws ApiError `forbidden` for any foreign page */
async function readPortal(deps: AppDeps, c: Context): Promise<PortalSettings> {
  const caller = deps.caller(c.req.raw);
  // Browsers send no Origin on a same-origin read.
  const isRead = c.req.method === 'GET' && caller.origin === null && caller.site === 'same-origin';
  if ((caller.origin !== caller.base && !isRead) || !c.req.header('x-portal-client')) throw new ApiError('forbidden');
  const portal = await findPortal(deps.database, caller, slug);
  if (!portal) throw new ApiError('forbidden');
  return portal;
}

/** @throws ApiError `invalid` at `path` */
async function readBody<Schema extends z.ZodMiniType>(c: Context, schema: Schema, path: string) {
  const asked = z.safeParse(schema, await c.req.json().catch(() => null));
  if (!asked.success) throw new ApiError('invalid', { fields: [{ path, code: 'unknown' }] });
  return asked.data;
}

async function write(
  deps: AppDeps,
  { account, id }: PortalSettings,
  statement: Statement,
  value: Param,
  further: readonly Step[] = [],
) {
  await deps.database.batch({ role: 'staff', account }, [{ statement, params: [account, id, value] }, ...further]);
}
