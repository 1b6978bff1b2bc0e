import { chromeLauncher } from '@web/test-runner-chrome';

import { findFirefox } from '../firefox.mjs';

/** Each test file has storage of its own. */
async function createPage({ browser }) {
  const own = await browser.createBrowserContext();
  return own.newPage();
}

/**
 * A Firefox as the distribution ships it, over WebDriver BiDi. One page at a time: behind another it would not have the
 * focus, and nothing can make it believe so.
 */
export function firefox() {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found: run `node .ci/bootstrap.mjs --firefox`.');
  const launcher = chromeLauncher({
    launchOptions: { browser: 'firefox', executablePath },
    createBrowserContext: ({ browser }) => browser.defaultBrowserContext(),
    createPage,
    concurrency: 1,
  });
  return Object.assign(launcher, { name: 'Firefox' });
}
