import type { Param, Statement, Step } from '../database.js';
import type { AppDeps } from '../deps.js';
import { type SealedMail, createMailSealer } from './sealed.js';

/** Milliseconds for which a mail is nobody else's to send. */
const hold = 60_000;
/** Milliseconds until a mail is tried again, by how often it was. */
const pauses = [10_000, 30_000, 120_000, 600_000] as const;
/** Milliseconds for which is known what has become of a mail. */
const kept = 24 * 3_600_000;

const accounts: Statement = { name: 'mail_accounts', text: 'SELECT mail_accounts($1) AS account' };
/** What is held by somebody may still arrive, whatever the time. */
const outdate: Statement = {
  name: 'mail_outdate',
  text: `UPDATE mails SET outcome = 'outdated', finished_at = $2, sealed = NULL, recipient = NULL
    WHERE account_id = $1 AND outcome IS NULL AND next_at <= $2 AND expires_at <= $2 RETURNING id`,
};
const take: Statement = {
  name: 'mail_take',
  text: `UPDATE mails SET attempts = attempts + 1, next_at = $3
    WHERE account_id = $1 AND id = (SELECT id FROM mails WHERE account_id = $1 AND outcome IS NULL AND next_at <= $2
      ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, message_id, sealed, attempts, expires_at`,
};
const finish: Statement = {
  name: 'mail_finish',
  text: `UPDATE mails SET outcome = $3, finished_at = $4, sealed = CASE WHEN $5 THEN sealed END,
      recipient = CASE WHEN $5 THEN recipient END
    WHERE account_id = $1 AND id = $2`,
};
/** Unless somebody else has it by now. */
const putOff: Statement = {
  name: 'mail_put_off',
  text: 'UPDATE mails SET next_at = $4 WHERE account_id = $1 AND id = $2 AND attempts = $3 AND outcome IS NULL',
};
const drop: Statement = { name: 'mail_drop', text: 'DELETE FROM mails WHERE account_id = $1 AND id = $2' };
const remove: Statement = {
  name: 'mail_remove',
  text: 'DELETE FROM mails WHERE account_id = $1 AND (finished_at <= $2 OR expires_at <= $2 AND next_at <= $2)',
};

/** A mail that is ours to send, for a while. */
export interface TakenMail {
  readonly account: number;
  readonly id: number;
  readonly messageId: string;
  /** With this one. */
  readonly attempts: number;
  readonly expiresAt: Date;
  /** Until when nobody else sends it. */
  readonly heldUntil: Date;
  /** `null` when another secret has sealed it. */
  readonly mail: SealedMail | null;
}

interface TakenRow {
  readonly id: number;
  readonly message_id: string;
  readonly sealed: string;
  readonly attempts: number;
  readonly expires_at: Date;
}

/** Takes away what has been done with for a day, and what nobody was there to send. */
export const removeMails = (account: number, now: Date): Step => ({
  statement: remove,
  params: [account, new Date(now.getTime() - kept)],
});

/** The mails that wait, for any number of processes that send. */
export function createOutbox(deps: Pick<AppDeps, 'database' | 'secret' | 'clock'>) {
  const { database, clock } = deps;
  const sealer = createMailSealer(deps);
  const run = (account: number, statement: Statement, ...params: Param[]) =>
    database.batch({ role: 'staff', account }, [{ statement, params: [account, ...params] }]);

  return {
    /** Accounts that have mail to be tried now. */
    async accounts(): Promise<number[]> {
      const [rows] = (await database.batch({ role: 'staff' }, [{ statement: accounts, params: [clock()] }])) as [
        { account: number }[],
      ];
      return rows.map(({ account }) => account);
    },

    /** Gives up what is outdated, and takes what waits longest of the rest. */
    async take(account: number): Promise<{ readonly taken: TakenMail | null; readonly outdated: number }> {
      const now = clock();
      const heldUntil = new Date(now.getTime() + hold);
      const [outdated, [row]] = (await database.batch({ role: 'staff', account }, [
        { statement: outdate, params: [account, now] },
        { statement: take, params: [account, now, heldUntil] },
      ])) as [unknown[], TakenRow[]];
      if (!row) return { taken: null, outdated: outdated.length };
      const { id, message_id: messageId, attempts, expires_at: expiresAt } = row;
      const mail = await sealer.open(row.sealed);
      return { taken: { account, id, messageId, attempts, expiresAt, heldUntil, mail }, outdated: outdated.length };
    },

    /** @param keep its text stays readable for a day */
    async finish({ account, id }: TakenMail, outcome: 'sent' | 'refused', keep = false): Promise<void> {
      await run(account, finish, id, outcome, clock(), keep);
    },

    /** It is tried again after a pause that grows, and once more while that makes sense. */
    async putOff({ account, id, attempts, expiresAt }: TakenMail): Promise<void> {
      const now = clock().getTime();
      const [first] = pauses;
      const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? first;
      const next = now + Math.max(first, Math.min(pause, (expiresAt.getTime() - now) / 2));
      await run(account, putOff, id, attempts, new Date(next));
    },

    /** Nobody is at it: it may be taken at once. */
    async release({ account, id, attempts }: TakenMail): Promise<void> {
      await run(account, putOff, id, attempts, clock());
    },

    /** As if it had never been there. */
    async drop({ account, id }: TakenMail): Promise<void> {
      await run(account, drop, id);
    },
  };
}
