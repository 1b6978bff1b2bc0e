import type { AppDeps, Caller } from '../deps.js';
import type { Statement, Step } from '../database.js';
import { type PortalRow, type PortalSettings, addressParams, toPortal } from '../settings/portal.js';
import { type SessionRow, type SignedIn, cookieName, hashToken, pageOf, toSession } from './session.js';

/** Where a request arrived, and with whose live session; `null` when it brought none, or none any more. */
export interface Arrival {
  readonly portal: PortalSettings;
  readonly session: SignedIn | null;
  /** Of what was read along, an answer a step. */
  readonly rows: readonly unknown[][];
}

type ArrivalRow = PortalRow & (SessionRow | { readonly contact_id: null });

/** Enters the transaction as the session's contact, or as nobody, and lets nothing be written in it. */
const byAddress: Statement = {
  name: 'arrival',
  text: `SELECT p.*, s.*, enter(p.account_id, p.id, s.contact_id), set_config('transaction_read_only', 'on', true)
    FROM portal_by_host($1, $2, $3) p LEFT JOIN LATERAL session_by_hash(p.account_id, p.id, $4, $5, $6) s ON true`,
};

/**
 * Portal and session, read anew for each request: what was changed or ended acts on the next one. In the same exchange with
 * the database the steps run as the session's contact; without one they find nothing.
 */
export async function findArrival(
  deps: AppDeps,
  caller: Caller,
  slug: string,
  steps: readonly Step[] = [],
): Promise<Arrival | null> {
  const token = deps.carrier.read(caller, cookieName({ slug }));
  const tokenHash = token === null ? null : await hashToken(deps, token);
  const page = pageOf(caller);
  const params = [...addressParams(caller, slug), tokenHash, deps.clock(), page];
  const asked = [{ statement: byAddress, params }, ...steps];
  const [found, ...rows] = await deps.database.batch({ role: 'app' }, asked);
  const [row] = found as ArrivalRow[];
  if (!row) return null;
  const portal = toPortal(row);
  // Nobody is at a portal that is not open, nor stays at one that has been closed.
  const isHere = portal.open && row.contact_id !== null;
  const session = tokenHash && isHere ? toSession(row, portal.account, { tokenHash, page }) : null;
  return { portal, session, rows };
}
