import type { AdminInboxWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import { type Statement, DatabaseError } from '../../database.js';
import { type AdminWriting, record, taken } from './writing.js';

interface InboxRow extends Omit<AdminInboxWire, 'id'> {
  readonly id: number;
  readonly public_id: string;
  /** Also tickets that were deleted, or have left the desk. */
  readonly held: boolean;
}

/** The parameter is the account. */
const all: Statement = {
  name: 'admin_inboxes',
  text: `SELECT i.id, i.public_id, i.name, i.desk_ref IS NOT NULL AS desk,
      coalesce(t.tickets, 0) AS tickets, t.inbox_id IS NOT NULL AS held,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', p.slug, 'name', p.name, 'receives', b.is_default)
          ORDER BY p.id), '[]')
        FROM portal_inboxes b JOIN portals p ON p.account_id = b.account_id AND p.id = b.portal_id
        WHERE b.account_id = i.account_id AND b.inbox_id = i.id) AS portals,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.public_id, 'name', s.name) ORDER BY s.id), '[]')
        FROM staff s WHERE s.account_id = i.account_id AND i.id = ANY (s.inboxes)) AS staff
    FROM inboxes i
    LEFT JOIN (SELECT inbox_id, count(*) FILTER (WHERE deleted_at IS NULL) AS tickets
      FROM tickets WHERE account_id = $1 GROUP BY inbox_id) t ON t.inbox_id = i.id
    WHERE i.account_id = $1 ORDER BY i.id`,
};
/** Who names them waits for each other; who only uses one waits for nobody. */
export const lockInboxes: Statement = {
  name: 'admin_inboxes_lock',
  text: 'SELECT id FROM inboxes WHERE account_id = $1 ORDER BY id FOR NO KEY UPDATE',
};
/** Whoever is about to use it comes first, or finds it gone. */
const lockOne: Statement = {
  name: 'admin_inbox_lock',
  text: 'SELECT id FROM inboxes WHERE account_id = $1 AND public_id = $2 FOR UPDATE',
};
const isOfStatus: Statement = {
  name: 'admin_inbox_statuses',
  text: 'SELECT FROM statuses WHERE account_id = $1 AND $2 = ANY (inbox_ids) LIMIT 1',
};
const hasDesk: Statement = { name: 'admin_has_desk', text: 'SELECT FROM desks WHERE account_id = $1' };
const insert: Statement = {
  name: 'admin_inbox_insert',
  text: 'INSERT INTO inboxes (account_id, public_id, name) VALUES ($1, $2, $3)',
};
const update: Statement = {
  name: 'admin_inbox_update',
  text: 'UPDATE inboxes SET name = $3 WHERE account_id = $1 AND public_id = $2',
};
const remove: Statement = {
  name: 'admin_inbox_delete',
  text: 'DELETE FROM inboxes WHERE account_id = $1 AND public_id = $2',
};

type Reading = Pick<AdminWriting, 'tx' | 'account'>;

const toInbox = ({ public_id: id, name, desk, tickets, portals, staff }: InboxRow): AdminInboxWire => ({
  id,
  name,
  desk,
  tickets,
  portals,
  staff,
});

const inTheWay = (path: string, code: string) => new ApiError('conflict', { fields: [{ path, code }] });

const readAll = ({ tx, account }: Reading) => tx.query<InboxRow>(all, [account]);

export const listInboxes = async (reading: Reading) => ({ items: (await readAll(reading)).map(toInbox) });

/** Whether the company's own help desk stands behind the account. */
export const isOfDesk = async ({ tx, account }: Reading): Promise<boolean> =>
  (await tx.query(hasDesk, [account])).length > 0;

/** @throws ApiError `not-found` */
function oneOf(rows: readonly InboxRow[], publicId: string): InboxRow {
  const row = rows.find(({ public_id }) => public_id === publicId);
  if (!row) throw new ApiError('not-found');
  return row;
}

/** Files and people name an inbox by its name. */
const refuseTaken = (rows: readonly InboxRow[], name: string): void => {
  if (rows.some((row) => row.name.toLowerCase() === name.toLowerCase())) throw taken('name');
};

/** @throws ApiError `conflict` for a name in use, and where a help desk of the company's own has the inboxes */
export async function createInbox(writing: AdminWriting, { name: text }: { readonly name: string }) {
  const { tx, account } = writing;
  if (await isOfDesk(writing)) throw inTheWay('desk', 'desk');
  await tx.query(lockInboxes, [account]);
  const name = text.trim();
  refuseTaken(await readAll(writing), name);
  const id = writing.newId();
  await tx.query(insert, [account, id, name]);
  await record(writing, { event: 'inbox-created', subjects: { inbox: id } });
  return toInbox(oneOf(await readAll(writing), id));
}

/**
 * @throws ApiError `not-found`; `conflict` for a name in use, for an inbox that has another name than it was read with, and for
 *   a queue of the desk, which is named there
 */
export async function updateInbox(
  writing: AdminWriting,
  id: string,
  change: { readonly name?: string | undefined; readonly was?: string | undefined },
): Promise<AdminInboxWire> {
  const { tx, account } = writing;
  await tx.query(lockInboxes, [account]);
  const rows = await readAll(writing);
  const row = oneOf(rows, id);
  if (change.was !== undefined && change.was !== row.name) throw inTheWay('was', 'changed');
  const name = change.name?.trim() ?? row.name;
  if (name === row.name) return toInbox(row);
  if (row.desk) throw inTheWay('desk', 'desk');
  refuseTaken(
    rows.filter((other) => other !== row),
    name,
  );
  await tx.query(update, [account, id, name]);
  await record(writing, { event: 'inbox-changed', subjects: { inbox: id }, change: { name: null } });
  return toInbox({ ...row, name });
}

/** @throws ApiError `not-found`; `conflict` for the last one, one that something uses, and a queue of the desk */
export async function deleteInbox(writing: AdminWriting, id: string): Promise<void> {
  const { tx, account } = writing;
  await tx.query(lockInboxes, [account]);
  await tx.query(lockOne, [account, id]);
  const rows = await readAll(writing);
  const row = oneOf(rows, id);
  if (row.desk) throw inTheWay('desk', 'desk');
  if (row.portals.length > 0) throw inTheWay('portals', 'in-use');
  if (row.staff.length > 0) throw inTheWay('staff', 'in-use');
  if ((await tx.query(isOfStatus, [account, row.id])).length > 0) throw inTheWay('statuses', 'in-use');
  if (row.held) throw inTheWay('tickets', row.tickets > 0 ? 'in-use' : 'deleted');
  if (rows.length === 1) throw inTheWay('id', 'last');
  try {
    await tx.query(remove, [account, id]);
  } catch (error) {
    // Something has come to it since.
    if (error instanceof DatabaseError && error.code === '23503') throw inTheWay('tickets', 'in-use');
    throw error;
  }
  await record(writing, { event: 'inbox-deleted', subjects: { inbox: id } });
}
