import { type Database, DatabaseError } from '../database.js';
import type { ListeningSession } from './session.js';
import { runBatch, runTransaction, snapshot, underContext } from './transaction.js';

export interface SessionDatabaseOptions {
  /** Milliseconds after which a transaction is rolled back: it holds the only session. */
  readonly transactionLimit?: number;
}

/** A `Database` over a single session: transactions take turns, in the order in which they were asked for. */
export function createSessionDatabase(session: ListeningSession, options: SessionDatabaseOptions = {}): Database {
  const { transactionLimit = 10_000 } = options;
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (closing) return Promise.reject(new DatabaseError('57P01', 'The database is closed'));
    const turn = last.then(task);
    last = turn.catch(() => {});
    return turn;
  }

  return {
    tx: (context, run) => inTurn(() => runTransaction(session, underContext(context, transactionLimit), run)),
    batch: (context, steps) => inTurn(() => runBatch(session, context, steps)),
    snapshot: (run) => inTurn(() => runTransaction(session, snapshot, run)),
    listen: (hear) => session.listen(hear),

    close() {
      closing ??= last.then(() => session.close());
      return closing;
    },
  };
}
