import type { Statement, Transaction } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import type { PortalSettings } from './portal.js';

const see: Statement = { name: 'see_page', text: 'SELECT see_page($1, $2, $3, $4)' };
const list: Statement = {
  name: 'seen_pages',
  text: `SELECT url, seen_at FROM seen_pages WHERE account_id = $1 AND portal_id = $2 ORDER BY seen_at DESC, url LIMIT 20`,
};

const hour = 3_600_000;
/** Of one portal that are kept in a minute: anybody can name pages without end. */
const mostAMinute = 20;
const longest = 1000;

/** The page that a request comes from, without query and fragment; `null` for what is none that somebody reads. */
export function pageOf(referer: string | null, { base }: Pick<Caller, 'base'>): string | null {
  if (referer === null || !URL.canParse(referer)) return null;
  const { protocol, origin, pathname } = new URL(referer);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  // The owner looks at the portal there.
  if (origin === base && /^\/admin(\/|$)/.test(pathname)) return null;
  const page = origin + pathname;
  return page.length > longest ? null : page;
}

/** Keeps which pages load a portal. */
export function createSeenPages({ database, clock }: Pick<AppDeps, 'database' | 'clock'>) {
  /** When each was last written, in milliseconds since 1970, so that most requests write nothing. */
  let written = new Map<string, number>();
  let minute = 0;
  /** By portal, of this minute. */
  let kept = new Map<number, number>();

  return async ({ account, id }: PortalSettings, request: Request, caller: Caller): Promise<void> => {
    const page = pageOf(request.headers.get('referer'), caller);
    if (page === null) return;
    const now = clock();
    const time = now.getTime();
    const key = `${id} ${page}`;
    if (time - (written.get(key) ?? -Infinity) < hour) return;
    const current = Math.floor(time / 60_000);
    if (current !== minute) kept = new Map();
    minute = current;
    const before = kept.get(id) ?? 0;
    if (before >= mostAMinute) return;
    kept.set(id, before + 1);
    if (written.size >= 1000) written = new Map();
    written.set(key, time);
    await database.batch({ role: 'app' }, [{ statement: see, params: [account, id, page, now] }]);
  };
}

/** The last twenty, the newest first. */
export async function listSeenPages(tx: Transaction, { account, id }: Pick<PortalSettings, 'account' | 'id'>) {
  const rows = await tx.query<{ url: string; seen_at: Date }>(list, [account, id]);
  return { items: rows.map(({ url, seen_at: at }) => ({ url, seenAt: at.toISOString() })) };
}
