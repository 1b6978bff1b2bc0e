import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import { describeError } from '../http/request-log.js';

/**
 * Lets through what is clean, and nothing of which that is not known.
 *
 * @throws ApiError `rejected` for what the scanner finds infected, `unavailable` while it does not answer
 */
export async function scanFile(
  { scanner, log }: Pick<AppDeps, 'scanner' | 'log'>,
  open: () => Promise<ReadableStream<Uint8Array>>,
): Promise<void> {
  if (!scanner) return;
  const verdict = await scanner.scan(await open()).catch((error: unknown) => {
    log({ level: 'error', event: 'scan-failed', ...describeError(error) });
    throw new ApiError('unavailable', { retryAfter: 60 });
  });
  if (verdict !== 'infected') return;
  log({ level: 'info', event: 'file-infected' });
  throw new ApiError('rejected', { fields: [{ path: 'file', code: 'infected' }] });
}
