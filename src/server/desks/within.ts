import { DeskError } from '../connectors/connector.js';

/**
 * What a desk answers within so many milliseconds.
 *
 * @param stopping when nobody waits for it any more; rejects with its reason
 * @throws DeskError `unavailable` when it does not: a desk that is slow is treated like one that is away
 */
export async function within<T>(
  milliseconds: number,
  ask: (signal: AbortSignal) => Promise<T>,
  stopping?: AbortSignal,
): Promise<T> {
  const late = AbortSignal.timeout(milliseconds);
  try {
    return await ask(stopping ? AbortSignal.any([stopping, late]) : late);
  } catch (error) {
    if (late.aborted && error === late.reason) {
      throw new DeskError('unavailable', 'no answer in time', { cause: error });
    }
    throw error;
  }
}
