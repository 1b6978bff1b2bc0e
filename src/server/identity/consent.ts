import type { ConsentNotice, ConsentSignIn, PendingSignIn } from '../../model/index.js';
import { ApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import type { Admitted } from '../http/portal-call.js';
import type { PortalSettings } from '../settings/portal.js';
import { auditStep } from './audit.js';
import { maskEmail } from './flows.js';
import { type Elsewhere, type SessionMethod, type SignedIn, contextOf, cookieName } from './session.js';
import { hashToken, newToken, pageOf } from './session.js';

/** Seconds that somebody may take to read. */
const reading = 30 * 60;

/** Who has agreed, and how they had shown who they are. */
export interface Agreed {
  readonly contact: { readonly id: number; readonly publicId: string };
  readonly method: SessionMethod;
  readonly elsewhere: Elsewhere | null;
}

interface TakenRow {
  readonly id: number;
  readonly public_id: string;
  readonly admitted: boolean;
  readonly method: SessionMethod;
  readonly sso_issuer: string | null;
  readonly sso_subject: string | null;
  readonly sso_sid: string | null;
}

interface AgreedRow {
  readonly version: number;
  readonly locale: string;
  readonly text: string;
  readonly given_at: Date;
}

const hasAgreed: Statement = {
  name: 'consent_given',
  text: `SELECT FROM consent_records WHERE account_id = $1 AND portal_id = $2 AND contact_id = $3 AND version = $4
    AND withdrawn_at IS NULL LIMIT 1`,
};
const wait: Statement = {
  name: 'consent_wait',
  text: `INSERT INTO flows (account_id, id_hash, portal_id, kind, email, created_at, expires_at, contact_id, method, origin,
      sso_issuer, sso_subject, sso_sid)
    SELECT $1, $2, $3, 'consent', c.email, $5, $6, c.id, $7, $8, $9, $10, $11 FROM contacts c
      WHERE c.account_id = $1 AND c.id = $4 RETURNING email`,
};
const take: Statement = {
  name: 'consent_take',
  text: `UPDATE flows f SET used_at = $4 FROM contacts c
    WHERE f.account_id = $1 AND f.portal_id = $2 AND f.id_hash = $3 AND f.kind = 'consent' AND f.used_at IS NULL
      AND f.expires_at > $4 AND f.origin IS NOT DISTINCT FROM $5 AND c.account_id = f.account_id AND c.id = f.contact_id
    RETURNING c.id, c.public_id, admitted($1, $2, c.id) AS admitted, f.method, f.sso_issuer, f.sso_subject, f.sso_sid`,
};
const drop: Statement = {
  name: 'consent_drop',
  text: `DELETE FROM flows WHERE account_id = $1 AND portal_id = $2 AND id_hash = $3 AND kind = 'consent'`,
};
const insert: Statement = {
  name: 'consent_give',
  text: `INSERT INTO consent_records (account_id, portal_id, contact_id, version, locale, given_at)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};
const agreed: Statement = {
  name: 'consent_read',
  text: `SELECT r.version, r.locale, t.texts ->> r.locale AS text, r.given_at FROM consent_records r
    JOIN consent_texts t ON t.account_id = r.account_id AND t.portal_id = r.portal_id AND t.version = r.version
    WHERE r.account_id = $1 AND r.portal_id = $2 AND r.contact_id = $3 AND r.withdrawn_at IS NULL
    ORDER BY r.id DESC LIMIT 1`,
};
const withdraw: Statement = {
  name: 'consent_withdraw',
  text: `UPDATE consent_records SET withdrawn_at = $4 WHERE account_id = $1 AND portal_id = $2 AND contact_id = $3
    AND withdrawn_at IS NULL RETURNING version`,
};
const endHere: Statement = {
  name: 'consent_end_sessions',
  text: 'DELETE FROM sessions WHERE account_id = $1 AND portal_id = $2 AND contact_id = $3',
};

/** In the reader's language, else in the portal's own, else in one that there is. */
function noticeIn({ consent: { text, version }, locale: own }: PortalSettings, language: string): ConsentNotice | null {
  const locale = [language, own, ...Object.keys(text)].find((one) => Object.hasOwn(text, one));
  const words = locale === undefined ? undefined : text[locale];
  return locale === undefined || words === undefined ? null : { version, locale, text: words, givenAt: null };
}

/** Nobody's session starts before they have agreed to what is now asked; what they have proven waits until they have. */
export function createConsents(deps: AppDeps) {
  const staffOf = ({ account }: PortalSettings) => ({ role: 'staff', account }) as const;
  const hashOf = (portal: PortalSettings, caller: Caller) =>
    hashToken(deps, deps.carrier.read(caller, cookieName(portal, 'flow')) ?? '');

  const entryOf = (portal: PortalSettings, publicId: string, event: 'consent-given' | 'consent-withdrawn') =>
    ({ actor: 'contact', actorId: publicId, event, portal: portal.slug }) as const;

  return {
    /** Is this contact to agree before their session starts? */
    async isDue(portal: PortalSettings, contact: number): Promise<boolean> {
      const { account, id, consent } = portal;
      if (!consent.asked || !noticeIn(portal, portal.locale)) return false;
      const steps = [{ statement: hasAgreed, params: [account, id, contact, consent.version] }];
      const [rows] = await deps.database.batch(contextOf(portal, contact), steps);
      return rows?.length === 0;
    },

    /** Keeps what somebody has proven until they agree, and gives the browser what it says so with. */
    async ask(
      portal: PortalSettings,
      caller: Caller,
      contact: { readonly id: number },
      method: SessionMethod,
      headers: Headers,
      elsewhere: Elsewhere | null,
    ): Promise<PendingSignIn> {
      const token = newToken(deps);
      const now = deps.clock();
      const expiresAt = new Date(now.getTime() + reading * 1000);
      const own = [portal.account, await hashToken(deps, token), portal.id, contact.id, now, expiresAt];
      const there = [elsewhere?.issuer ?? null, elsewhere?.subject ?? null, elsewhere?.sid ?? null];
      const params = [...own, method, pageOf(caller), ...there];
      const [[row]] = (await deps.database.batch(staffOf(portal), [{ statement: wait, params }])) as [
        { email: string }[],
      ];
      if (!row) throw new ApiError('unauthenticated');
      deps.carrier.write(headers, caller, cookieName(portal, 'flow'), token, reading);
      return { method: 'consent', email: maskEmail(row.email), expiresAt: expiresAt.toISOString() };
    },

    /** What is asked now. */
    notice: noticeIn,

    /** What the contact has agreed to last and not withdrawn. */
    async given(portal: PortalSettings, { viewer }: SignedIn): Promise<ConsentNotice | null> {
      const steps = [{ statement: agreed, params: [portal.account, portal.id, viewer.id] }];
      const [[row]] = (await deps.database.batch(contextOf(portal, viewer.id), steps)) as [AgreedRow[]];
      if (!row) return null;
      const { version, locale, text, given_at: at } = row;
      return { version, locale, text, givenAt: at.toISOString() };
    },

    /**
     * Takes a yes, once, from the browser that was asked, and records it with its time and version.
     *
     * @throws ApiError `unauthenticated` (`version` is `expired`) for who has waited too long or was not asked; `conflict`
     *   (`version` is `changed`) for a text that is not the present one; `invalid` for a language that it does not have
     */
    async give({ portal, caller }: Admitted, { version, locale }: Omit<ConsentSignIn, 'method'>): Promise<Agreed> {
      const { account, id, consent } = portal;
      const now = deps.clock();
      return deps.database.tx(staffOf(portal), async (tx) => {
        const params = [account, id, await hashOf(portal, caller), now, pageOf(caller)];
        const [row] = await tx.query<TakenRow>(take, params);
        if (!row?.admitted) throw refused('unauthenticated', 'version', 'expired');
        // What is thrown from here on takes back that they were asked: they can be asked again.
        if (consent.asked) {
          if (version !== consent.version) throw refused('conflict', 'version', 'changed');
          if (!Object.hasOwn(consent.text, locale)) throw refused('invalid', 'locale', 'unknown');
          await tx.query(insert, [account, id, row.id, version, locale, now]);
          const change = { consent: { before: null, after: version } };
          await tx.batch([auditStep(account, now, { ...entryOf(portal, row.public_id, 'consent-given'), change })]);
        }
        const { sso_issuer: issuer, sso_subject: subject, sso_sid: sid } = row;
        return {
          contact: { id: row.id, publicId: row.public_id },
          method: row.method,
          elsewhere: issuer !== null && subject !== null ? { issuer, subject, sid } : null,
        };
      });
    },

    /** Forgets who was asked and does not agree. */
    async refuse(portal: PortalSettings, caller: Caller): Promise<void> {
      const params = [portal.account, portal.id, await hashOf(portal, caller)];
      await deps.database.batch(staffOf(portal), [{ statement: drop, params }]);
    },

    /** Records that it holds no longer, and ends all sessions of the contact here. @throws ApiError `not-found` */
    async withdraw(portal: PortalSettings, { viewer, publicId }: SignedIn): Promise<void> {
      const now = deps.clock();
      const params = [portal.account, portal.id, viewer.id];
      await deps.database.tx(contextOf(portal, viewer.id), async (tx) => {
        const [row] = await tx.query<{ version: number }>(withdraw, [...params, now]);
        if (!row) throw new ApiError('not-found');
        const change = { consent: { before: row.version, after: null } };
        await tx.batch([
          { statement: endHere, params },
          auditStep(portal.account, now, { ...entryOf(portal, publicId, 'consent-withdrawn'), change }),
        ]);
      });
    },
  };
}

const refused = (code: 'unauthenticated' | 'conflict' | 'invalid', path: string, reason: string) =>
  new ApiError(code, { fields: [{ path, code: reason }] });
