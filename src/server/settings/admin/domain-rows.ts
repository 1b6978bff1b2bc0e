import type { Statement } from '../../database.js';
import { type AdminWriting, refuse } from './writing.js';

export interface HeldDomain {
  readonly id: number;
  readonly host: string | null;
  readonly locale: string;
}

/** By public id, or by host where that is NULL. Neither its language changes nor is it removed before the transaction ends. */
const hold: Statement = {
  name: 'admin_domain_hold',
  text: `SELECT id, host, locale FROM domains
    WHERE account_id = $1 AND CASE WHEN $2::text IS NULL THEN host IS NOT DISTINCT FROM $3 ELSE public_id = $2 END
    FOR SHARE`,
};

/** Before a portal is locked: who changes a domain locks its portals after it. */
export const holdDomains: Statement = {
  name: 'admin_domains_hold',
  text: 'SELECT id FROM domains WHERE account_id = $1 ORDER BY id FOR SHARE',
};

/** The domain with this public id, else that of the host. @throws ApiError `invalid` for an id that the account does not have */
export async function holdDomain(
  { tx, account }: Pick<AdminWriting, 'tx' | 'account'>,
  { id, host }: { readonly id: string | undefined; readonly host: string | null },
): Promise<HeldDomain> {
  const [domain] = await tx.query<HeldDomain>(hold, [account, id ?? null, host]);
  if (!domain) throw refuse('domain');
  return domain;
}

/**
 * The whole address of a portal. A connected domain is never served without TLS.
 *
 * @param base scheme and host of the system domain
 */
export const addressOf = ({ host }: { readonly host: string | null }, slug: string, base: string): string =>
  `${host === null ? base : `https://${host}`}/${encodeURIComponent(slug)}/`;
