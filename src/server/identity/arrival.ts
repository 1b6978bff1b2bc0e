import type { AppDeps, Caller } from '../deps.js';
import type { Statement } from '../database.js';
import { type PortalRow, type PortalSettings, addressParams, toPortal } from '../settings/portal.js';
import { type SessionRow, type SignedIn, cookieName, hashToken, toSession } from './session.js';

/** Where a request arrived, and with whose live session; `null` when it brought none, or none any more. */
export interface Arrival {
  readonly portal: PortalSettings;
  readonly session: SignedIn | null;
}

type ArrivalRow = PortalRow & (SessionRow | { readonly contact_id: null });

const byAddress: Statement = {
  name: 'arrival',
  text: `SELECT * FROM portal_by_host($1, $2, $3) p LEFT JOIN LATERAL session_by_hash(p.account_id, p.id, $4, $5) ON true`,
};

/** Portal and session in one exchange, read anew for each request: what was changed or ended acts on the next one. */
export async function findArrival(deps: AppDeps, caller: Caller, slug: string): Promise<Arrival | null> {
  const token = deps.carrier.read(caller, cookieName({ slug }));
  const tokenHash = token === null ? null : await hashToken(deps, token);
  const params = [...addressParams(caller, slug), tokenHash, deps.clock()];
  const [[row]] = (await deps.database.batch({ role: 'app' }, [{ statement: byAddress, params }])) as [ArrivalRow[]];
  if (!row) return null;
  const portal = toPortal(row);
  const session = tokenHash && row.contact_id !== null ? toSession(row, portal.account, tokenHash) : null;
  return { portal, session };
}
