import type { PendingSignIn } from '../../model/index.js';
import { ApiError } from '../api-error.js';
import type { Statement, Transaction } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import type { MailContent } from '../mail/mail.js';
import { createMailQueue } from '../mail/queue.js';
import { deriveKey } from '../seal.js';
import type { PortalSettings } from '../settings/portal.js';
import { type Code, writeCode } from './code.js';
import { cookieName, hashToken, newToken } from './session.js';

type FlowKind = Exclude<PendingSignIn['method'], 'consent'>;

/** What somebody asks for by mail. */
export interface FlowStart {
  readonly kind: FlowKind;
  readonly email: string;
  /** Where the link of the mail leads. */
  readonly page: string;
  /** Of the visitor; mails to somebody who is known are in theirs. */
  readonly language: string;
  /** For who registers. */
  readonly name?: string;
  readonly passwordHash?: string | null;
}

/** What a code, an invitation or another site has proven: that this address is theirs. */
export interface Proof {
  readonly kind: FlowKind | 'invitation';
  /** Who they are at the site that says so: from now on they are known by it. */
  readonly identity?: { readonly issuer: string; readonly subject: string };
  readonly email: string;
  /** Of who registers. */
  readonly name: string | null;
  readonly locale: string | null;
  readonly password_hash: string | null;
  /** Of who was invited: access groups that the owner has chosen. */
  readonly group_ids?: readonly number[] | null;
}

interface StartedRow {
  readonly contact_name: string | null;
  readonly contact_locale: string | null;
  readonly verified: boolean | null;
  readonly deliver: boolean;
}

const start: Statement = {
  name: 'flow_start',
  text: 'SELECT * FROM start_flow($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
};
const byId: Statement = { name: 'flow_by_id', text: 'SELECT * FROM flow_by_id($1, $2, $3, $4)' };
/** The right code, once; and each wrong one counts. */
const use: Statement = {
  name: 'flow_use',
  text: `UPDATE flows SET attempts = attempts + 1, used_at = CASE WHEN code_hash = $5 THEN $4::timestamptz END
    WHERE account_id = $1 AND portal_id = $2 AND id_hash = $3 AND kind = ANY ($6::text[])
      AND used_at IS NULL AND expires_at > $4 AND attempts < 5
    RETURNING used_at IS NOT NULL AS proven, kind, email, name, locale, password_hash, group_ids`,
};

const kindsOfMail = { email: 'sign-in', register: 'register', reset: 'reset' } as const;

/** What is kept of a code: it is short, so a plain hash could be searched for it. */
async function hashCode(deps: AppDeps, idHash: Uint8Array, code: Code): Promise<Uint8Array> {
  return deriveKey(deps.secret, `code ${idHash.join('.')} ${code}`);
}

export function createFlows(deps: AppDeps) {
  const queueMail = createMailQueue(deps);

  const tokenOf = (portal: PortalSettings, caller: Caller) => deps.carrier.read(caller, cookieName(portal, 'flow'));

  return {
    /**
     * Sends a code to an address, if it is one that may sign in here, and gives the browser what it enters the code with.
     * The answer and the work are the same for every address.
     */
    async start(portal: PortalSettings, caller: Caller, asked: FlowStart, headers: Headers): Promise<PendingSignIn> {
      const token = newToken(deps);
      const idHash = await hashToken(deps, token);
      const code = writeCode(deps.newId());
      const codeHash = await hashCode(deps, idHash, code);
      const now = deps.clock();
      const expiresAt = new Date(now.getTime() + portal.codeMinutes * 60_000);
      const { kind, email, language } = asked;
      const context = { role: 'app', account: portal.account, portal: portal.id } as const;
      await deps.database.tx(context, async (tx) => {
        const keys = [portal.account, portal.id, idHash, kind, email, codeHash];
        const own = [asked.name ?? null, language, asked.passwordHash ?? null];
        const [row] = await tx.query<StartedRow>(start, [...keys, ...own, now, expiresAt]);
        const known = kind === 'register' && row?.verified === true;
        const content: MailContent = {
          kind: known ? 'known' : kindsOfMail[kind],
          code,
          link: `${asked.page}#portal_code=${code}`,
          minutes: portal.codeMinutes,
        };
        const mail = {
          to: { email, name: row?.contact_name ?? asked.name ?? null },
          locale: row?.contact_locale ?? language,
          portal: portal.name,
          content,
          expiresAt,
        };
        await tx.batch([await queueMail(portal, mail, row?.deliver === true)]);
      });
      deps.mail?.wake();
      deps.carrier.write(headers, caller, cookieName(portal, 'flow'), token, portal.codeMinutes * 60);
      return { method: kind, email: maskEmail(email), expiresAt: expiresAt.toISOString() };
    },

    /** What this browser has asked for and may still enter a code for. */
    async pending(portal: PortalSettings, caller: Caller): Promise<(PendingSignIn & { readonly to: string }) | null> {
      const token = tokenOf(portal, caller);
      if (token === null) return null;
      const params = [portal.account, portal.id, await hashToken(deps, token), deps.clock()];
      const [[row]] = (await deps.database.batch({ role: 'app' }, [{ statement: byId, params }])) as [
        { kind: PendingSignIn['method']; email: string; expires_at: Date }[],
      ];
      if (!row) return null;
      const { kind: method, email, expires_at: expiresAt } = row;
      return { method, email: maskEmail(email), to: email, expiresAt: expiresAt.toISOString() };
    },

    /** Takes a code from the browser that asked for it, in any spelling. Returns `null` for one that is not taken, and counts it. */
    async useCode(
      tx: Transaction,
      portal: PortalSettings,
      caller: Caller,
      code: Code | null,
      kinds: readonly FlowKind[],
    ): Promise<Proof | 'wrong' | 'expired'> {
      const idHash = await hashToken(deps, tokenOf(portal, caller) ?? '');
      return useFlow(tx, portal, idHash, code === null ? new Uint8Array() : await hashCode(deps, idHash, code), kinds);
    },

    /** Takes the token of an invitation's link. */
    async useInvitation(tx: Transaction, portal: PortalSettings, token: string): Promise<Proof | 'wrong' | 'expired'> {
      const idHash = await hashToken(deps, token);
      return useFlow(tx, portal, idHash, idHash, ['invitation']);
    },
  };

  async function useFlow(
    tx: Transaction,
    { account, id }: PortalSettings,
    idHash: Uint8Array,
    codeHash: Uint8Array,
    kinds: readonly Proof['kind'][],
  ): Promise<Proof | 'wrong' | 'expired'> {
    const [row] = await tx.query<Proof & { proven: boolean }>(use, [
      account,
      id,
      idHash,
      deps.clock(),
      codeHash,
      kinds,
    ]);
    return !row ? 'expired' : row.proven ? row : 'wrong';
  }
}

/** `unauthenticated`: `code` is `wrong`, or `expired` when another one has to be asked for. */
export const refusedProof = (code: 'wrong' | 'expired'): ApiError =>
  new ApiError('unauthenticated', { fields: [{ path: 'code', code }] });

/** Enough to recognise one's own address by. */
export const maskEmail = (email: string): string => email.replace(/^(.)[^@]*/u, '$1•••');
