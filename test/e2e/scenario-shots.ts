/**
 * Takes pictures of scenarios by the stage of the QA page, each in four looks:
 * `npx tsx test/e2e/scenario-shots.ts FOLDER ticket-list/ready support-form …`. A tag alone stands for all of its
 * scenarios; without any, for those of every element that are not errors.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';

import { scenarios } from '../../src/testing/scenarios/table.js';
import { launchBrowser, startFileServer } from './support.js';

interface Look {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** What the stage's address says beside the scenario. */
  readonly query: string;
}

const wide = { width: 1024, height: 768 };
const looks: readonly Look[] = [
  { name: 'wide', options: { viewport: wide, colorScheme: 'light' }, query: '' },
  { name: 'dark', options: { viewport: wide, colorScheme: 'dark' }, query: '' },
  {
    name: 'narrow',
    options: { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    query: '',
  },
  { name: 'pl', options: { viewport: wide, colorScheme: 'light' }, query: '&language=pl' },
];

const [target, ...wanted] = process.argv.slice(2);
if (!target) throw new Error('Say into which folder: npx tsx test/e2e/scenario-shots.ts FOLDER [scenario or tag …]');
const folder = resolve(target);
mkdirSync(folder, { recursive: true });

const chosen = scenarios
  .map(({ id }) => id)
  .filter((id) =>
    wanted.length > 0 ? wanted.some((one) => id === one || id.startsWith(`${one}/`)) : !id.includes('/error-'),
  );
if (chosen.length === 0) throw new Error(`No scenario is called ${wanted.join(' or ')}`);

const files = await startFileServer();
const browser = await launchBrowser();
try {
  for (const { name, options, query } of looks) {
    const context = await browser.newContext({
      ...options,
      baseURL: files.origin,
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    for (const id of chosen) {
      await page.goto(`/qa-stage.html?scenario=${id}${query}`);
      const outcome = await page.evaluate(() => window.qaStage);
      if (!outcome?.reached) throw new Error(`${id}: ${outcome?.why}`);
      const file = join(folder, `${id.replace('/', '-')}-${name}.png`);
      await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
    }
    await context.close();
  }
} finally {
  await browser.close();
  await files.stop();
}
console.log(`${chosen.length * looks.length} pictures in ${folder}`);
