import * as z from 'zod/mini';
import type { Changes } from '../connector.js';
import { DeskError } from '../connector.js';
import type { RtClient } from './client.js';
import { parseAnswer } from './client.js';
import { ourQueues, pageSize } from './query.js';
import type { ChangeRow } from './schemas.js';
import { changesSchema } from './schemas.js';
import type { RtDeps, RtSettings } from './settings.js';

/**
 * Milliseconds that a poll looks back behind the newest change it knows. RT stamps a ticket when it begins to write, and
 * others see it when it has sent its mails.
 */
const overlap = 30_000;
/** Milliseconds after which nothing more happens in the same second, whatever it takes RT to write. */
const settling = 2000;

const pollSchema = z.object({
  /** When the newest change was. */
  since: z.int(),
  /** When RT was asked last. */
  now: z.int(),
  /** Stamps of tickets that a poll comes by again, by ref. */
  seen: z.record(z.string(), z.string()),
});
/** Where a poll goes on. Times are RT's own, in milliseconds since 1970. */
export type Poll = z.output<typeof pollSchema>;

/** Either on the way through all tickets, by id, or behind it. */
const cursorSchema = z.union([z.object({ walked: z.int().check(z.nonnegative()), since: z.int() }), pollSchema]);
type Cursor = z.output<typeof cursorSchema>;

interface Page {
  readonly rows: readonly ChangeRow[];
  /** When it was read at the latest, by RT's own clock, which shows seconds. */
  readonly now: number;
  /** By ours: no two looks at the same time. */
  readonly look: number;
}

/** What an index must ask about again. Costs one request when nothing changed. @throws DeskError */
export async function readChanges(
  client: RtClient,
  settings: RtSettings,
  deps: Pick<RtDeps, 'clock'>,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Changes> {
  const page = (query: string, order: Readonly<Record<string, string | readonly string[]>>) =>
    readPage(client, deps, { query, ...order }, signal);
  const ours = ourQueues(settings);
  const newestFirst = { orderby: ['LastUpdated', 'id'], order: ['DESC', 'DESC'] };

  const walk = async (walked: number, since: number): Promise<Changes> => {
    const { rows, now, look } = await page(`id > ${walked} AND ${ours}`, { orderby: 'id', per_page: String(pageSize) });
    const more = rows.length === pageSize;
    const next: Cursor = more ? { walked: Number(rows.at(-1)?.id), since } : { since, now, seen: {} };
    return { tickets: rows.map((row) => toChange(row, now, look)), cursor: JSON.stringify(next), more };
  };

  const poll = async (last: Poll): Promise<Changes> => {
    const rows = new Map<string, ChangeRow>();
    let [now, look] = [last.now, 0];
    for (let number = 1; ; number++) {
      const found = await page(ours, { ...newestFirst, per_page: String(pageSize), page: String(number) });
      // A ticket that moves up while we read comes again on the next page; its newest state came first.
      for (const row of found.rows) if (!rows.has(row.id)) rows.set(row.id, row);
      // A slow answer is no reason to take for unsettled what was settled the last time.
      if (number === 1) [now, look] = [Math.max(last.now, found.now), found.look];
      const oldest = found.rows.at(-1);
      if (found.rows.length < pageSize || !oldest || oldest.LastUpdated.getTime() < last.since - overlap) break;
      // After hundreds were changed at once, the window would be full of them until the next change.
      if (found.rows.every((row) => last.seen[row.id] === toChange(row, now, look).stamp)) break;
    }
    return pollResult([...rows.values()], now, look, last);
  };

  const at = parseCursor(cursor);
  if (at === null) {
    const { rows } = await page(ours, { ...newestFirst, per_page: '1' });
    // What happens while we walk is found by the first poll behind it.
    return walk(0, rows[0]?.LastUpdated.getTime() ?? 0);
  }
  return 'walked' in at ? walk(at.walked, at.since) : poll(at);
}

/** What of the rows, read at `now` by RT's clock and at `look` by ours, is new since the last poll. */
export function pollResult(
  rows: readonly ChangeRow[],
  now: number,
  look: number,
  { since, seen }: Omit<Poll, 'now'>,
): Changes {
  const changes = rows
    .filter(({ LastUpdated }) => LastUpdated.getTime() >= since - overlap)
    .map((row) => toChange(row, now, look));
  const newest = Math.max(since, ...rows.map(({ LastUpdated }) => LastUpdated.getTime()));
  const known = { ...seen, ...Object.fromEntries(changes.map(({ ref, stamp }) => [ref, stamp])) };
  const next: Cursor = {
    since: newest,
    now,
    seen: Object.fromEntries(Object.entries(known).filter(([, stamp]) => timeOf(stamp) >= newest - overlap)),
  };
  const tickets = changes.filter(({ ref, stamp }) => seen[ref] !== stamp);
  return { tickets, cursor: JSON.stringify(next), more: false };
}

/** When the ticket with this stamp had changed. */
const timeOf = (stamp: string) => Number.parseInt(stamp, 10);

/** More may happen to a ticket in the second in which it changed: until that is over, its stamp is another at every look. */
function toChange({ id, LastUpdated, Status }: ChangeRow, now: number, look: number): Changes['tickets'][number] {
  const stamp = `${LastUpdated.getTime()} ${Status}`;
  const settled = LastUpdated.getTime() + 1000 + settling <= now;
  return { ref: id, stamp: settled ? stamp : `${stamp} ${look}` };
}

function parseCursor(cursor: string | null): Cursor | null {
  if (cursor === null) return null;
  const request = { name: 'read a cursor', path: '' };
  return parseAnswer(cursorSchema, request, { status: 200, headers: new Headers(), text: cursor });
}

async function readPage(
  client: RtClient,
  { clock }: Pick<RtDeps, 'clock'>,
  query: Readonly<Record<string, string | readonly string[]>>,
  signal: AbortSignal,
): Promise<Page> {
  const request = {
    name: 'read what changed',
    path: '/REST/2.0/tickets',
    query: { ...query, fields: 'LastUpdated,Status,EffectiveId' },
  };
  const asked = clock().getTime();
  const answer = await client.send(request, signal);
  const took = clock().getTime() - asked;
  if (answer.status !== 200) {
    throw new DeskError('misconfigured', `read what changed: RT answers ${answer.status}; are the queues there?`);
  }
  const date = Date.parse(answer.headers.get('date') ?? '');
  const { items } = parseAnswer(changesSchema, request, answer);
  return { rows: items, now: Number.isNaN(date) ? asked : date - took, look: asked };
}
