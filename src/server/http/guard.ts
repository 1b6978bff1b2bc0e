import { tusAnswerHeaders, tusRequestHeaders } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { Caller } from '../deps.js';
import type { PortalSettings } from '../settings/portal.js';

/**
 * May this page talk to this portal? The order is that of research into cross-site requests: exact origin first, then a
 * header that no form, image, script or link can send, then what the browser says of the request's kind.
 *
 * @throws ApiError `forbidden`
 */
export function guardCaller(request: Request, caller: Caller, portal: Pick<PortalSettings, 'origins'>): void {
  if (!originAllowed(request, caller, portal)) throw new ApiError('forbidden');
  if (!/^[\w.@/-]{1,64}\/[\w.+-]{1,32}$/.test(request.headers.get('x-portal-client') ?? '')) {
    throw new ApiError('forbidden');
  }
  const mode = request.headers.get('sec-fetch-mode');
  const destination = request.headers.get('sec-fetch-dest');
  if (mode !== null && mode !== 'cors' && mode !== 'same-origin') throw new ApiError('forbidden');
  if (destination !== null && destination !== 'empty') throw new ApiError('forbidden');
}

/**
 * May this page ask in the name of staff who is signed in? One of the server's own, and no other: there is no list, and no
 * answer that another page could read.
 *
 * @throws ApiError `forbidden`
 */
export function guardOwnPage(request: Request, caller: Caller): void {
  if (caller.carrier !== 'same-site') throw new ApiError('forbidden');
  guardCaller(request, caller, { origins: [] });
}

export function originAllowed(request: Request, caller: Caller, portal: Pick<PortalSettings, 'origins'>): boolean {
  const { origin } = caller;
  if (origin !== null) return origin !== 'null' && (origin === caller.base || portal.origins.includes(origin));
  // Browsers send no Origin on a same-origin read.
  return caller.site === 'same-origin' && (request.method === 'GET' || request.method === 'HEAD');
}

/** Headers that let an allowed foreign page read the answer. */
export function corsHeaders(caller: Caller, headers: Headers): void {
  headers.append('vary', 'Origin');
  if (caller.origin === null) return;
  headers.set('access-control-allow-origin', caller.origin);
  headers.set('access-control-allow-credentials', 'true');
  headers.set(
    'access-control-expose-headers',
    `etag, retry-after, x-request-id, x-portal-carrier, x-portal-session, x-portal-flow, ${tusAnswerHeaders.join(', ')}`,
  );
}

export function preflight(caller: Caller): Response {
  const headers = new Headers({
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers':
      'content-type, x-portal-client, idempotency-key, if-none-match, last-event-id, authorization, x-portal-carrier, ' +
      `x-portal-flow, ${tusRequestHeaders.join(', ')}`,
    'access-control-max-age': '600',
  });
  corsHeaders(caller, headers);
  return new Response(null, { status: 204, headers });
}
