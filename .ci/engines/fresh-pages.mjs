import { ChromeLauncher } from '@web/test-runner-chrome';

/**
 * Each test file has a page of its own, with storage, a history and the focus of its own. The runner would go on in the page
 * of the file before, and what that has left there would be found by the next.
 */
export class FreshPages extends ChromeLauncher {
  /**
   * @param name of the engine
   * @param launchOptions of puppeteer
   * @param concurrency how many pages are open at once
   * @param prepare something with a page before it is used
   */
  constructor(name, launchOptions, concurrency, prepare = async () => {}) {
    const createPage = async ({ browser }) => {
      const page = await (await browser.createBrowserContext()).newPage();
      await prepare(page);
      return page;
    };
    super(launchOptions, ({ browser }) => browser.defaultBrowserContext(), createPage, undefined, concurrency);
    this.name = name;
  }

  async stopSession(id) {
    const page = this.getPage(id);
    const result = await super.stopSession(id);
    this.inactivePages = this.inactivePages.filter(({ puppeteerPage }) => puppeteerPage !== page);
    await page.browserContext().close();
    return result;
  }
}
