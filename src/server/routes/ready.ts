import { ApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';

const ask: Statement = { name: 'ready', text: 'SELECT true AS ready' };
/** Milliseconds. */
const patience = 2_000;

/** @throws ApiError `unavailable` when the server is stopping, or its database does not answer within two seconds */
export async function checkReady({ database, stopping }: Pick<AppDeps, 'database' | 'stopping'>): Promise<void> {
  if (stopping.aborted) throw new ApiError('unavailable');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, patience);
  });
  try {
    await Promise.race([database.batch({ role: 'app' }, [{ statement: ask }]), late]);
  } catch {
    throw new ApiError('unavailable');
  } finally {
    clearTimeout(timer);
  }
}
