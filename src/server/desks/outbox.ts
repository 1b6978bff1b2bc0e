import { ApiError } from '../api-error.js';
import type { NewFile, Writer } from '../connectors/connector.js';
import { DeskError } from '../connectors/connector.js';
import { tieWrittenStep } from '../index/follow-ups.js';
import type { Param, Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { Desk } from './desks.js';
import { within } from './within.js';

/** A file that waits with its write, and where its bytes are. */
interface WaitingFile {
  readonly name: string;
  readonly type: string;
  readonly key: string;
}

/** What a contact writes into a desk, whole: whoever delivers it needs no more. Refs are the desk's. */
export type DeskWrite =
  | {
      readonly kind: 'create';
      readonly by: Writer;
      readonly files: readonly WaitingFile[];
      readonly inbox: string;
      readonly subject: string;
      readonly text: string;
      readonly properties: Readonly<Record<string, string>>;
      /** Public id of the ticket that it goes on with: the desk is not told. */
      readonly followUp?: string;
    }
  | {
      readonly kind: 'reply';
      readonly by: Writer;
      readonly files: readonly WaitingFile[];
      readonly ticket: string;
      readonly text: string;
      readonly joins: boolean;
    };

/** Milliseconds that a write may take. */
const patience = 15_000;
/** Milliseconds for which it is nobody else's to try. */
const hold = 2 * patience;
/** Milliseconds until it is tried again unasked, by how often it was. */
const pause = (attempts: number) => Math.min(60_000, 1000 * 2 ** Math.min(attempts, 6));

const take: Statement = {
  name: 'desk_write_take',
  text: `UPDATE desk_writes SET attempts = attempts + 1, held_until = $3, next_at = $3
    WHERE account_id = $1 AND public_id = $2 AND done_ref IS NULL AND (held_until IS NULL OR held_until <= $4)
    RETURNING attempts, request`,
};
const finish: Statement = {
  name: 'desk_write_finish',
  text: 'UPDATE desk_writes SET done_ref = $3 WHERE account_id = $1 AND public_id = $2',
};
const putOff: Statement = {
  name: 'desk_write_put_off',
  text: 'UPDATE desk_writes SET held_until = NULL, next_at = $3 WHERE account_id = $1 AND public_id = $2',
};
const withdraw: Statement = {
  name: 'desk_write_withdraw',
  text: 'DELETE FROM desk_writes WHERE account_id = $1 AND public_id = $2',
};
const waiting: Statement = {
  name: 'desk_writes_waiting',
  text: `SELECT public_id FROM desk_writes WHERE account_id = $1 AND done_ref IS NULL AND next_at <= $2
    ORDER BY created_at LIMIT 100`,
};

type OutboxDeps = Pick<AppDeps, 'database' | 'files' | 'clock' | 'log'>;

/**
 * Delivers one write that was entered, unless somebody is at it. It is written once: from the second try on, the connector
 * looks for the first one in the desk.
 *
 * @param stopping when nobody waits for it any more: it is looked for and tried again
 * @returns what the desk calls it
 * @throws ApiError `conflict` while somebody else is at it, `forbidden` when the desk refuses it and nothing is kept
 * @throws DeskError `unavailable`, `misconfigured`: it waits and is tried again
 */
export async function deliver(
  { database, files: store, clock }: OutboxDeps,
  desk: Desk,
  id: string,
  stopping?: AbortSignal,
): Promise<string> {
  const { account, connector } = desk;
  const run = async <Row>(statement: Statement, ...params: Param[]): Promise<Row[]> => {
    const [rows] = await database.batch({ role: 'staff', account }, [{ statement, params: [account, id, ...params] }]);
    return rows as Row[];
  };
  const now = clock();
  const until = new Date(now.getTime() + hold);
  const [taken] = await run<{ attempts: number; request: DeskWrite }>(take, until, now);
  if (!taken) throw new ApiError('conflict', { retryAfter: 1 });
  const { attempts, request } = taken;
  const attempt = { id, again: attempts > 1 };
  try {
    const files = await Promise.all(request.files.map((file) => open(store, account, file)));
    const write = (signal: AbortSignal) =>
      request.kind === 'create'
        ? connector.create({ ...request, attempt, files }, signal)
        : connector.reply({ ...request, attempt, files }, signal);
    const ref = await within(patience, write, stopping);
    await database.batch({ role: 'staff', account }, [
      { statement: finish, params: [account, id, ref] },
      tieWrittenStep(account, ref),
    ]);
    return ref;
  } catch (error) {
    if (error instanceof DeskError && error.kind === 'refused') {
      await run(withdraw);
      throw new ApiError('forbidden');
    }
    await run(putOff, new Date(clock().getTime() + pause(attempts)));
    throw error;
  }
}

async function open(store: AppDeps['files'], account: number, { key, name, type }: WaitingFile): Promise<NewFile> {
  const bytes = await store.get(account, key);
  if (!bytes) throw new Error(`file ${key} of account ${account}, which a write waits with, is gone`);
  return { name, type, bytes };
}

/** Delivers what waits, the oldest first, until the desk fails. @throws DeskError */
export async function deliverWaiting(deps: OutboxDeps, desk: Desk, stopping?: AbortSignal): Promise<void> {
  const context = { role: 'staff', account: desk.account } as const;
  const [rows] = (await deps.database.batch(context, [
    { statement: waiting, params: [desk.account, deps.clock()] },
  ])) as [{ public_id: string }[]];
  for (const { public_id: id } of rows) {
    try {
      await deliver(deps, desk, id, stopping);
    } catch (error) {
      // Somebody else is at it, or the desk has said no: either way it is no longer ours.
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
