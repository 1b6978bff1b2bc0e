import { DeskError } from '../connectors/connector.js';

/**
 * What a desk answers within so many milliseconds.
 *
 * @throws DeskError `unavailable` when it does not: a desk that is slow is treated like one that is away
 */
export async function within<T>(milliseconds: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return await ask(signal);
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      throw new DeskError('unavailable', 'no answer in time', { cause: error });
    }
    throw error;
  }
}
