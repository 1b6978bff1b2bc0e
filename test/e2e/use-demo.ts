import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

import { type DemoServer, launchBrowser, startDemo } from './support.js';

/** What all tests of a file share: a demo of the file's own, and a browser. */
export interface DemoHeld {
  readonly server: DemoServer;
  readonly browser: Browser;
}

/** Starts both before the first test, and ends them after the last. To be read inside of tests only. */
export function useDemo(): DemoHeld {
  const held = {} as { -readonly [Part in keyof DemoHeld]: DemoHeld[Part] };
  beforeAll(async () => {
    [held.server, held.browser] = await Promise.all([startDemo(), launchBrowser()]);
  });
  afterAll(async () => {
    await held.browser?.close();
    await held.server?.remove();
  });
  return held;
}
