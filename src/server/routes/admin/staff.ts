import type { WelcomeWire, adminRoutes } from '../../../wire/index.js';
import { ApiError, type FieldError } from '../../api-error.js';
import type { AppDeps } from '../../deps.js';
import type { Handlers } from '../../http/mount.js';
import { auditStep } from '../../identity/audit.js';
import { createLimits } from '../../identity/limits.js';
import { hashNewPassword } from '../../identity/password.js';
import {
  type StaffLink,
  findStaffLink,
  newStaffLink,
  setPasswordStep,
  takeFirstLink,
  takeStaffLink,
} from '../../identity/staff-links.js';
import { endStaffSession, forgetStaff, projectStaffSession, startStaffSession } from '../../identity/staff-session.js';
import { type StaffIdentity, createStaffCheck } from '../../identity/staff-sign-in.js';
import { createStaff, createStaffLink, insertStaff, listStaff, updateStaff } from '../../settings/admin/staff.js';
import { taken } from '../../settings/admin/writing.js';
import { createAccount } from '../../settings/new-account.js';
import { type AdminWhos, type StaffVisit, createWrite } from './admin-call.js';

type Names =
  | 'getStaffSession'
  | 'staffSignIn'
  | 'staffSignOut'
  | 'lookAtWelcome'
  | 'welcome'
  | 'listStaff'
  | 'createStaff'
  | 'updateStaff'
  | 'createStaffLink';

/** Who of the staff there is, and how they come in. */
export function staffAccountHandlers(deps: AppDeps): Pick<Handlers<typeof adminRoutes, AdminWhos>, Names> {
  const write = createWrite(deps);
  const limits = createLimits(deps);
  const check = createStaffCheck(deps);
  const newLink = (request: Request) => newStaffLink(deps, deps.caller(request).base);

  async function begin({ caller }: StaffVisit, member: StaffIdentity, headers: Headers) {
    const session = await startStaffSession(deps, caller, member, headers);
    if (session) return projectStaffSession(session);
    // They were disabled at this moment.
    forgetStaff(deps, caller, headers);
    throw new ApiError('unauthenticated');
  }

  /** @throws ApiError `unauthenticated`, `rate-limited` */
  async function openLink({ caller }: StaffVisit, token: string): Promise<StaffLink> {
    const attempt = await limits.proof(caller.ip);
    const link = await findStaffLink(deps, token);
    if (!link) throw new ApiError('unauthenticated');
    await attempt.succeeded();
    return link;
  }

  /** The first person of the server, with an account to be of. @throws ApiError as `welcome` */
  async function takeFirst({ tokenHash }: StaffLink, chosen: WelcomeWire): Promise<StaffIdentity> {
    const { name, email, account: company } = chosen;
    if (email === undefined || company === undefined) {
      const asked = { email, account: company };
      const missing = Object.entries(asked).filter(([, value]) => value === undefined);
      throw new ApiError('invalid', { fields: missing.map(([path]) => ({ path, code: 'missing' })) });
    }
    const passwordHash = await hashNewPassword(deps, chosen.password, [name, email, company]);
    const publicId = deps.newId();
    return deps.database.tx({ role: 'staff' }, async (tx) => {
      if (!(await takeFirstLink(tx, tokenHash))) throw new ApiError('unauthenticated');
      // Who has the first link runs the server.
      const { account } = await createAccount(tx, company, deps.newId, true);
      const id = await insertStaff({ tx, account }, { publicId, name, email, role: 'admin', inboxes: null });
      // Some account's agent has it.
      if (id === null) throw taken('email');
      const entry = { actor: 'staff', actorId: publicId, event: 'account-created' } as const;
      await tx.batch([setPasswordStep(account, id, passwordHash), auditStep(account, deps.clock(), entry)]);
      return { account, id, publicId };
    });
  }

  /** @throws ApiError as `welcome` */
  async function takeLink(
    { tokenHash }: StaffLink,
    member: NonNullable<StaffLink['member']>,
    chosen: WelcomeWire,
  ): Promise<StaffIdentity> {
    const { name, password, email, account } = chosen;
    const fields: FieldError[] = Object.entries({ email, account })
      .filter(([, value]) => value !== undefined)
      .map(([path]) => ({ path, code: 'unknown' }));
    if (fields.length > 0) throw new ApiError('invalid', { fields });
    const passwordHash = await hashNewPassword(deps, password, [name, member.email, member.company]);
    const now = deps.clock();
    const entry = { actor: 'staff', actorId: member.publicId, event: 'staff-welcome' } as const;
    await deps.database.tx({ role: 'staff', account: member.account }, async (tx) => {
      if (!(await takeStaffLink(tx, tokenHash, member, { name, passwordHash }, now)))
        throw new ApiError('unauthenticated');
      await tx.batch([auditStep(member.account, now, entry)]);
    });
    return member;
  }

  return {
    getStaffSession: async ({ who: { session } }) => projectStaffSession(session),

    staffSignIn: async ({ body, who, headers }) => {
      const attempt = await limits.staffPassword(body.email, who.caller.ip);
      const member = await check(body.email, body.password);
      if (!member) throw new ApiError('unauthenticated');
      await attempt.succeeded();
      return begin(who, member, headers);
    },

    staffSignOut: async ({ who: { session, caller }, headers }) => {
      if (session) {
        const entry = { actor: 'staff', actorId: session.publicId, event: 'sign-out' } as const;
        await endStaffSession(deps, session, [auditStep(session.account.id, deps.clock(), entry)]);
      }
      forgetStaff(deps, caller, headers);
      headers.set('clear-site-data', '"cache"');
    },

    lookAtWelcome: async ({ body, who }) => {
      const { member } = await openLink(who, body.token);
      return member
        ? { kind: 'staff', name: member.name, email: member.email }
        : { kind: 'first', name: null, email: null };
    },

    welcome: async ({ body, who, headers }) => {
      const link = await openLink(who, body.token);
      const member = link.member ? await takeLink(link, link.member, body) : await takeFirst(link, body);
      return begin(who, member, headers);
    },

    listStaff: ({ who }) => write(who, listStaff),
    createStaff: async ({ body, who, request }) => {
      const link = await newLink(request);
      return write(who, (writing) => createStaff(writing, body, link));
    },
    updateStaff: ({ params, body, who }) => write(who, (writing) => updateStaff(writing, params.id, body)),
    createStaffLink: async ({ params, who, request }) => {
      const link = await newLink(request);
      return write(who, (writing) => createStaffLink(writing, params.id, link));
    },
  };
}
