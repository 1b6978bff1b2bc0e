import type { Statement } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import type { PortalSettings } from '../settings/portal.js';

/** Of one portal that are entered in a minute: whoever asks without end must not make the database write. */
const mostAMinute = 20;

const ask: Statement = { name: 'origin_ask', text: 'SELECT ask_origin($1, $2, $3, $4)' };

/** Keeps which foreign pages ask for a portal that does not know them: its owner may have meant to allow one. */
export function createOriginRequests({ database, clock }: Pick<AppDeps, 'database' | 'clock'>) {
  let minute = 0;
  /** By portal, of this minute. */
  let entered = new Map<number, number>();

  return async (portal: PortalSettings, request: Request, { origin }: Caller): Promise<void> => {
    // Every page asks this once, and others besides.
    if (origin === null || !new URL(request.url).pathname.endsWith('/api/v1/session')) return;
    if (!/^https?:\/\/[a-z0-9.-]{1,250}(:\d{1,5})?$/.test(origin)) return;
    const now = clock();
    const current = Math.floor(now.getTime() / 60_000);
    if (current !== minute) entered = new Map();
    minute = current;
    const before = entered.get(portal.id) ?? 0;
    if (before >= mostAMinute) return;
    entered.set(portal.id, before + 1);
    await database.batch({ role: 'app' }, [{ statement: ask, params: [portal.account, portal.id, origin, now] }]);
  };
}
