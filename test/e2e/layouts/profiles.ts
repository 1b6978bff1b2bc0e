import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';

import { launchOptions } from '../../../.ci/browser.mjs';
import type { Places } from './places.js';

/** What somebody lets their browser do with cookies of other sites than that of the page. */
export type Cookies = 'kept' | 'kept apart for each page' | 'dropped';

/** Which of the two cookies that another site sets come back to it. */
export type Kept = readonly ('plain' | 'partitioned')[];

export interface Engine {
  readonly name: string;
  /** What this browser does, by setting. */
  readonly keeps: Partial<Readonly<Record<Cookies, Kept>>>;
  open(cookies: Cookies, places: Places): Promise<Profile>;
  /** The file of this name that is among the downloads after a click. */
  take(page: Page, name: string, click: () => Promise<void>): Promise<Buffer>;
}

/** A browser with a profile of its own. */
export interface Profile {
  readonly context: BrowserContext;
  /** Ends the browser and removes the profile. */
  close(): Promise<void>;
}

export const chromiumEngine: Engine = {
  name: 'Chromium',
  keeps: { kept: ['plain', 'partitioned'], 'kept apart for each page': ['partitioned'], dropped: [] },
  async open(cookies, { portal }) {
    const { args, ...options } = launchOptions();
    const folder = mkdtempSync(join(tmpdir(), 'portico-profile-'));
    mkdirSync(join(folder, 'Default'));
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify({ profile: preferences[cookies](portal) }));
    const context = await chromium.launchPersistentContext(folder, {
      ...options,
      args: [
        ...args,
        '--host-resolver-rules=MAP *.example.com 127.0.0.1, MAP *.example.net 127.0.0.1, MAP *.example.org 127.0.0.1',
        ...(cookies === 'kept apart for each page' ? ['--test-third-party-cookie-phaseout'] : []),
      ],
      // Tests without it would not see what comes back out of that cache.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      ...contextOptions,
    });
    context.setDefaultTimeout(30_000);
    return {
      context,
      async close() {
        await context.close();
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  },
  async take(page, name, click) {
    const [download] = await Promise.all([page.waitForEvent('download'), click()]);
    if (download.suggestedFilename() !== name) throw new Error(`It is called ${download.suggestedFilename()}.`);
    return readFile(await download.path());
  },
};

export const contextOptions = { ignoreHTTPSErrors: true, locale: 'en-GB', timezoneId: 'UTC' } as const;

/** As the settings page writes them: 0 allows, 1 blocks those of third parties, an exception of 2 blocks all of a host. */
const preferences: Record<Cookies, (portal: string) => object> = {
  kept: () => ({ cookie_controls_mode: 0, block_third_party_cookies: false }),
  'kept apart for each page': () => ({ cookie_controls_mode: 1, block_third_party_cookies: true }),
  dropped: (portal) => ({
    cookie_controls_mode: 1,
    block_third_party_cookies: true,
    content_settings: { exceptions: { cookies: { [`${portal},*`]: { setting: 2 } } } },
  }),
};
