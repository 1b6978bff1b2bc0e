import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { describeError } from '../http/request-log.js';
import { followOnce } from './follow.js';
import { deliverWaiting } from './outbox.js';

/** Milliseconds between two looks at a desk. */
const interval = 2_000;

const accounts: Statement = { name: 'desk_accounts', text: 'SELECT desk_accounts() AS account' };

type FollowDeps = Pick<AppDeps, 'database' | 'files' | 'clock' | 'newId' | 'sanitise' | 'log' | 'desks'>;

/**
 * Follows every desk of every account and delivers what waits for it, each at its own pace, until it is stopped. Returns what stops it, and resolves when
 * nothing runs any more.
 */
export function startFollowing(deps: FollowDeps): () => Promise<void> {
  const stopping = new AbortController();
  const follower = deps.newId();
  const running = new Map<number, Promise<void>>();
  /** Desks that failed when they were last asked: said once, until they answer again. */
  const failing = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function follow(account: number): Promise<void> {
    try {
      const desk = await deps.desks.of(account);
      if (desk) await followOnce(deps, desk, follower, stopping.signal);
      if (desk) await deliverWaiting(deps, desk, stopping.signal);
      if (failing.delete(account)) deps.log({ level: 'info', event: 'desk-back', account });
    } catch (error) {
      if (stopping.signal.aborted || failing.has(account)) return;
      failing.add(account);
      deps.log({ level: 'error', event: 'desk-failed', account, ...describeError(error) });
    }
  }

  async function look(): Promise<void> {
    try {
      const [rows] = (await deps.database.batch({ role: 'staff' }, [{ statement: accounts }])) as [
        { account: number }[],
      ];
      for (const { account } of rows) {
        if (running.has(account)) continue;
        running.set(
          account,
          follow(account).finally(() => running.delete(account)),
        );
      }
    } catch (error) {
      if (!stopping.signal.aborted) deps.log({ level: 'error', event: 'desk-failed', ...describeError(error) });
    }
    if (!stopping.signal.aborted) timer = setTimeout(next, interval);
  }

  let looking = Promise.resolve();
  const next = () => {
    looking = look();
  };
  next();

  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await looking;
    clearTimeout(timer);
    await Promise.all(running.values());
  };
}
