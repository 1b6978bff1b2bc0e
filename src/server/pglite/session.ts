import type { Step } from '../database.js';

/** One session of a database: what `createSessionDatabase` makes a `Database` of. */
export interface Session {
  /**
   * Runs the steps in order as one exchange. After a failing step none follows, and an open transaction stays failed
   * until it is rolled back.
   *
   * @throws DatabaseError
   */
  run(steps: readonly Step[]): Promise<unknown[][]>;
  close(): Promise<void>;
}
