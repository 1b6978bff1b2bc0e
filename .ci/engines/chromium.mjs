import { chromeLauncher } from '@web/test-runner-chrome';

import { launchOptions } from '../browser.mjs';

/** Each test file has storage of its own, and believes to be in front: behind others a page is given no frames. */
async function createPage({ context }) {
  const own = await context.browser().createBrowserContext();
  const page = await own.newPage();
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return page;
}

/** The browser of `npm test`. */
export const chromium = () =>
  Object.assign(chromeLauncher({ launchOptions: launchOptions(), createPage, concurrency: 2 }), { name: 'Chromium' });
