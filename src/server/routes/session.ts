import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import { createAskDesk } from '../desks/people.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { auditStep } from '../identity/audit.js';
import { createSignInLimits } from '../identity/limits.js';
import { createPasswordCheck } from '../identity/password.js';
import { endSessions, findSession, forgetSession, projectSession, startSession } from '../identity/session.js';
import type { portalRoutes } from '../../wire/index.js';

type Names = 'getSession' | 'signIn' | 'signOut';

export function sessionHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, Names> {
  const limitSignIn = createSignInLimits(deps);
  const checkPassword = createPasswordCheck(deps);
  const askDesk = createAskDesk(deps);
  return {
    getSession: async ({ who }) => projectSession(deps, who.portal, who.session),

    signIn: async ({ body, who: { portal, session, caller }, headers }) => {
      const attempt = await limitSignIn(portal, body.email, caller.ip);
      const { contact, right } = await checkPassword(portal, body.email, body.password);
      if (!contact || !right) {
        // Written whether or not there is such a person: it must take as long.
        const subjects = contact ? { contact: contact.publicId } : {};
        const entry = { actor: 'visitor', event: 'sign-in', portal: portal.slug, subjects, refused: true } as const;
        const context = { role: 'app', account: portal.account, portal: portal.id } as const;
        await deps.database.batch(context, [auditStep(portal.account, deps.clock(), entry)]);
        throw new ApiError('unauthenticated');
      }
      await attempt.succeeded();
      // A new sign-in never rides on the session before it.
      if (session) await endSessions(deps, portal, session, 'this');
      const started = await startSession(deps, portal, contact, headers);
      // Who they are to the company's own desk decides what they see, from the first answer on.
      const asked = await askDesk(portal, started);
      const signedIn = started && asked ? await findSession(deps, portal, started.tokenHash) : started;
      if (signedIn) return projectSession(deps, portal, signedIn);
      // The desk has just locked them out.
      forgetSession(deps, portal, headers);
      throw new ApiError('unauthenticated');
    },

    signOut: async ({ body, who: { portal, session }, headers }) => {
      if (session) {
        const entry = { actor: 'contact', actorId: session.publicId, event: 'sign-out', portal: portal.slug } as const;
        await endSessions(deps, portal, session, body.scope, [auditStep(portal.account, deps.clock(), entry)]);
      }
      if (body.scope !== 'others') forgetSession(deps, portal, headers);
    },
  };
}
