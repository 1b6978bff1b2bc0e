import {
  type Database,
  type DatabaseContext,
  type Statement,
  type Step,
  type Transaction,
  DatabaseError,
} from '../database.js';
import type { Session } from './session.js';

export interface SessionDatabaseOptions {
  /** Milliseconds after which a transaction is rolled back: it holds the only session. */
  readonly transactionLimit?: number;
}

/** A `Database` over a single session: transactions take turns, in the order in which they were asked for. */
export function createSessionDatabase(session: Session, options: SessionDatabaseOptions = {}): Database {
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
    tx: (context, run) => inTurn(() => runTransaction(session, context, run, transactionLimit)),

    batch: (context, steps) =>
      inTurn(async () => {
        const opening = open(context);
        try {
          const results = await session.run([...opening, ...steps, commit]);
          return results.slice(opening.length, -1);
        } catch (error) {
          await rollBack(session);
          throw error;
        }
      }),

    close() {
      closing ??= last.then(() => session.close());
      return closing;
    },
  };
}

async function runTransaction<T>(
  session: Session,
  context: DatabaseContext,
  run: (tx: Transaction) => Promise<T>,
  limit: number,
): Promise<T> {
  // The opening travels with the first query: one exchange less.
  let opening: readonly Step[] = open(context);
  let failure: unknown;
  let over = false;

  const tx: Transaction = {
    async query<Row>(statement: Statement, params: Step['params'] = []) {
      if (over) throw new DatabaseError('25P01', 'The transaction is over');
      const before = opening;
      opening = [];
      try {
        const results = await session.run([...before, { statement, params }]);
        return results.at(-1) as Row[];
      } catch (error) {
        failure ??= error;
        throw error;
      }
    },
  };

  try {
    const value = await withLimit(run(tx), limit);
    over = true;
    // PostgreSQL answers COMMIT of a failed transaction with a silent rollback: what is acknowledged must be committed.
    if (failure) throw failure;
    if (opening.length === 0) await session.run([commit]);
    return value;
  } catch (error) {
    over = true;
    if (opening.length === 0) await rollBack(session);
    throw error;
  }
}

/** A session that cannot roll back is gone, and its transaction with it: the first error is the one to report. */
async function rollBack(session: Session): Promise<void> {
  await session.run([rollback]).catch(() => {});
}

async function withLimit<T>(work: Promise<T>, limit: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseError('25P04', `A transaction took longer than ${limit} ms`)), limit);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first steps of every transaction. What the context leaves out is set to nothing, and nothing sees no row. */
function open({ role, account, portal, contact }: DatabaseContext): Step[] {
  const params = [account, portal, contact].map((id) => (id === undefined ? '' : String(id)));
  return [begin, { statement: setContext, params }, ...(role === 'staff' ? [becomeStaff] : [])];
}

const setContext: Statement = {
  name: 'tx.context',
  text: `SELECT set_config('app.account', $1, true), set_config('app.portal', $2, true),
    set_config('app.contact', $3, true)`,
};

const begin: Step = { statement: { name: 'tx.begin', text: 'BEGIN' } };
const becomeStaff: Step = { statement: { name: 'tx.staff', text: 'SET LOCAL ROLE portico_staff' } };
const commit: Step = { statement: { name: 'tx.commit', text: 'COMMIT' } };
const rollback: Step = { statement: { name: 'tx.rollback', text: 'ROLLBACK' } };
