import type { OriginRequestWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { readPortal, updatePortal } from './portals.js';
import type { AdminWriting } from './writing.js';

interface OriginRow {
  readonly origin: string;
  readonly asked: number;
  readonly last_at: Date;
}

const waiting: Statement = {
  name: 'admin_origins',
  text: `SELECT origin, asked, last_at FROM origin_requests WHERE account_id = $1 AND portal_id = $2 AND NOT ignored
    ORDER BY last_at DESC, origin`,
};
const remove: Statement = {
  name: 'admin_origin_remove',
  text: 'DELETE FROM origin_requests WHERE account_id = $1 AND portal_id = $2 AND origin = $3 RETURNING origin',
};
const ignore: Statement = {
  name: 'admin_origin_ignore',
  text: `UPDATE origin_requests SET ignored = true WHERE account_id = $1 AND portal_id = $2 AND origin = $3 RETURNING origin`,
};

/** Pages that have asked for the portal and are neither allowed nor ignored. @throws ApiError `not-found` */
export async function listOrigins(writing: AdminWriting, slug: string): Promise<{ items: OriginRequestWire[] }> {
  const portal = await readPortal(writing, slug);
  const rows = await writing.tx.query<OriginRow>(waiting, [writing.account, portal.id]);
  const open = rows.filter(({ origin }) => !portal.origins.includes(origin));
  return { items: open.map(({ origin, asked, last_at: at }) => ({ origin, asked, lastAt: at.toISOString() })) };
}

/** Allows a page that has asked, or never mentions it again. @throws ApiError `not-found` for one that has not asked */
export async function decideOrigin(
  writing: AdminWriting,
  slug: string,
  { origin, decision }: { readonly origin: string; readonly decision: 'allow' | 'ignore' },
): Promise<void> {
  const portal = await readPortal(writing, slug);
  const statement = decision === 'allow' ? remove : ignore;
  const [decided] = await writing.tx.query(statement, [writing.account, portal.id, origin]);
  if (!decided) throw new ApiError('not-found', { fields: [{ path: 'origin', code: 'unknown' }] });
  if (decision === 'allow') await updatePortal(writing, slug, { origins: [...new Set([...portal.origins, origin])] });
}
