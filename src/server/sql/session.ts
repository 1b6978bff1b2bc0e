import type { Step } from '../database.js';

/** One session of a database: what a `Database` is made of. */
export interface Session {
  /**
   * Runs the steps in order as one exchange, which is one transaction unless the steps begin or end one themselves. After
   * a failing step none follows. Resolves when all of it is committed.
   *
   * @throws DatabaseError
   */
  run(steps: readonly Step[]): Promise<unknown[][]>;
  close(): Promise<void>;
}

/** A session for set-up as well. */
export interface ScriptSession extends Session {
  /** Runs several statements as text, for migrations and set-up only: nothing here takes parameters. */
  script(sql: string): Promise<void>;
}

/** A session that is told what committed transactions notify on `channel`. */
export interface ListeningSession extends Session {
  listen(hear: (payload: string | null) => void): () => void;
}

/** The one channel on which processes tell each other what has changed. */
export const channel = 'portico';
