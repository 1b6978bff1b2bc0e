import type { NewStaffWire, StaffAccountWire, StaffChangeWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Param, Statement } from '../../database.js';
import { changeOf } from '../../identity/audit.js';
import { type NewStaffLink, removeLinksStep, replaceLinkSteps } from '../../identity/staff-links.js';
import { endStaffSessionsStep } from '../../identity/staff-session.js';
import { type AdminWriting, given, idsOf, record, taken } from './writing.js';

interface StaffRow {
  readonly id: number;
  readonly public_id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: StaffAccountWire['role'];
  readonly enabled: boolean;
  readonly inbox_ids: readonly number[] | null;
  readonly inboxes: StaffAccountWire['inboxes'];
  readonly welcomed: boolean;
}

/** Who answers in a help desk of the company's own is somebody there, and not here. */
const columns = `SELECT s.id, s.public_id, s.name, s.email, s.role, s.enabled, s.inboxes AS inbox_ids,
    CASE WHEN s.inboxes IS NOT NULL THEN (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.public_id, 'name', i.name) ORDER BY i.id), '[]')
      FROM inboxes i WHERE i.account_id = s.account_id AND i.id = ANY (s.inboxes)) END AS inboxes,
    EXISTS (SELECT FROM staff_credentials k WHERE k.account_id = s.account_id AND k.staff_id = s.id) AS welcomed
  FROM staff s WHERE s.account_id = $1 AND s.desk_ref IS NULL`;
const all: Statement = { name: 'admin_staff', text: `${columns} ORDER BY s.id` };
/** All who set up the account wait for each other: two at once could put down each the other. */
const lock: Statement = {
  name: 'admin_staff_lock',
  text: `SELECT id FROM staff WHERE account_id = $1 AND (role = 'admin' OR public_id = $2) ORDER BY id FOR NO KEY UPDATE`,
};
const insert: Statement = {
  name: 'admin_staff_insert',
  text: `INSERT INTO staff (account_id, public_id, name, email, role, inboxes) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING RETURNING id`,
};
const update: Statement = {
  name: 'admin_staff_update',
  text: 'UPDATE staff SET name = $3, role = $4, inboxes = $5, enabled = $6 WHERE account_id = $1 AND id = $2',
};

const toStaffAccount = (row: StaffRow): StaffAccountWire => ({
  id: row.public_id,
  name: row.name,
  email: row.email,
  role: row.role,
  inboxes: row.inboxes,
  enabled: row.enabled,
  welcomed: row.welcomed,
});

const readAll = ({ tx, account }: Pick<AdminWriting, 'tx' | 'account'>) => tx.query<StaffRow>(all, [account]);

export const listStaff = async (reading: AdminWriting) => ({ items: (await readAll(reading)).map(toStaffAccount) });

/** @throws ApiError `not-found` */
async function read(reading: AdminWriting, id: string): Promise<{ row: StaffRow; others: readonly StaffRow[] }> {
  const rows = await readAll(reading);
  const row = rows.find(({ public_id }) => public_id === id);
  if (!row) throw new ApiError('not-found');
  return { row, others: rows.filter((one) => one !== row) };
}

const inboxIds = async (writing: AdminWriting, inboxes: readonly string[] | null) =>
  inboxes && [...new Set(await idsOf(writing, 'inboxes', inboxes, 'inboxes.*'))];

/**
 * Somebody of the staff, without a password yet.
 *
 * @returns internal id, `null` for an address that somebody on the server has already
 */
export async function insertStaff(
  { tx, account }: Pick<AdminWriting, 'tx' | 'account'>,
  staff: {
    readonly publicId: string;
    readonly name: string;
    readonly email: string;
    readonly role: StaffAccountWire['role'];
    readonly inboxes: readonly number[] | null;
  },
): Promise<number | null> {
  const params: Param[] = [account, staff.publicId, staff.name, staff.email, staff.role, staff.inboxes];
  const [made] = await tx.query<{ id: number }>(insert, params);
  return made?.id ?? null;
}

/** @throws ApiError `conflict` for an address in use, `invalid` for an inbox that is none */
export async function createStaff(
  writing: AdminWriting,
  { name, email, role, inboxes = null }: NewStaffWire,
  link: NewStaffLink,
) {
  const { tx, account, now, newId } = writing;
  const publicId = newId();
  const member = { publicId, name, email, role, inboxes: await inboxIds(writing, inboxes) };
  const id = await insertStaff(writing, member);
  if (id === null) throw taken('email');
  await tx.batch(replaceLinkSteps(account, id, link, now));
  await record(writing, { event: 'staff-created', subjects: { staff: publicId } });
  const { row } = await read(writing, publicId);
  return { staff: toStaffAccount(row), link: link.link, expiresAt: link.expiresAt.toISOString() };
}

const setsUp = ({ role, enabled }: Pick<StaffRow, 'role' | 'enabled'>) => role === 'admin' && enabled;

/**
 * Acts on the next request of who is changed; who is disabled has no session and no link any more.
 *
 * @throws ApiError `not-found`, `invalid` for an inbox that is none, `conflict` where nobody would be left who may set up the
 *   account
 */
export async function updateStaff(
  writing: AdminWriting,
  id: string,
  change: StaffChangeWire,
): Promise<StaffAccountWire> {
  const { tx, account } = writing;
  await tx.query(lock, [account, id]);
  const { row, others } = await read(writing, id);
  const { name, role, enabled } = { ...row, ...given(change) };
  const inboxes = change.inboxes === undefined ? row.inbox_ids : await inboxIds(writing, change.inboxes);
  // Who has not chosen a password yet is nobody to rely on.
  const isLeft = others.some((other) => setsUp(other) && (other.welcomed || !row.welcomed));
  if (setsUp(row) && !setsUp({ role, enabled }) && !isLeft) {
    const paths = [...(role === row.role ? [] : ['role']), ...(enabled === row.enabled ? [] : ['enabled'])];
    throw new ApiError('conflict', { fields: paths.map((path) => ({ path, code: 'last-admin' })) });
  }
  await tx.query(update, [account, row.id, name, role, inboxes, enabled]);
  if (!enabled) await tx.batch([endStaffSessionsStep(account, row.id), removeLinksStep(account, row.id)]);
  const after = toStaffAccount((await read(writing, id)).row);
  const changed = changeOf(auditable(toStaffAccount(row)), auditable(after), ['name']);
  if (Object.keys(changed).length > 0)
    await record(writing, { event: 'staff-changed', subjects: { staff: id }, change: changed });
  return after;
}

/** Inboxes by their ids: neither names nor addresses are for the log. */
const auditable = ({ name, role, inboxes, enabled }: StaffAccountWire) => ({
  name,
  role,
  inboxes: inboxes?.map(({ id }) => id) ?? null,
  enabled,
});

/** @throws ApiError `not-found`, `conflict` for who has no address, or is disabled */
export async function createStaffLink(writing: AdminWriting, id: string, link: NewStaffLink) {
  const { tx, account, now } = writing;
  const { row } = await read(writing, id);
  const refuse = (path: string, code: string) => new ApiError('conflict', { fields: [{ path, code }] });
  if (row.email === null) throw refuse('email', 'missing');
  if (!row.enabled) throw refuse('enabled', 'disabled');
  await tx.batch(replaceLinkSteps(account, row.id, link, now));
  await record(writing, { event: 'staff-link', subjects: { staff: id } });
  return { link: link.link, expiresAt: link.expiresAt.toISOString() };
}
