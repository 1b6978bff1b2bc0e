import { launchOptions } from '../browser.mjs';
import { FreshPages } from './fresh-pages.mjs';

/** It believes to be in front: behind others a page is given no frames. */
async function putInFront(page) {
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
}

/** The browser of `npm test`. */
export const chromium = () => new FreshPages('Chromium', launchOptions(), 2, putInFront);
