import { type Browser, type CDPSession, type Page, chromium } from 'playwright-core';

import { launchOptions } from '../../../.ci/browser.mjs';

/** Slow 4G, as Lighthouse applies it. */
const slow4g = { offline: false, latency: 562.5, downloadThroughput: 1474.56 * 125, uploadThroughput: 675 * 125 };

export interface Tab {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Milliseconds that the page's main thread has worked: script, style, layout and paint. */
  cpu(): Promise<number>;
}

/** @param engineFlags of the JavaScript engine, further ones */
export function launch(...engineFlags: readonly string[]): Promise<Browser> {
  const options = launchOptions();
  const flags = `--js-flags=${['--expose-gc', ...engineFlags].join(' ')}`;
  return chromium.launch({ ...options, args: [...(options.args ?? []), flags] });
}

export interface TabOptions {
  readonly slow?: boolean;
  readonly cpuRate?: number;
  /** Milliseconds after which it is given up, by default a minute: what hangs must not hold up all others. */
  readonly patience?: number;
}

/** Runs something in a profile of its own; `null` when it took too long. */
export async function inTab<T>(
  browser: Browser,
  { slow = false, cpuRate = 1, patience = 60_000 }: TabOptions,
  run: (tab: Tab) => Promise<T>,
): Promise<T | null> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, locale: 'en-GB' });
  let timer: NodeJS.Timeout | undefined;
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    if (slow) {
      await cdp.send('Network.enable');
      await cdp.send('Network.emulateNetworkConditions', slow4g);
    }
    if (cpuRate > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpuRate });
    const cpu = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    };
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patience);
    });
    const running = run({ page, cdp, cpu });
    running.catch(() => {});
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}
