import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { auditStep } from '../identity/audit.js';
import { hashToken } from '../identity/session.js';
import type { PortalSettings } from '../settings/portal.js';
import type { Logout } from './logout-token.js';

const once: Statement = {
  name: 'sso_logout_once',
  text: `INSERT INTO sso_logouts (account_id, portal_id, issuer, jti_hash, expires_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING RETURNING true AS first`,
};
/** A session of which the provider has not said which of its own it is ends with its subject. */
const matching = `portal_id = $2 AND %issuer = $3 AND ($4::text IS NULL OR %subject = $4)
  AND ($5::text IS NULL OR %sid = $5 OR %sid IS NULL AND $4::text IS NOT NULL)`;
const end: Statement = {
  name: 'sso_logout',
  text: `WITH ended AS (DELETE FROM sessions WHERE account_id = $1 AND ${matching.replaceAll('%', 'sso_')} RETURNING contact_id)
    SELECT DISTINCT c.public_id FROM ended e JOIN contacts c ON c.account_id = $1 AND c.id = e.contact_id`,
};
/** Codes that nobody has exchanged yet would become sessions a moment later. */
const spend: Statement = {
  name: 'sso_logout_codes',
  text: `UPDATE sso_transactions SET code_used_at = $6 WHERE account_id = $1 AND ${matching.replaceAll('%', '')}
    AND code_used_at IS NULL`,
};
/** And who has not agreed yet to what is asked before a session starts. */
const endWaiting: Statement = {
  name: 'sso_logout_waiting',
  text: `DELETE FROM flows WHERE account_id = $1 AND ${matching.replaceAll('%', 'sso_')}`,
};

/** Ends what began by that sign-in elsewhere. Returns `false` for a word that has been heard before. */
export function endByProvider(
  deps: AppDeps,
  { account, id, slug }: PortalSettings,
  issuer: string,
  { subject, sid, jti, until }: Logout,
): Promise<boolean> {
  return deps.database.tx({ role: 'staff', account }, async (tx) => {
    const [first] = await tx.query(once, [account, id, issuer, await hashToken(deps, jti), until]);
    if (!first) return false;
    const now = deps.clock();
    const params = [account, id, issuer, subject, sid];
    const ended = await tx.query<{ public_id: string }>(end, params);
    await tx.batch([
      { statement: spend, params: [...params, now] },
      { statement: endWaiting, params },
      ...ended.map(({ public_id: actorId }) =>
        auditStep(account, now, { actor: 'contact', actorId, event: 'sign-out', portal: slug }),
      ),
    ]);
    return true;
  });
}
