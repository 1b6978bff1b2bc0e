import type { Session } from '../../model/index.js';
import { ApiError } from '../api-error.js';
import type { Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { createAskDesk } from '../desks/people.js';
import type { Admitted } from '../http/portal-call.js';
import type { PortalSettings } from '../settings/portal.js';
import { preferencesStep, toPreferences } from '../settings/preferences.js';
import { type AuditEntry, auditStep } from './audit.js';
import { createConsents } from './consent.js';
import { type Proof, refusedProof } from './flows.js';
import type { Limits } from './limits.js';
import { type ProvenContact, acceptProof } from './proof.js';
import {
  type Elsewhere,
  type SessionMethod,
  contextOf,
  endSessions,
  findSession,
  forget,
  projectSession,
  startSession,
} from './session.js';

/** What every way in ends with: somebody who has shown who they are is signed in, anybody else is refused. */
export function createSignIn(deps: AppDeps, limits: Limits) {
  const askDesk = createAskDesk(deps);
  const consents = createConsents(deps);

  /** Enters in the audit log that nobody was let in, whether or not there is such a person: it must take as long. */
  async function refuse(portal: PortalSettings, subjects: AuditEntry['subjects'] = {}): Promise<void> {
    const entry = { actor: 'visitor', event: 'sign-in', portal: portal.slug, subjects, refused: true } as const;
    const context = { role: 'app', account: portal.account, portal: portal.id } as const;
    await deps.database.batch(context, [auditStep(portal.account, deps.clock(), entry)]);
  }

  /** Begins a session, or answers what has to be agreed to before. @throws ApiError `unauthenticated` for whom the company's own desk has just locked out */
  async function begin(
    { portal, session, caller }: Admitted,
    contact: Pick<ProvenContact, 'id' | 'publicId'>,
    method: SessionMethod,
    headers: Headers,
    elsewhere: Elsewhere | null = null,
  ): Promise<Session> {
    // A new sign-in never rides on the session before it.
    if (session) await endSessions(deps, portal, session, 'this');
    if (await consents.isDue(portal, contact.id)) {
      if (session) forget(deps, portal, caller, 'session', headers);
      const pending = await consents.ask(portal, caller, contact, method, headers, elsewhere);
      return { ...(await projectSession(deps, portal, null)), pending };
    }
    const started = await startSession(deps, portal, caller, contact, method, headers, elsewhere);
    // Who they are to the company's own desk decides what they see, from the first answer on.
    const asked = await askDesk(portal, started);
    const signedIn = started && asked ? await findSession(deps, portal, started) : started;
    if (signedIn) {
      const [rows] = await deps.database.batch(contextOf(portal, contact.id), [preferencesStep]);
      return projectSession(deps, portal, signedIn, toPreferences(rows).columns);
    }
    // The desk has just locked them out.
    forget(deps, portal, caller, 'session', headers);
    throw new ApiError('unauthenticated');
  }

  /**
   * Carries out what somebody has proven, in one transaction; a proof that is not taken counts all the same.
   *
   * @throws ApiError `unauthenticated`, `rate-limited`
   */
  async function prove(
    { portal, caller }: Admitted,
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
      await refuse(portal);
      throw outcome instanceof ApiError ? outcome : refusedProof(outcome);
    }
    await attempt.succeeded();
    return outcome;
  }

  return { begin, prove, refuse };
}
