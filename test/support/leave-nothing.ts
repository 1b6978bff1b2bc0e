import * as timers from 'node:timers';
import { afterAll, expect, vi } from 'vitest';

// Files share their worker, and with it the modules that are loaded there: what one has replaced is put back for the next.
// Spies first: a spy on a fake timer would bring the fake back.
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.useRealTimers();
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const)
    expect(globalThis[name]).toBe(timers[name]);
});
