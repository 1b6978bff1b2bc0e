import { afterAll, vi } from 'vitest';

// Files share their worker, and with it the modules that are loaded there: what one has replaced is put back for the next.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
