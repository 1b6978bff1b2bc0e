import { ApiError } from '../api-error.js';
import type { AppDeps, Caller } from '../deps.js';
import type { PortalSettings } from '../settings/portal.js';
import { cookieName } from './session.js';

/**
 * What begins a session needs a browser that keeps it. Of a page of another site that is known once the browser has brought
 * back the cookie that it was given when the page asked who is signed in.
 *
 * @throws ApiError `forbidden`, and says in `X-Portal-Carrier` that the page is to keep its tokens in memory
 */
export function requireCarrier(deps: AppDeps, portal: PortalSettings, caller: Caller, headers: Headers): void {
  if (caller.carrier !== 'cross-site') return;
  const kept = (['probe', 'flow', 'session'] as const).some(
    (kind) => deps.carrier.read(caller, cookieName(portal, kind)) !== null,
  );
  if (kept) return;
  headers.set('x-portal-carrier', 'memory');
  throw new ApiError('forbidden', { fields: [{ path: 'X-Portal-Carrier', code: 'missing' }] });
}
