import type { SignInMethod } from '../../model/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import type { PortalSettings } from '../settings/portal.js';

/** The ways in that a portal offers now: its owner's choice, without what needs mail where there is none. */
export function waysIn({ mail }: Pick<AppDeps, 'mail'>, portal: PortalSettings): SignInMethod[] {
  const { signIn, access, hostToken, connections } = portal;
  const elsewhere: SignInMethod[] = [
    ...(connections.length > 0 ? (['sso'] as const) : []),
    ...(hostToken ? (['host-token'] as const) : []),
  ];
  if (access.kind === 'sso-only') return elsewhere;
  const password = signIn.includes('password');
  return [
    ...(password ? (['password'] as const) : []),
    ...(mail && signIn.includes('email') ? (['email'] as const) : []),
    ...(mail && password ? (['reset'] as const) : []),
    ...(mail && access.kind === 'open' ? (['register'] as const) : []),
    ...elsewhere,
  ];
}

/** @throws ApiError `forbidden` for what the portal does not offer */
export function requireWay(deps: Pick<AppDeps, 'mail'>, portal: PortalSettings, way: SignInMethod): void {
  if (waysIn(deps, portal).includes(way)) return;
  throw new ApiError('forbidden', { fields: [{ path: 'method', code: 'not-offered' }] });
}

/** May somebody unknown with this address become a contact of an open portal? */
export function takesDomain({ access }: PortalSettings, email: string): boolean {
  if (access.kind !== 'open') return false;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return access.emailDomains.length === 0 || access.emailDomains.includes(domain);
}

/** @throws ApiError `forbidden` for an address of a domain that nobody registers with here */
export function requireDomain(portal: PortalSettings, email: string): void {
  if (!takesDomain(portal, email)) throw new ApiError('forbidden', { fields: [{ path: 'email', code: 'domain' }] });
}
