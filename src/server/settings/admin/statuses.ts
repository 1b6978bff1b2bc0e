import type { AdminStatusWire, NewStatusWire, StatusChangeWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { changeOf } from '../../identity/audit.js';
import { isOfDesk } from './inboxes.js';
import { type AdminWriting, idsOf, record, refuse, taken } from './writing.js';

interface StatusRow extends AdminStatusWire {
  readonly position: number;
  /** Of tickets that have it, deleted ones too. */
  readonly found: readonly number[];
  readonly inbox_ids: readonly number[] | null;
}

const isWord = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** Deletes those that the condition names; what they were called stays, for threads. The first parameter is the account. */
export const removingStatuses = (condition: string): string =>
  `WITH gone AS (DELETE FROM statuses s WHERE s.account_id = $1 AND ${condition} RETURNING s.id, s.label)
    INSERT INTO former_statuses (account_id, id, label) SELECT $1, id, label FROM gone
    ON CONFLICT (account_id, id) DO UPDATE SET label = excluded.label`;

/** More than anybody tells apart. */
const most = 50;

/** The parameter is the account. */
const all: Statement = {
  name: 'admin_statuses',
  text: `SELECT s.id, s.position, s.category, s.label, s.inbox_ids, coalesce(t.tickets, 0) AS tickets,
      coalesce(t.found, '{}') AS found,
      CASE WHEN s.inbox_ids IS NOT NULL THEN ARRAY(SELECT i.public_id FROM inboxes i
        WHERE i.account_id = s.account_id AND i.id = ANY (s.inbox_ids) ORDER BY i.id) END AS inboxes
    FROM statuses s
    LEFT JOIN (SELECT status, count(*) FILTER (WHERE deleted_at IS NULL) AS tickets, array_agg(DISTINCT inbox_id) AS found
      FROM tickets WHERE account_id = $1 GROUP BY status) t
      ON t.status = s.id
    WHERE s.account_id = $1 ORDER BY s.position, s.id`,
};
/** Two at once could each take away what the other leaves as the last one. */
export const lockStatuses: Statement = {
  name: 'admin_statuses_lock',
  text: 'SELECT id FROM statuses WHERE account_id = $1 ORDER BY id FOR NO KEY UPDATE',
};
const insert: Statement = {
  name: 'admin_status_insert',
  text: `INSERT INTO statuses (account_id, id, position, category, label, inbox_ids, edited)
    VALUES ($1, $2, $3, $4, $5::jsonb, $6, true)`,
};
const update: Statement = {
  name: 'admin_status_update',
  text: 'UPDATE statuses SET category = $3, label = $4::jsonb, inbox_ids = $5, edited = true WHERE account_id = $1 AND id = $2',
};
/** The last parameter is the one that was moved. */
const arrange: Statement = {
  name: 'admin_statuses_arrange',
  text: `UPDATE statuses s SET position = o.place - 1, edited = s.edited OR s.id = $3
    FROM unnest($2::text[]) WITH ORDINALITY AS o (id, place)
    WHERE s.account_id = $1 AND s.id = o.id AND s.position <> o.place - 1`,
};
/** Who gives it to a ticket meanwhile waits: what has it from here on is all that ever will. */
const lockLeaving: Statement = {
  name: 'admin_status_lock_leaving',
  text: 'SELECT FROM statuses WHERE account_id = $1 AND id = $2 FOR UPDATE',
};
/** Also those of tickets that were deleted. Nobody is told of a change: the ticket is where it was. */
const replace: Statement = {
  name: 'admin_status_replace',
  text: 'UPDATE tickets SET status = $3 WHERE account_id = $1 AND status = $2',
};
const isWorn: Statement = {
  name: 'admin_status_worn',
  text: 'SELECT FROM tickets WHERE account_id = $1 AND status = $2 LIMIT 1',
};
const remove: Statement = { name: 'admin_status_delete', text: removingStatuses('s.id = $2') };
const former: Statement = {
  name: 'admin_statuses_former',
  text: 'SELECT id FROM former_statuses WHERE account_id = $1',
};

type Reading = Pick<AdminWriting, 'tx' | 'account'>;

const toStatus = ({ id, category, label, inboxes, tickets }: StatusRow): AdminStatusWire => ({
  id,
  category,
  label,
  inboxes,
  tickets,
});

const inTheWay = (path: string, code: string) => new ApiError('conflict', { fields: [{ path, code }] });

const readAll = ({ tx, account }: Reading) => tx.query<StatusRow>(all, [account]);

export const listStatuses = async (reading: Reading) => ({ items: (await readAll(reading)).map(toStatus) });

/**
 * All of them, nobody else's to change until the transaction ends, and nobody's to give where it is `leaving`.
 *
 * @throws ApiError `not-found`
 */
async function take(writing: AdminWriting, id: string, { leaving = false } = {}) {
  await writing.tx.query(lockStatuses, [writing.account]);
  if (leaving) await writing.tx.query(lockLeaving, [writing.account, id]);
  const rows = await readAll(writing);
  const row = rows.find((one) => one.id === id);
  if (!row) throw new ApiError('not-found');
  return { rows, row, others: rows.filter((one) => one !== row) };
}

/** Without space around it. @throws ApiError `invalid` for one without words */
function readLabel(label: NewStatusWire['label']): Record<string, string> {
  const words = Object.entries(label).map(([language, text]) => [language, text.trim()] as const);
  if (words.length === 0) throw refuse('label', 'missing');
  return Object.fromEntries(words);
}

/** A word for it that no other one has or has had: threads of tickets name statuses by it. */
function idFor(label: Readonly<Record<string, string>>, taken: readonly string[]): string {
  const text = label['en'] ?? Object.values(label)[0] ?? '';
  const plain = text.normalize('NFKD').toLowerCase().replaceAll('ł', 'l').replace(/\p{M}/gu, '');
  const word =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'status';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? word : `${word}-${count}`;
    if (!taken.includes(id)) return id;
  }
}

/** Where a new one goes so that tickets go on to reach the statuses that they reach now, wherever that is possible. */
function placeFor(rows: readonly StatusRow[], category: StatusRow['category']): number {
  const places = rows.flatMap((row, place) => (row.category === category ? [place] : []));
  const last = places.at(-1);
  if (last === undefined) return rows.length;
  // The first one that is open receives new tickets, the last one those with a reply; of the others the first one counts.
  return category === 'open' && places.length > 1 ? last : last + 1;
}

/**
 * @param asked the id; without one it is a word made of the label that no other status has or has had
 * @throws ApiError `invalid` for a label without words and an id that is no word; `conflict` where a desk has statuses of its
 *   own, there are too many, or another one has the id
 */
export async function createStatus(
  writing: AdminWriting,
  { category, label: given, inboxes = null }: NewStatusWire,
  asked?: string,
): Promise<AdminStatusWire> {
  const { tx, account } = writing;
  if (await isOfDesk(writing)) throw inTheWay('desk', 'desk');
  if (asked !== undefined && !isWord.test(asked)) throw refuse('id', 'malformed');
  const label = readLabel(given);
  const scope = await inboxIds(writing, inboxes);
  await tx.query(lockStatuses, [account]);
  const rows = await readAll(writing);
  if (rows.length >= most) throw inTheWay('id', 'too-many');
  const ids = rows.map((row) => row.id);
  if (asked !== undefined && ids.includes(asked)) throw taken('id');
  const gone = await tx.query<{ id: string }>(former, [account]);
  const id = asked ?? idFor(label, [...ids, ...gone.map((row) => row.id)]);
  const place = placeFor(rows, category);
  await tx.query(insert, [account, id, place, category, JSON.stringify(label), scope]);
  await tx.query(arrange, [account, ids.toSpliced(place, 0, id), id]);
  await record(writing, { event: 'status-created', subjects: { status: id } });
  return { id, category, label, inboxes, tickets: 0 };
}

const sameInboxes = (one: StatusRow['inboxes'], other: StatusRow['inboxes']): boolean =>
  JSON.stringify(one && [...new Set(one)].sort()) === JSON.stringify(other && [...new Set(other)].sort());

const sameLabel = (one: StatusRow['label'], other: StatusRow['label']): boolean => {
  const languages = Object.keys(one);
  return (
    languages.length === Object.keys(other).length && languages.every((language) => one[language] === other[language])
  );
};

const isSame = (was: NonNullable<StatusChangeWire['was']>, { category, label, inboxes }: StatusRow): boolean =>
  was.category === category && sameInboxes(was.inboxes, inboxes) && sameLabel(was.label, label);

/** What a change makes of a status: the same in another order is no change. */
function changedBy(change: StatusChangeWire, row: StatusRow): Pick<StatusRow, 'category' | 'label' | 'inboxes'> {
  const label = change.label ? readLabel(change.label) : row.label;
  const inboxes = change.inboxes === undefined ? row.inboxes : change.inboxes;
  return {
    category: change.category ?? row.category,
    label: sameLabel(label, row.label) ? row.label : label,
    inboxes: sameInboxes(inboxes, row.inboxes) ? row.inboxes : inboxes,
  };
}

/**
 * @throws ApiError `not-found`, `invalid` for a label without words; `conflict` for the last one of its category, and for one
 *   that is not as it was read
 */
export async function updateStatus(
  writing: AdminWriting,
  id: string,
  change: StatusChangeWire,
): Promise<AdminStatusWire> {
  const { tx, account } = writing;
  const { rows, row, others } = await take(writing, id);
  if (change.was && !isSame(change.was, row)) throw inTheWay('was', 'changed');
  const { category, label, inboxes } = changedBy(change, row);
  const scope = await scopeOf(writing, row, inboxes);
  if (category !== row.category || (scope !== null && row.inbox_ids === null)) refuseLast(row, others);
  const before = {
    ...{ category: row.category, label: row.label, inboxes: row.inboxes },
    position: rows.indexOf(row),
  };
  const position = Math.min(change.position ?? before.position, others.length);
  const changed = changeOf(before, { category, label, inboxes, position }, ['label']);
  if (Object.keys(changed).length === 0) return toStatus(row);
  if (['category', 'label', 'inboxes'].some((name) => name in changed))
    await tx.query(update, [account, id, category, JSON.stringify(label), scope]);
  const ids = others.map((other) => other.id).toSpliced(position, 0, id);
  await tx.query(arrange, [account, ids, id]);
  await record(writing, { event: 'status-changed', subjects: { status: id }, change: changed });
  return { ...toStatus(row), category, label, inboxes };
}

const inboxIds = async (writing: AdminWriting, inboxes: readonly string[] | null) =>
  inboxes && idsOf(writing, 'inboxes', inboxes, 'inboxes.*');

/**
 * Internal ids of the inboxes that a status is to be of.
 *
 * @throws ApiError `conflict` at `inboxes` where tickets of other inboxes have it, at `desk` before a help desk
 */
async function scopeOf(writing: AdminWriting, row: StatusRow, inboxes: readonly string[] | null) {
  if (inboxes === row.inboxes) return row.inbox_ids;
  if (await isOfDesk(writing)) throw inTheWay('desk', 'desk');
  const scope = await inboxIds(writing, inboxes);
  if (!covers(scope, row.found)) throw inTheWay('inboxes', 'in-use');
  return scope;
}

const covers = (scope: readonly number[] | null, inboxes: readonly number[]): boolean =>
  scope === null || inboxes.every((inbox) => scope.includes(inbox));

/** In every inbox a ticket finds a status of each category. @throws ApiError `conflict` */
function refuseLast({ category, inbox_ids }: StatusRow, others: readonly StatusRow[]): void {
  if (inbox_ids !== null) return;
  if (!others.some((other) => other.category === category && other.inbox_ids === null))
    throw inTheWay('category', 'last');
}

/**
 * @param replacement what its tickets have from then on; needless where there are none
 * @throws ApiError `not-found`; `invalid` for a replacement that is none; `conflict` for the last one of its category, where
 *   tickets need a replacement, and where a desk has statuses of its own
 */
export async function deleteStatus(writing: AdminWriting, id: string, replacement: string | undefined): Promise<void> {
  const { tx, account } = writing;
  if (await isOfDesk(writing)) throw inTheWay('desk', 'desk');
  const { row, others } = await take(writing, id, { leaving: true });
  const instead = others.find((other) => other.id === replacement);
  if (replacement !== undefined && !instead) throw refuse('replacement');
  if (instead && !covers(instead.inbox_ids, row.found)) throw refuse('replacement', 'other-inbox');
  refuseLast(row, others);
  if (replacement === undefined) {
    const [worn] = await tx.query(isWorn, [account, id]);
    if (worn) throw inTheWay('replacement', 'missing');
  } else {
    await tx.query(replace, [account, id, replacement]);
  }
  await tx.query(remove, [account, id]);
  const change = { replacement: { before: null, after: replacement ?? null } };
  await record(writing, { event: 'status-deleted', subjects: { status: id }, change });
}
