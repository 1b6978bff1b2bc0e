import type { Changes } from '../connectors/connector.js';
import { toApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { describeError } from '../http/request-log.js';
import type { Desk } from './desks.js';
import { refreshTicket } from './refresh.js';
import { within } from './within.js';

/** Milliseconds for which one process has a desk to itself; another one takes over from one that has died. */
const hold = 40_000;
/**
 * Milliseconds from one comparison of everything to the next, at least and at most. No list of changes tells what is gone, so
 * it is done as often as a desk can bear: for a fiftieth of the time.
 */
const compareSoonest = 10_000;
const compareLatest = 15 * 60_000;
const share = 50;
/** Milliseconds for a page of changes. */
const patience = 30_000;
/** Milliseconds for a ticket: nobody waits for it. */
const ticketPatience = 15_000;
/** Tickets read at once. */
const atOnce = 4;

const take: Statement = {
  name: 'desk_follow',
  text: `UPDATE desks SET follower = $2, followed_until = $3
    WHERE account_id = $1 AND (follower = $2 OR followed_until IS NULL OR followed_until <= $4)
    RETURNING cursor, compare_at`,
};
const giveBack: Statement = {
  name: 'desk_unfollow',
  text: 'UPDATE desks SET followed_until = NULL WHERE account_id = $1 AND follower = $2',
};
const keepCursor: Statement = {
  name: 'desk_cursor',
  text: 'UPDATE desks SET cursor = $3 WHERE account_id = $1 AND follower = $2',
};
const keepSynced: Statement = {
  name: 'desk_synced',
  text: 'UPDATE desks SET synced_at = $3 WHERE account_id = $1 AND follower = $2',
};
const keepCompared: Statement = {
  name: 'desk_compared',
  text: 'UPDATE desks SET compare_at = $3 WHERE account_id = $1 AND follower = $2',
};
const findStamps: Statement = {
  name: 'desk_stamps',
  text: 'SELECT desk_ref, desk_stamp FROM tickets WHERE account_id = $1 AND desk_ref = ANY ($2::text[])',
};
const findOthers: Statement = {
  name: 'desk_others',
  text: `SELECT desk_ref FROM tickets WHERE account_id = $1 AND deleted_at IS NULL AND desk_ref <> ALL ($2::text[])`,
};

interface Followed {
  readonly cursor: string | null;
  readonly compare_at: Date | null;
}

/** Another process follows the desk now. */
class LostDesk extends Error {
  override readonly name = 'LostDesk';
}

/**
 * Brings what has changed in a desk into the index, once; now and then it compares everything. Only one process at a time
 * does: `follower` names this one.
 *
 * @returns `false` where another process is at it
 * @throws DeskError
 */
export async function followOnce(
  deps: Pick<AppDeps, 'database' | 'clock' | 'newId' | 'sanitise' | 'log'>,
  desk: Desk,
  follower: string,
  stopping: AbortSignal,
): Promise<boolean> {
  const { account, feed } = desk;
  const run = async <Row>(statement: Statement, ...params: (string | Date | readonly string[])[]): Promise<Row[]> => {
    const steps = [{ statement, params: [account, ...params] }];
    const [rows] = await deps.database.batch({ role: 'staff', account }, steps);
    return rows as Row[];
  };
  const claim = async () => {
    const now = deps.clock();
    const [followed] = await run<Followed>(take, follower, new Date(now.getTime() + hold), now);
    return followed ?? null;
  };

  async function changes(cursor: string | null): Promise<Changes> {
    const page = await within(patience, (signal) => feed.changes(cursor, signal), stopping);
    const refs = page.tickets.map(({ ref }) => ref);
    const rows = await run<{ desk_ref: string; desk_stamp: string | null }>(findStamps, refs);
    const stamps = new Map(rows.map((row) => [row.desk_ref, row.desk_stamp]));
    await refreshAll(page.tickets.filter(({ ref, stamp }) => stamps.get(ref) !== stamp));
    if (!(await claim())) throw new LostDesk();
    return page;
  }

  async function refreshAll(tickets: Changes['tickets'] | readonly { ref: string; stamp: null }[]): Promise<void> {
    const waiting = [...tickets];
    const work = async () => {
      for (let next = waiting.shift(); next && !stopping.aborted; next = waiting.shift()) {
        try {
          await refreshTicket(deps, desk, next.ref, next.stamp, ticketPatience, stopping);
        } catch (error) {
          stopping.throwIfAborted();
          // Desk or database may in a moment: then this page comes again. One that cannot be kept must not hold up the others.
          if (toApiError(error).code === 'unavailable') {
            waiting.length = 0;
            throw error;
          }
          deps.log({ level: 'error', event: 'desk-ticket-failed', account, ...describeError(error) });
        }
      }
    };
    // A look that failed has ended only when nobody reads any more: the next one must not come on top of it.
    const ended = await Promise.allSettled(Array.from({ length: atOnce }, work));
    stopping.throwIfAborted();
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Follows `cursor` to the end. Returns what was met on the way. */
  async function walk(cursor: string | null, keep: boolean): Promise<Set<string>> {
    const met = new Set<string>();
    let page: Changes;
    do {
      page = await changes(cursor);
      for (const { ref } of page.tickets) met.add(ref);
      ({ cursor } = page);
      if (keep) await run(keepCursor, follower, cursor);
    } while (page.more);
    return met;
  }

  const followed = await claim();
  if (!followed) return false;
  try {
    const began = deps.clock();
    const isNew = followed.cursor === null;
    const met = await walk(followed.cursor, true);
    await run(keepSynced, follower, began);
    if (isNew || began >= (followed.compare_at ?? began)) {
      const comparing = deps.clock().getTime();
      const all = isNew ? met : await walk(null, false);
      const gone = await run<{ desk_ref: string }>(findOthers, [...all]);
      await refreshAll(gone.map((row) => ({ ref: row.desk_ref, stamp: null })));
      const now = deps.clock().getTime();
      const next = Math.min(Math.max(share * (now - comparing), compareSoonest), compareLatest);
      await run(keepCompared, follower, new Date(now + next));
    }
    return true;
  } catch (error) {
    if (error instanceof LostDesk) return false;
    throw error;
  } finally {
    await run(giveBack, follower).catch(() => {});
  }
}
