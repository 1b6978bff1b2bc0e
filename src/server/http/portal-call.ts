import type { Context } from 'hono';

import type { Route, liveRoutes, portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { Step } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import type { Arrival } from '../identity/arrival.js';
import { createAskDesk } from '../desks/people.js';
import { createOriginRequests } from '../identity/origin-requests.js';
import { createRefusals } from '../identity/refusals.js';
import { findArrival } from '../identity/arrival.js';
import type { SignedIn } from '../identity/session.js';
import { cookieName, forget, renewSession } from '../identity/session.js';
import type { PortalSettings } from '../settings/portal.js';
import { chooseLanguage } from './language.js';
import { corsHeaders, guardCaller, originAllowed, preflight } from './guard.js';
import { createTagger } from './tag.js';

/** A visitor's request that may talk to this portal. */
export interface Admitted extends Arrival {
  readonly caller: Caller;
  /** One of the portal's languages. */
  readonly language: string;
  /** The visitor reads none of them: it is the portal's own for want of a better one. */
  readonly isForeign: boolean;
}

export interface PortalWho<R extends Route> extends Admitted {
  readonly session: R['open'] extends true ? SignedIn | null : SignedIn;
}

type WhosOf<Routes extends Record<string, Route>> = { readonly [Name in keyof Routes]: PortalWho<Routes[Name]> };
export type PortalWhos = WhosOf<typeof portalRoutes>;
export type LiveWhos = WhosOf<typeof liveRoutes>;

/** The checks of every route below `/<slug>/api/v1`. */
export function portalChecks(deps: AppDeps) {
  const enterRefusal = createRefusals(deps);
  const enterOrigin = createOriginRequests(deps);
  const askDesk = createAskDesk(deps);
  const tagOf = createTagger(deps);
  return {
    /** @throws ApiError `not-found`, `forbidden`, `not-open` */
    async admit(c: Context, steps: readonly Step[] = []): Promise<Admitted> {
      const caller = deps.caller(c.req.raw);
      const arrival = await findArrival(deps, caller, c.req.param('slug') ?? '', steps);
      if (!arrival) throw new ApiError('not-found');
      const { portal, session } = arrival;
      if (!originAllowed(c.req.raw, caller, portal)) {
        await enterRefusal(portal, session, 'origin');
        await enterOrigin(portal, c.req.raw, caller);
      }
      guardCaller(c.req.raw, caller, portal);
      corsHeaders(caller, c.get('answerHeaders'));
      // Its owner opens it by hand: who asks again at once asks for nothing.
      if (!portal.open) throw new ApiError('not-open', { retryAfter: 60 });
      // Who they are to the company's own desk decides what they see, so what was read on the way is read again after asking.
      const asked = await askDesk(portal, session);
      const now = asked ? ((await findArrival(deps, caller, portal.slug, steps)) ?? arrival) : arrival;
      return { ...now, caller, ...chooseLanguage(c, now.portal) };
    },

    /** @throws ApiError `unauthenticated`, `session-expired` when a session came along that is none any more */
    async identify(admitted: Admitted, route: Route, c: Context): Promise<PortalWho<Route>> {
      const { portal, caller, session } = admitted;
      if (session) {
        await renewSession(deps, portal, caller, session, c.get('answerHeaders'));
      } else {
        const came = deps.carrier.read(caller, cookieName(portal)) !== null;
        if (came) forget(deps, portal, caller, 'session', c.get('answerHeaders'));
        if (!route.open) throw new ApiError(came ? 'session-expired' : 'unauthenticated');
      }
      return { ...admitted, session: session as SignedIn };
    },

    /** What everybody is told alike has one tag for all of them. */
    tag({ portal, session }: Admitted, route: Route, request: Request, body: object): Promise<string> {
      const contact = route.open ? null : session?.publicId;
      return tagOf([portal.account, portal.id, contact], request, body);
    },

    /** Enters in the audit log that somebody who is signed in asked for what they may not see. */
    async refused({ portal, session }: Admitted, { path }: Route, params: unknown, error: unknown): Promise<void> {
      const { id } = (params ?? {}) as { readonly id?: string };
      if (!session || id === undefined || !(error instanceof ApiError) || error.code !== 'not-found') return;
      await enterRefusal(
        portal,
        session,
        'access',
        /^\/(attachments|uploads)\//.test(path) ? { file: id } : { ticket: id },
      );
    },

    /** Answers the question of a browser whether a page may ask. @throws ApiError `forbidden` */
    async preflight(request: Request, caller: Caller, portal: PortalSettings): Promise<Response> {
      if (originAllowed(request, caller, portal)) return preflight(caller);
      await enterRefusal(portal, null, 'origin');
      await enterOrigin(portal, request, caller);
      throw new ApiError('forbidden');
    },
  };
}
