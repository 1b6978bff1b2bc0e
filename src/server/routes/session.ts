import type { Session } from '../../model/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps, Caller } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { Admitted, PortalWhos } from '../http/portal-call.js';
import { requireCarrier } from '../identity/carrier.js';
import { readCode } from '../identity/code.js';
import { createConsents } from '../identity/consent.js';
import { auditStep } from '../identity/audit.js';
import { createFlows, refusedProof } from '../identity/flows.js';
import { acceptHostToken, issueNonce } from '../identity/host-token.js';
import { createLimits } from '../identity/limits.js';
import { createPasswordCheck, hashNewPassword } from '../identity/password.js';
import { replacePassword } from '../identity/proof.js';
import { type SignedIn, cookieName, endSessions, forget, projectSession } from '../identity/session.js';
import { createSignIn } from '../identity/sign-in.js';
import { requireDomain, requireWay, waysIn } from '../identity/ways-in.js';
import { createMailQueue } from '../mail/queue.js';
import type { PortalSettings } from '../settings/portal.js';
import { preferencesStep, toPreferences } from '../settings/preferences.js';
import { createTransactions } from '../sso/transactions.js';
import type { portalRoutes } from '../../wire/index.js';

type Names =
  | 'getSession'
  | 'getNonce'
  | 'signIn'
  | 'startSignIn'
  | 'setPassword'
  | 'signOut'
  | 'getConsent'
  | 'withdrawConsent';

/** A notice is worth reading for so long. */
const noticeLifetime = 24 * 3_600_000;

export function sessionHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, Names> {
  const limits = createLimits(deps);
  const checkPassword = createPasswordCheck(deps);
  const flows = createFlows(deps);
  const consents = createConsents(deps);
  const transactions = createTransactions(deps);
  const queueMail = createMailQueue(deps);
  const { begin, prove, refuse } = createSignIn(deps, limits);

  return {
    getSession: {
      read: async () => ({
        steps: [preferencesStep],
        async answer({ who: { portal, session, caller, rows }, headers }) {
          if (session) return projectSession(deps, portal, session, toPreferences(rows[0]).columns);
          // Whether this browser keeps cookies for a page of another site shows when it next asks.
          if (caller.carrier === 'cross-site')
            deps.carrier.write(headers, caller, cookieName(portal, 'probe'), '1', null);
          const pending = await pendingOf(portal, caller);
          const nobody = await projectSession(deps, portal, null);
          if (!pending) return nobody;
          const { method, email, expiresAt } = pending;
          return { ...nobody, pending: { method, email, expiresAt } };
        },
      }),
    },

    signIn: async ({ body, who, headers }) => {
      const { portal, caller } = who;
      requireCarrier(deps, portal, caller, headers);
      if (body.method === 'password') {
        requireWay(deps, portal, 'password');
        const attempt = await limits.password(portal, body.email, caller.ip);
        const { contact, right } = await checkPassword(portal, body.email, body.password);
        if (!contact || !right) {
          await refuse(portal, contact ? { contact: contact.publicId } : {});
          throw new ApiError('unauthenticated');
        }
        await attempt.succeeded();
        return begin(who, contact, 'password', headers);
      }
      if (body.method === 'code') {
        const code = readCode(body.code);
        const contact = await prove(who, (tx) => flows.useCode(tx, portal, caller, code, ['email', 'register']));
        return finish(who, await begin(who, contact, 'email', headers), headers);
      }
      if (body.method === 'consent') {
        const { contact, method, elsewhere } = await consents.give(who, body);
        return finish(who, await begin(who, contact, method, headers, elsewhere), headers);
      }
      if (body.method === 'host-token') {
        requireWay(deps, portal, 'host-token');
        const contact = await prove(who, (tx) => acceptHostToken(deps, tx, portal, caller, body.token));
        return begin(who, contact, 'host-token', headers);
      }
      if (body.method === 'exchange') {
        const attempt = await limits.proof(caller.ip);
        const exchanged = await transactions.exchange(portal, caller, body);
        if (typeof exchanged === 'string') {
          await refuse(portal);
          throw refusedProof(exchanged);
        }
        await attempt.succeeded();
        return begin(who, exchanged.contact, 'sso', headers, exchanged.elsewhere);
      }
      const { token, password } = body;
      const ways = waysIn(deps, portal);
      // Where others say who comes, nobody is invited.
      if (!ways.includes('password') && !ways.includes('email'))
        throw new ApiError('forbidden', { fields: [{ path: 'method', code: 'not-offered' }] });
      if (password !== undefined) requireWay(deps, portal, 'password');
      else if (!ways.includes('email'))
        throw new ApiError('invalid', { fields: [{ path: 'password', code: 'missing' }] });
      const hash = password === undefined ? null : await hashNewPassword(deps, password, [portal.name]);
      const contact = await prove(
        who,
        (tx) => flows.useInvitation(tx, portal, token),
        async (tx, invited) => {
          if (hash !== null) await replacePassword(deps, tx, portal, invited, hash);
        },
      );
      return begin(who, contact, 'invitation', headers);
    },

    startSignIn: async ({ body, who: { portal, caller, language }, headers }) => {
      requireCarrier(deps, portal, caller, headers);
      requireWay(deps, portal, body.method);
      const page = pageOf(portal, caller, body.page);
      const email = body.email.trim();
      const asked = { kind: body.method, email, page, language };
      if (body.method !== 'register') {
        await limits.mail(portal, caller.ip);
        return flows.start(portal, caller, asked, headers);
      }
      requireDomain(portal, email);
      const { name, password } = body;
      if (password !== undefined) requireWay(deps, portal, 'password');
      const passwordHash =
        password === undefined ? null : await hashNewPassword(deps, password, [name, email, portal.name]);
      await limits.mail(portal, caller.ip);
      return flows.start(portal, caller, { ...asked, name: name.trim(), passwordHash }, headers);
    },

    getNonce: async ({ who: { portal, caller } }) => {
      requireWay(deps, portal, 'host-token');
      await limits.nonce(caller.ip);
      return issueNonce(deps, portal);
    },

    setPassword: async ({ body, who, headers }) => {
      const { portal, caller } = who;
      requireWay(deps, portal, 'reset');
      const pending = await flows.pending(portal, caller);
      if (pending?.method !== 'reset') throw refusedProof('expired');
      // A password that is refused costs nobody their code.
      const hash = await hashNewPassword(deps, body.password, [pending.to, portal.name]);
      const code = readCode(body.code);
      await prove(
        who,
        (tx) => flows.useCode(tx, portal, caller, code, ['reset']),
        async (tx, contact) => {
          await replacePassword(deps, tx, portal, contact, hash);
          const { email, name, locale } = contact;
          const notice = {
            to: { email, name },
            locale,
            portal: portal.name,
            content: { kind: 'password-changed', link: pageOf(portal, caller) },
            expiresAt: new Date(deps.clock().getTime() + noticeLifetime),
          } as const;
          await tx.batch([await queueMail(portal, notice, true)]);
        },
      );
      deps.mail?.wake();
      forget(deps, portal, caller, 'flow', headers);
    },

    signOut: async ({ body, who: { portal, session, caller }, headers }) => {
      if (session) await endSessions(deps, portal, session, body.scope, [signOutStep(deps, portal, session)]);
      if (body.scope !== 'others') forget(deps, portal, caller, 'session', headers);
      if (!session && (await pendingOf(portal, caller))?.method === 'consent') {
        await consents.refuse(portal, caller);
        forget(deps, portal, caller, 'flow', headers);
      }
      headers.set('clear-site-data', '"cache"');
    },

    getConsent: async ({ who: { portal, session, caller, language } }) => {
      if (session) return { notice: await consents.given(portal, session) };
      if ((await pendingOf(portal, caller))?.method !== 'consent') throw new ApiError('unauthenticated');
      return { notice: consents.notice(portal, language) };
    },

    withdrawConsent: async ({ who: { portal, session, caller }, headers }) => {
      await consents.withdraw(portal, session);
      forget(deps, portal, caller, 'session', headers);
      headers.set('clear-site-data', '"cache"');
    },
  };

  /** What this browser waits for; nobody waits for what is not asked any more. */
  async function pendingOf(portal: PortalSettings, caller: Caller) {
    const pending = await flows.pending(portal, caller);
    return pending?.method === 'consent' && !portal.consent.asked ? null : pending;
  }

  /** Takes back what the browser has waited with, unless it now waits with something else. */
  function finish({ portal, caller }: Admitted, session: Session, headers: Headers): Session {
    if (!session.pending) forget(deps, portal, caller, 'flow', headers);
    return session;
  }
}

const signOutStep = (deps: AppDeps, portal: PortalSettings, session: SignedIn) =>
  auditStep(portal.account, deps.clock(), {
    actor: 'contact',
    actorId: session.publicId,
    event: 'sign-out',
    portal: portal.slug,
  });

/**
 * Where the link of a mail leads: the page that asks, or the hosted portal.
 *
 * @throws ApiError `invalid` for a page of another origin
 */
function pageOf(portal: PortalSettings, caller: Caller, page?: string): string {
  if (page === undefined) return `${caller.base}/${portal.slug}/`;
  const url = URL.canParse(page) ? new URL(page) : null;
  if (url?.origin !== caller.origin) throw new ApiError('invalid', { fields: [{ path: 'page', code: 'foreign' }] });
  url.hash = '';
  return url.href;
}
