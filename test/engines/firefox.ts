import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, firefox } from 'playwright-core';
import { expect } from 'vitest';

import { findFirefox } from '../../.ci/firefox.mjs';
import { type Cookies, type Engine, contextOptions } from '../e2e/layouts/profiles.js';

/** As it comes, cookies of other sites are kept apart for each page, also those that do not ask for it; who blocks them drops both. */
const behaviours: Partial<Record<Cookies, number>> = { kept: 5, dropped: 1 };

/** Where each of them puts what is downloaded: the driver hears of no download that a page has made itself. */
const folders = new WeakMap<BrowserContext, string>();

/** A Firefox as the distribution ships it, over WebDriver BiDi. */
export const firefoxEngine: Engine = {
  name: 'Firefox',
  keeps: { kept: ['plain', 'partitioned'], dropped: [] },
  async open(cookies) {
    const downloads = mkdtempSync(join(tmpdir(), 'portico-downloads-'));
    const browser = await firefox.launch({
      channel: 'moz-firefox',
      executablePath: findFirefox() ?? '',
      downloadsPath: downloads,
      firefoxUserPrefs: {
        'network.cookie.cookieBehavior': behaviours[cookies] ?? 5,
        'network.dns.forceResolve': '127.0.0.1',
        'dom.disable_open_during_load': false,
      },
    });
    const context = await browser.newContext(contextOptions);
    context.setDefaultTimeout(15_000);
    folders.set(context, downloads);
    return {
      context,
      async close() {
        await browser.close();
        rmSync(downloads, { recursive: true, force: true });
      },
    };
  },
  async take(page, name, click) {
    const downloads = folders.get(page.context()) ?? '';
    await click();
    // While a file is coming, its place is taken by an empty one, and its bytes are in another.
    const files = () => readdirSync(downloads).map((file) => [file, statSync(join(downloads, file)).size > 0]);
    await expect.poll(files, { timeout: 5000 }).toEqual([[name, true]]);
    const path = join(downloads, name);
    const bytes = readFileSync(path);
    rmSync(path);
    return bytes;
  },
};
