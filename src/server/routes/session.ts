import { ApiError } from '../api-error.js';
import type { AppDeps, Caller } from '../deps.js';
import { createAskDesk } from '../desks/people.js';
import type { Handlers } from '../http/mount.js';
import type { Admitted, PortalWhos } from '../http/portal-call.js';
import { requireCarrier } from '../identity/carrier.js';
import { readCode } from '../identity/code.js';
import { type AuditEntry, auditStep } from '../identity/audit.js';
import { type Proof, createFlows, refusedProof } from '../identity/flows.js';
import { acceptHostToken, issueNonce } from '../identity/host-token.js';
import { createLimits } from '../identity/limits.js';
import { createPasswordCheck, hashNewPassword } from '../identity/password.js';
import { type ProvenContact, acceptProof, replacePassword } from '../identity/proof.js';
import {
  type Elsewhere,
  type SessionMethod,
  type SignedIn,
  cookieName,
  endSessions,
  findSession,
  forget,
  projectSession,
  startSession,
} from '../identity/session.js';
import { requireDomain, requireWay, waysIn } from '../identity/ways-in.js';
import { createMailQueue } from '../mail/queue.js';
import type { PortalSettings } from '../settings/portal.js';
import { createTransactions } from '../sso/transactions.js';
import type { Transaction } from '../database.js';
import type { Session } from '../../model/index.js';
import type { portalRoutes } from '../../wire/index.js';

type Names = 'getSession' | 'getNonce' | 'signIn' | 'startSignIn' | 'setPassword' | 'signOut';
type Who = Admitted;

/** A notice is worth reading for so long. */
const noticeLifetime = 24 * 3_600_000;

export function sessionHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, Names> {
  const limits = createLimits(deps);
  const checkPassword = createPasswordCheck(deps);
  const flows = createFlows(deps);
  const transactions = createTransactions(deps);
  const queueMail = createMailQueue(deps);
  const askDesk = createAskDesk(deps);

  /** Written whether or not there is such a person: it must take as long. */
  async function enterRefusal(portal: PortalSettings, subjects: AuditEntry['subjects'] = {}): Promise<void> {
    const entry = { actor: 'visitor', event: 'sign-in', portal: portal.slug, subjects, refused: true } as const;
    const context = { role: 'app', account: portal.account, portal: portal.id } as const;
    await deps.database.batch(context, [auditStep(portal.account, deps.clock(), entry)]);
  }

  async function begin(
    { portal, session, caller }: Who,
    contact: Pick<ProvenContact, 'id' | 'publicId'>,
    method: SessionMethod,
    headers: Headers,
    elsewhere: Elsewhere | null = null,
  ): Promise<Session> {
    // A new sign-in never rides on the session before it.
    if (session) await endSessions(deps, portal, session, 'this');
    const started = await startSession(deps, portal, caller, contact, method, headers, elsewhere);
    // Who they are to the company's own desk decides what they see, from the first answer on.
    const asked = await askDesk(portal, started);
    const signedIn = started && asked ? await findSession(deps, portal, started) : started;
    if (signedIn) return projectSession(deps, portal, signedIn);
    // The desk has just locked them out.
    forget(deps, portal, caller, 'session', headers);
    throw new ApiError('unauthenticated');
  }

  /** What was proven, carried out in one transaction; a proof that is not taken counts all the same. */
  async function prove(
    { portal, caller }: Who,
    take: (tx: Transaction) => Promise<Proof | 'wrong' | 'expired'>,
    further: (tx: Transaction, contact: ProvenContact) => Promise<void> = async () => {},
  ): Promise<ProvenContact> {
    const attempt = await limits.proof(caller.ip);
    const work = async (tx: Transaction) => {
      const proof = await take(tx);
      if (typeof proof === 'string') return proof;
      const contact = await acceptProof(deps, tx, portal, proof);
      // They were shut out after the mail was sent.
      if (!contact) throw refusedProof('expired');
      await further(tx, contact);
      return contact;
    };
    const outcome = await deps.database.tx({ role: 'staff', account: portal.account }, work).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 'unauthenticated') return error;
      throw error;
    });
    if (typeof outcome === 'string' || outcome instanceof ApiError) {
      await enterRefusal(portal);
      throw outcome instanceof ApiError ? outcome : refusedProof(outcome);
    }
    await attempt.succeeded();
    return outcome;
  }

  return {
    getSession: async ({ who: { portal, session, caller }, headers }) => {
      if (session) return projectSession(deps, portal, session);
      // Whether this browser keeps cookies for a page of another site shows when it next asks.
      if (caller.carrier === 'cross-site') deps.carrier.write(headers, caller, cookieName(portal, 'probe'), '1', null);
      const pending = await flows.pending(portal, caller);
      const nobody = await projectSession(deps, portal, null);
      if (!pending) return nobody;
      const { method, email, expiresAt } = pending;
      return { ...nobody, pending: { method, email, expiresAt } };
    },

    signIn: async ({ body, who, headers }) => {
      const { portal, caller } = who;
      requireCarrier(deps, portal, caller, headers);
      if (body.method === 'password') {
        requireWay(deps, portal, 'password');
        const attempt = await limits.password(portal, body.email, caller.ip);
        const { contact, right } = await checkPassword(portal, body.email, body.password);
        if (!contact || !right) {
          await enterRefusal(portal, contact ? { contact: contact.publicId } : {});
          throw new ApiError('unauthenticated');
        }
        await attempt.succeeded();
        return begin(who, contact, 'password', headers);
      }
      if (body.method === 'code') {
        const code = readCode(body.code);
        const contact = await prove(who, (tx) => flows.useCode(tx, portal, caller, code, ['email', 'register']));
        forget(deps, portal, caller, 'flow', headers);
        return begin(who, contact, 'email', headers);
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
          await enterRefusal(portal);
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
      headers.set('clear-site-data', '"cache"');
    },
  };
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
