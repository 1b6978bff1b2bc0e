import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

import type { Tab } from './browser.js';

/** MiB that the pages of a browser have for themselves, after what nobody needs is gone; `NaN` where no file says it. */
export async function memoryOf(browser: Browser, { cdp }: Tab): Promise<number> {
  for (let turn = 0; turn < 2; turn++) await cdp.send('HeapProfiler.collectGarbage');
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    return pages.reduce((sum, { id }) => sum + dirtyOf(id), 0) / 1024;
  } finally {
    await session.detach();
  }
}

function dirtyOf(process: number): number {
  try {
    const text = readFileSync(`/proc/${process}/smaps_rollup`, 'utf8');
    return Number(/^Private_Dirty:\s+(\d+) kB/m.exec(text)?.[1]);
  } catch {
    // Not Linux.
    return Number.NaN;
  }
}
