import type { Database, Statement, Step } from './database.js';
import type { AppDeps } from './deps.js';
import { describeError } from './http/request-log.js';
import { keyLifetime } from './idempotency.js';
import { renewHtml } from './index/html.js';
import { removeMails } from './mail/outbox.js';
import { removeUploads } from './writing/uploads.js';

const hour = 3_600_000;

const accounts: Statement = { name: 'job_accounts', text: 'SELECT account_id FROM accounts ORDER BY account_id' };
const lock: Statement = {
  name: 'job_lock',
  text: `SELECT pg_try_advisory_xact_lock(hashtextextended('job ' || $1::bigint, 0)) AS mine`,
};
const removeKeys: Statement = {
  name: 'job_remove_keys',
  text: 'DELETE FROM idempotency_keys WHERE account_id = $1 AND created_at <= $2',
};
const removeWrites: Statement = {
  name: 'job_remove_desk_writes',
  text: 'DELETE FROM desk_writes WHERE account_id = $1 AND created_at <= $2',
};
const removeSessions: Statement = {
  name: 'job_remove_sessions',
  text: 'DELETE FROM sessions WHERE account_id = $1 AND (idle_until <= $2 OR absolute_until <= $2)',
};
const removeStaffSessions: Statement = {
  name: 'job_remove_staff_sessions',
  text: 'DELETE FROM staff_sessions WHERE account_id = $1 AND (idle_until <= $2 OR absolute_until <= $2)',
};
const removeStaffLinks: Statement = {
  name: 'job_remove_staff_links',
  text: 'DELETE FROM staff_links WHERE account_id = $1 AND expires_at <= $2',
};
/** An hour longer than they were of use: until then they count towards the mails of their address. */
const removeFlows: Statement = {
  name: 'job_remove_flows',
  text: "DELETE FROM flows WHERE account_id = $1 AND expires_at <= $2::timestamptz - interval '1 hour'",
};
/** Those that somebody has come back from an hour ago have no use any more: their codes live a minute. */
const removeTransactions: Statement = {
  name: 'job_remove_sso',
  text: "DELETE FROM sso_transactions WHERE account_id = $1 AND expires_at <= $2::timestamptz - interval '1 hour'",
};
const removeLogouts: Statement = {
  name: 'job_remove_sso_logouts',
  text: 'DELETE FROM sso_logouts WHERE account_id = $1 AND expires_at <= $2',
};
const removeLimits: Statement = { name: 'job_remove_limits', text: 'DELETE FROM rate_limits WHERE expires_at <= $1' };

type JobDeps = Pick<AppDeps, 'database' | 'files' | 'sanitise' | 'clock' | 'log'>;

/** Removes what has had its time: limits, then account after account idempotency keys, sessions, codes, sign-ins on their way and files that nobody has written. Makes anew what older rules made of HTML. */
export async function removeOutdated({ database, files, sanitise, clock }: JobDeps): Promise<void> {
  const now = clock();
  const outlived = new Date(now.getTime() - keyLifetime);
  await runAlone(database, null, [{ statement: removeLimits, params: [now] }]);
  const [rows] = (await database.batch({ role: 'staff' }, [{ statement: accounts }])) as [{ account_id: number }[]];
  for (const { account_id: account } of rows) {
    await runAlone(database, account, [
      { statement: removeKeys, params: [account, outlived] },
      { statement: removeWrites, params: [account, outlived] },
      { statement: removeSessions, params: [account, now] },
      { statement: removeStaffSessions, params: [account, now] },
      { statement: removeStaffLinks, params: [account, now] },
      removeMails(account, now),
      { statement: removeFlows, params: [account, now] },
      { statement: removeTransactions, params: [account, now] },
      { statement: removeLogouts, params: [account, now] },
    ]);
    await removeUploads({ database, files }, account, outlived);
    await renewHtml(database, sanitise, account);
  }
}

/** One transaction, unless another process is at the same work. */
async function runAlone(database: Database, account: number | null, steps: readonly Step[]): Promise<void> {
  await database.tx({ role: 'staff', ...(account !== null && { account }) }, async (tx) => {
    const [got] = await tx.query<{ mine: boolean }>(lock, [account ?? 0]);
    if (got?.mine) await tx.batch(steps);
  });
}

/** Runs the jobs now and every hour. Returns what stops them, and resolves when none runs any more. */
export function startJobs(deps: JobDeps): () => Promise<void> {
  let running = Promise.resolve();
  const run = () => {
    running = removeOutdated(deps).catch((error: unknown) => {
      deps.log({ level: 'error', event: 'job-failed', ...describeError(error) });
    });
  };
  run();
  const timer = setInterval(run, hour);
  return () => {
    clearInterval(timer);
    return running;
  };
}
