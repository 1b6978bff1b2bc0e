/**
 * All that the server knows of its database. Two things sit behind it, PGlite in a worker thread and PostgreSQL, with one
 * dialect and the same parsing: `int8` is a number, `timestamptz` a `Date`, `jsonb` parsed, `bytea` a `Uint8Array`.
 */

export type Param = string | number | boolean | null | Date | Uint8Array | readonly string[] | readonly number[];

/** SQL with a name under which the session keeps its plan. One text a name, for good. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export interface Step {
  readonly statement: Statement;
  readonly params?: readonly Param[];
}

/**
 * Who asks, for row level security. `app` is a portal's visitor: without a contact no row is visible. `staff` is for
 * staff, administration and jobs. Absent parts mean no rows.
 */
export type DatabaseContext =
  | { readonly role: 'app'; readonly account?: number; readonly portal?: number; readonly contact?: number }
  | {
      readonly role: 'staff';
      readonly account?: number;
      /** Those whose tickets alone there are; `null` and absent: all of the account. */
      readonly inboxes?: readonly number[] | null;
    };

export interface Transaction {
  /** @throws DatabaseError */
  query<Row>(statement: Statement, params?: readonly Param[]): Promise<Row[]>;
  /** Steps that do not depend on each other's rows, in one round trip. @throws DatabaseError */
  batch(steps: readonly Step[]): Promise<unknown[][]>;
}

export interface Database {
  /** A transaction under `context`; commits when `run` resolves, rolls back when it rejects. */
  tx<T>(context: DatabaseContext, run: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Steps that do not depend on each other's rows, as one transaction in one round trip. */
  batch(context: DatabaseContext, steps: readonly Step[]): Promise<unknown[][]>;
  /**
   * A read-only transaction of staff that sees one moment, however long it takes. Accounts are entered inside, by
   * `set_config('app.account', …, true)`.
   */
  snapshot<T>(run: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Calls `hear` with the payload of every `NOTIFY portico` of a committed transaction, whichever process sent it, and with
   * `null` when some may have been missed because the connection was lost. Returns what stops it.
   */
  listen(hear: (payload: string | null) => void): () => void;
  /** Finishes what runs, then releases everything. */
  close(): Promise<void>;
}

/** A statement that the database refused. `code` is the SQLSTATE. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
