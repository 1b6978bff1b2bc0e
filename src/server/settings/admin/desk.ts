import type { AdminDeskWire, NewDeskWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { DeskStatus } from '../../connectors/connector.js';
import { DeskError } from '../../connectors/connector.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { createSecrets } from '../../desks/desks.js';
import { within } from '../../desks/within.js';
import { innerAddressOf } from '../../outgoing.js';
import { removingStatuses } from './statuses.js';
import { type AdminWriting, record, refuse } from './writing.js';

const read: Statement = {
  name: 'admin_desk',
  text: `SELECT kind, settings, lag, synced_at,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.public_id, 'name', i.name) ORDER BY i.id), '[]')
        FROM inboxes i WHERE i.account_id = d.account_id AND i.desk_ref IS NOT NULL) AS inboxes
    FROM desks d WHERE account_id = $1`,
};
const hasOwnTickets: Statement = {
  name: 'admin_desk_own_tickets',
  text: 'SELECT true AS has FROM tickets WHERE account_id = $1 AND desk_ref IS NULL LIMIT 1',
};
/** Everything is read anew: other settings may mean other tickets. */
const write: Statement = {
  name: 'admin_desk_write',
  text: `INSERT INTO desks AS d (account_id, kind, settings, secret, lag) VALUES ($1, $2, $3::jsonb, $4, $5)
    ON CONFLICT (account_id) DO UPDATE SET kind = excluded.kind, settings = excluded.settings, secret = excluded.secret,
      lag = excluded.lag, version = d.version + 1, cursor = NULL, synced_at = NULL, compare_at = NULL`,
};
const writeStatuses: Statement = {
  name: 'admin_desk_statuses',
  text: `INSERT INTO statuses AS s (account_id, id, position, category, label)
    SELECT $1, id, position, category, label
    FROM jsonb_to_recordset($2) AS n (id text, position integer, category text, label jsonb)
    ON CONFLICT (account_id, id) DO UPDATE SET category = excluded.category, label = excluded.label,
        position = CASE WHEN EXISTS (SELECT FROM statuses e WHERE e.account_id = $1 AND e.edited)
          THEN s.position ELSE excluded.position END
      WHERE NOT s.edited`,
};
/** No two at one place: the order decides what becomes of a ticket. */
const arrangeStatuses: Statement = {
  name: 'admin_desk_statuses_arrange',
  text: `UPDATE statuses s SET position = o.place
    FROM (SELECT id, row_number() OVER (ORDER BY position, id) - 1 AS place FROM statuses WHERE account_id = $1) o
    WHERE s.account_id = $1 AND s.id = o.id AND s.position <> o.place`,
};
/** What an owner has changed was of another desk. */
const forgetEdited: Statement = {
  name: 'admin_desk_statuses_forget',
  text: `UPDATE statuses SET edited = false WHERE account_id = $1 AND edited
    AND NOT EXISTS (SELECT FROM desks WHERE account_id = $1 AND kind = $2)`,
};
/** Those of the built-in desk, which no ticket has. */
const removeStatuses: Statement = {
  name: 'admin_desk_statuses_remove',
  text: removingStatuses(`s.id <> ALL ($2::text[])
    AND NOT EXISTS (SELECT FROM tickets t WHERE t.account_id = s.account_id AND t.status = s.id)`),
};
const writeInboxes: Statement = {
  name: 'admin_desk_inboxes',
  text: `INSERT INTO inboxes AS i (account_id, public_id, name, desk_ref)
    SELECT $1, public_id, name, ref FROM unnest($2::text[], $3::text[], $4::text[]) AS n (public_id, ref, name)
    ON CONFLICT (account_id, desk_ref) DO UPDATE SET name = excluded.name`,
};

interface DeskRow extends Omit<AdminDeskWire, 'syncedAt'> {
  readonly synced_at: Date | null;
}

/** @throws ApiError `not-found` where the desk is the built-in one */
export async function readDesk({ tx, account }: Pick<AdminWriting, 'tx' | 'account'>): Promise<AdminDeskWire> {
  const [row] = await tx.query<DeskRow>(read, [account]);
  if (!row) throw new ApiError('not-found');
  const { kind, settings, lag, inboxes } = row;
  return { kind, settings, lag, syncedAt: row.synced_at?.toISOString() ?? null, inboxes };
}

/** What a desk says of itself before it is taken. */
export interface CheckedDesk {
  readonly desk: NewDeskWire;
  readonly sealed: string;
  readonly lag: number;
  readonly statuses: readonly DeskStatus[];
  readonly inboxes: readonly { readonly ref: string; readonly name: string }[];
}

/** Milliseconds that the desk may take. */
const patience = 15_000;

/**
 * Asks the desk, as it would be asked from now on.
 *
 * @throws ApiError `invalid` for a kind that this server does not know, and for settings or an account that the desk does not
 *   take, or an address where the account reaches nothing; `unavailable` when it does not answer
 */
export async function checkDesk(deps: AppDeps, account: number, desk: NewDeskWire): Promise<CheckedDesk> {
  try {
    const connector = deps.desks.connect(account, desk.kind, desk);
    const feed = connector?.feed;
    if (!connector || !feed) throw refuse('kind');
    const asked = await within(patience, async (signal) => {
      await connector.health(signal);
      return { statuses: await feed.statuses(signal), inboxes: await feed.inboxes(signal) };
    });
    return { ...asked, desk, sealed: await createSecrets(deps).seal(desk.secret), lag: connector.info.lag };
  } catch (error) {
    if (innerAddressOf(error)) throw refuse('settings.url', 'inner');
    if (error instanceof DeskError && error.kind !== 'unavailable') throw refuse('settings', error.kind);
    throw error;
  }
}

/** @throws ApiError `conflict` where the built-in desk has tickets: nobody would see them any more */
export async function setDesk(writing: AdminWriting, checked: CheckedDesk): Promise<AdminDeskWire> {
  const { tx, account, newId } = writing;
  const { desk, sealed, lag, statuses, inboxes } = checked;
  const [own] = await tx.query(hasOwnTickets, [account]);
  if (own) throw new ApiError('conflict', { fields: [{ path: 'kind', code: 'taken' }] });
  const rows = statuses.map((status, position) => ({ ...status, position }));
  const refs = inboxes.map(({ ref }) => ref);
  await tx.batch([
    { statement: forgetEdited, params: [account, desk.kind] },
    { statement: write, params: [account, desk.kind, JSON.stringify(desk.settings), sealed, lag] },
    { statement: writeStatuses, params: [account, JSON.stringify(rows)] },
    { statement: removeStatuses, params: [account, statuses.map(({ id }) => id)] },
    { statement: arrangeStatuses, params: [account] },
    { statement: writeInboxes, params: [account, refs.map(newId), refs, inboxes.map((inbox) => inbox.name)] },
  ]);
  await record(writing, { event: 'desk-changed' });
  return readDesk(writing);
}
