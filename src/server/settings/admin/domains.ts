import type { DomainWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import { type Statement, DatabaseError } from '../../database.js';
import { readHost } from './host-name.js';
import { updatePortal } from './portals.js';
import { type AdminWriting, record, refuse, taken } from './writing.js';

interface DomainRow extends Omit<DomainWire, 'id'> {
  readonly id: number;
  readonly public_id: string;
}

const columns = `SELECT d.id, d.public_id, d.kind, d.host, d.locale,
    (SELECT count(*) FROM portals p WHERE p.account_id = d.account_id AND p.host IS NOT DISTINCT FROM d.host) AS portals
  FROM domains d WHERE d.account_id = $1`;

/** The system domain first. The parameter is the account. */
export const accountDomains: Statement = {
  name: 'admin_domains',
  text: `${columns} ORDER BY d.host NULLS FIRST`,
};
const find: Statement = { name: 'admin_domain', text: `${columns} AND d.public_id = $2` };
/** All of them, in the order of `holdDomains`. */
export const lockDomains: Statement = {
  name: 'admin_domains_lock',
  text: 'SELECT id FROM domains WHERE account_id = $1 ORDER BY id FOR UPDATE',
};
const insert: Statement = {
  name: 'admin_domain_insert',
  text: `INSERT INTO domains (account_id, public_id, kind, host, locale) VALUES ($1, $2, 'connected', $3, $4)
    ON CONFLICT DO NOTHING RETURNING id`,
};
const update: Statement = {
  name: 'admin_domain_update',
  text: 'UPDATE domains SET locale = $3 WHERE account_id = $1 AND id = $2',
};
const remove: Statement = {
  name: 'admin_domain_delete',
  text: 'DELETE FROM domains WHERE account_id = $1 AND id = $2',
};
const followers: Statement = {
  name: 'admin_domain_followers',
  text: `SELECT slug FROM portals WHERE account_id = $1 AND host IS NOT DISTINCT FROM $2 AND follows_domain ORDER BY id`,
};

export const toDomain = ({ public_id: id, kind, host, locale, portals }: DomainRow): DomainWire => ({
  id,
  kind,
  host,
  locale,
  portals,
});

export async function listDomains({ tx, account }: Pick<AdminWriting, 'tx' | 'account'>): Promise<DomainWire[]> {
  return (await tx.query<DomainRow>(accountDomains, [account])).map(toDomain);
}

/**
 * @param own hostname of the system domain, as far as the server knows it
 * @throws ApiError `invalid` for a host that is none, with what is wrong as code; `conflict` for one that an account has
 */
export async function createDomain(
  writing: AdminWriting,
  { host: text, locale }: { readonly host: string; readonly locale: string },
  own: string,
): Promise<DomainWire> {
  const { tx, account } = writing;
  const { host, fault } = readHost(text);
  if (fault !== null) throw refuse('host', fault);
  if (host === own) throw refuse('host', 'system');
  const id = writing.newId();
  const [made] = await tx.query(insert, [account, id, host, locale]);
  if (!made) throw taken('host');
  await record(writing, { event: 'domain-created', change: { host: { before: null, after: host } } });
  return { id, kind: 'connected', host, locale, portals: 0 };
}

/** @throws ApiError `not-found` */
async function take({ tx, account }: AdminWriting, publicId: string): Promise<DomainRow> {
  await tx.query(lockDomains, [account]);
  const [row] = await tx.query<DomainRow>(find, [account, publicId]);
  if (!row) throw new ApiError('not-found');
  return row;
}

/** Portals that follow the domain get its language. @throws ApiError `not-found` */
export async function updateDomain(
  writing: AdminWriting,
  publicId: string,
  { locale }: { readonly locale?: string | undefined },
): Promise<DomainWire> {
  const { tx, account } = writing;
  const row = await take(writing, publicId);
  if (locale === undefined || locale === row.locale) return toDomain(row);
  await tx.query(update, [account, row.id, locale]);
  const { host } = row;
  const change = { host: { before: host, after: host }, locale: { before: row.locale, after: locale } };
  await record(writing, { event: 'domain-changed', change });
  for (const { slug } of await tx.query<{ slug: string }>(followers, [account, host])) {
    await updatePortal(writing, slug, {});
  }
  return toDomain({ ...row, locale });
}

/** @throws ApiError `not-found`; `conflict` for the system domain and for one that a portal is on */
export async function deleteDomain(writing: AdminWriting, publicId: string): Promise<void> {
  const { tx, account } = writing;
  const { id, kind, host, portals } = await take(writing, publicId);
  if (kind === 'system') throw inTheWay('kind', 'system');
  if (portals > 0) throw inTheWay('portals', 'in-use');
  try {
    await tx.query(remove, [account, id]);
  } catch (error) {
    // A portal has come to it since.
    if (error instanceof DatabaseError && error.code === '23503') throw inTheWay('portals', 'in-use');
    throw error;
  }
  await record(writing, { event: 'domain-deleted', change: { host: { before: host, after: null } } });
}

const inTheWay = (path: string, code: string) => new ApiError('conflict', { fields: [{ path, code }] });
