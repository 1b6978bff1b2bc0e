import { expect } from 'vitest';

import { launchBrowser, visit } from '../support.js';
import { startPayloadServer } from './payload-server.js';

/** So many are on a page at the same time. */
const atOnce = 50;
/** Nothing leaves this machine, whatever a page asks for. */
const offline = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'];
/** What the pages ask for themselves. */
const ours = /^GET \/(embed\/.*|page\.js|control\.js|batch\.json|last\.svg|favicon\.ico)?$/;

/** What payloads came to. */
export interface Shown {
  /** Calls of a script of a payload. */
  readonly ran: number;
  /** Reports of the page's policy, exceptions, what was asked of elsewhere. */
  readonly complaints: readonly string[];
  /** What was asked of the page's own server and is none of the page's. */
  readonly requests: readonly string[];
  /** Elements and attributes that no message may have. */
  readonly found: readonly string[];
  /** Messages that were shown as HTML, not as their text. */
  readonly html: number;
}

/**
 * Shows payloads: by server and elements as they are read under a strict policy; by the elements alone, had the server let them
 * through; or as they are, without a policy.
 */
export async function showPayloads(payloads: readonly string[], by: 'both' | 'elements' | 'nobody'): Promise<Shown> {
  const path = by === 'nobody' ? '/control' : '/';
  const [server, browser] = await Promise.all([startPayloadServer(payloads), launchBrowser(offline)]);
  try {
    const { page, context, watch } = await visit(browser, server.origin);
    let ran = 0;
    await context.exposeBinding('ranPayload', () => void (ran += 1));
    await context.addInitScript(() => {
      const { ranPayload } = globalThis as typeof globalThis & { ranPayload(): void };
      for (const name of ['pwn', 'alert', 'confirm', 'prompt', 'print'])
        Object.defineProperty(globalThis, name, { value: () => ranPayload() });
    });
    const found: string[] = [];
    let html = 0;
    for (let from = 0; from < payloads.length; from += atOnce) {
      await page.goto(`${path}?from=${from}&to=${from + atOnce}${by === 'elements' ? '&raw' : ''}`).catch(() => {});
      if (by === 'nobody') {
        // Some payloads lead the page elsewhere.
        await page.waitForLoadState('networkidle').catch(() => {});
        continue;
      }
      await expect.poll(() => page.locator('body').getAttribute('data-html'), { timeout: 60_000 }).not.toBe(null);
      const { found: bad, html: shown } = await page.locator('body').evaluate(({ dataset }) => ({ ...dataset }));
      found.push(...(JSON.parse(bad ?? '[]') as string[]));
      html += Number(shown);
    }
    if (by === 'nobody') await expect.poll(() => ran, { timeout: 60_000 }).toBeGreaterThan(5);
    await context.close();
    const requests = watch.requests.filter((request) => !ours.test(request));
    return { ran, complaints: watch.complaints, requests, found, html };
  } finally {
    await browser.close();
    await server.stop();
  }
}
