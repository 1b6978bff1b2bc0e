import { type DatabaseContext, type Statement, type Step, type Transaction, DatabaseError } from '../database.js';
import type { Session } from './session.js';

/** How a transaction begins, and how long it may hold its session. */
export interface TransactionKind {
  readonly opening: readonly Step[];
  /** Milliseconds after which it is rolled back. */
  readonly limit: number;
}

const enterAsApp: Statement = { name: 'tx.enter', text: 'SELECT enter($1, $2, $3)' };
const enterAsStaff: Statement = {
  name: 'tx.enter_staff',
  text: `SELECT set_config('app.account', $1, true), set_config('app.inboxes', coalesce($2::bigint[]::text, ''), true),
    set_config('role', 'portico_staff', true)`,
};

const begin: Step = { statement: { name: 'tx.begin', text: 'BEGIN' } };
const commit: Step = { statement: { name: 'tx.commit', text: 'COMMIT' } };
const rollback: Step = { statement: { name: 'tx.rollback', text: 'ROLLBACK' } };

/** What every transaction under this context does first. */
export const underContext = (context: DatabaseContext, limit: number): TransactionKind => ({
  opening: [begin, ...enter(context)],
  limit,
});

/** Sees one moment of the whole database, for as long as a backup takes. */
export const snapshot: TransactionKind = {
  opening: [
    { statement: { name: 'tx.begin_snapshot', text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' } },
    {
      statement: {
        name: 'tx.unlimited',
        text: `SELECT set_config('statement_timeout', '0', true),
          set_config('idle_in_transaction_session_timeout', '0', true)`,
      },
    },
    ...enter({ role: 'staff' }),
  ],
  limit: 3_600_000,
};

/** Steps under a context as one exchange: without BEGIN, everything up to the end of the exchange is one transaction. */
export async function runBatch(
  session: Session,
  context: DatabaseContext,
  steps: readonly Step[],
): Promise<unknown[][]> {
  const entering = enter(context);
  const results = await session.run([...entering, ...steps]);
  return results.slice(entering.length);
}

/** Commits when `run` resolves, rolls back when it rejects. */
export async function runTransaction<T>(
  session: Session,
  { opening: first, limit }: TransactionKind,
  run: (tx: Transaction) => Promise<T>,
): Promise<T> {
  // The opening travels with the first query: one exchange less.
  let opening = first;
  let failure: unknown;
  let over = false;

  const tx: Transaction = {
    async query<Row>(statement: Statement, params: Step['params'] = []) {
      const [rows] = await tx.batch([{ statement, params }]);
      return rows as Row[];
    },
    async batch(steps) {
      if (over) throw new DatabaseError('25P01', 'The transaction is over');
      const before = opening;
      opening = [];
      try {
        const results = await session.run([...before, ...steps]);
        return results.slice(before.length);
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
    // A session that cannot roll back is gone, and its transaction with it: the first error is the one to report.
    if (opening.length === 0) await session.run([rollback]).catch(() => {});
    throw error;
  }
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

/**
 * States who asks, until the transaction ends. What the context leaves out is set to nothing, and nothing sees no row; a
 * visitor who is not known yet states nothing at all.
 */
function enter(context: DatabaseContext): Step[] {
  const { account } = context;
  if (context.role === 'staff')
    return [
      { statement: enterAsStaff, params: [account === undefined ? '' : String(account), context.inboxes ?? null] },
    ];
  if (account === undefined) return [];
  const { portal, contact } = context;
  return [{ statement: enterAsApp, params: [account, portal ?? null, contact ?? null] }];
}
