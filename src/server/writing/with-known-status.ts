import { DatabaseError } from '../database.js';

/** SQLSTATE of a row that another one needs and that is not there. */
const missing = '23503';

/**
 * Runs a transaction that gives a ticket a status. When that one was deleted after it had been chosen, all of it is taken back,
 * and `again` chooses from what there is now. Once: who deletes two in one moment makes no third.
 */
export async function withKnownStatus<T>(run: () => Promise<T>, again: () => Promise<T> = run): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof DatabaseError && error.code === missing) return again();
    throw error;
  }
}
