import type { Browser } from 'playwright-core';

import { inTab, type Tab } from './browser.js';
import { atMost, type Figure, Samples } from './figures.js';
import type { PageName, Site } from './site.js';

/** What a page notes of itself. Runs in it before anything else. */
function watch(): void {
  const noted = { shown: 0, shift: 0, blocked: 0, paint: 0, slowest: 0 };
  Object.assign(globalThis, { noted });
  const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
      ...(type === 'event' && { durationThreshold: 16 }),
    } as PerformanceObserverInit);
  observe('layout-shift', (entry) => (noted.shift += (entry as PerformanceEntry & { value: number }).value));
  observe('longtask', ({ duration }) => (noted.blocked += Math.max(0, duration - 50)));
  observe('largest-contentful-paint', ({ startTime }) => (noted.paint = startTime));
  observe('event', ({ duration }) => (noted.slowest = Math.max(noted.slowest, duration)));
  const look = () => {
    const host = document.querySelector('ticket-list, #list');
    if ((host?.shadowRoot?.querySelectorAll('[part~=subject]').length ?? 0) >= 25) noted.shown = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

type Noted = { shown: number; shift: number; blocked: number; paint: number; slowest: number };

const read = ({ page }: Tab) => page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);

/** Opens an article and waits until its list, if any, is shown. */
async function open(tab: Tab, site: Site, name: PageName): Promise<{ requests: number; bytes: number }> {
  const { page, cdp } = tab;
  const seen = { requests: 0, bytes: 0 };
  await cdp.send('Network.enable');
  let isShown = false;
  cdp.on('Network.requestWillBeSent', ({ request }) => {
    if (!isShown && !request.url.endsWith('favicon.ico')) seen.requests += 1;
  });
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    if (!isShown) seen.bytes += encodedDataLength;
  });
  // What runs this file names functions by a helper of its own, which is not in the page.
  await page.addInitScript('globalThis.__name = (made) => made');
  await page.addInitScript(watch);
  await page.goto(`${site.origin}/article?with=${name}`, { waitUntil: 'load' });
  if (name !== 'nothing' && name !== 'loader') {
    await page.waitForFunction(() => (globalThis as unknown as { noted: Noted }).noted.shown > 0);
  }
  isShown = true;
  return seen;
}

/** B2, B6, B7 and B12. */
export async function measureLoading(
  browser: Browser,
  site: Site,
  repeats: number,
  hasReact: boolean,
): Promise<Figure[]> {
  const samples = new Samples<PageName>();
  const lists: PageName[] = hasReact ? ['by-hand', 'ours', 'react'] : ['by-hand', 'ours'];
  const take = (name: PageName, kind: string, options: object, run: (tab: Tab) => Promise<Record<string, number>>) =>
    inTab(browser, options, run).then((found) => {
      for (const [key, value] of Object.entries(found ?? {})) samples.add(name, `${kind} ${key}`, value);
    });

  for (let turn = 0; turn <= repeats; turn++) {
    // The first of each is cold.
    const kind = turn === 0 ? 'cold' : 'idle';
    for (const name of ['nothing', 'loader'] as const) {
      await take(name, kind, {}, async (tab) => {
        const { requests } = await open(tab, site, name);
        await tab.page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
        return { cpu: await tab.cpu(), requests };
      });
    }
    for (const name of lists) {
      await take(name, kind, {}, async (tab) => {
        await open(tab, site, name);
        return { cpu: await tab.cpu() };
      });
      await take(name, turn === 0 ? 'cold' : 'slow', { slow: true }, async (tab) => {
        const seen = await open(tab, site, name);
        return { ...seen, shown: (await read(tab)).shown };
      });
    }
    await take('ours', turn === 0 ? 'cold' : 'returning', { slow: true }, async (tab) => {
      await tab.page.addInitScript((key) => localStorage.setItem(key, '1'), `portico:${site.origin}/help`);
      const seen = await open(tab, site, 'ours');
      return { ...seen, shown: (await read(tab)).shown };
    });
    for (const name of ['nothing', 'ours'] as const) {
      await take(name, turn === 0 ? 'cold' : 'weak', { slow: true, cpuRate: 4 }, async (tab) => {
        await open(tab, site, name);
        if (name === 'ours') await tab.page.locator('[part~=filter-button], button').first().click();
        await tab.page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
        return { ...(await read(tab)) };
      });
    }
  }

  const ratio = (one: PageName, other: PageName, key: string, against = key) =>
    samples.of(one, key) / samples.of(other, against);
  return [
    atMost('B2 page with the loader alone, CPU / without', ratio('loader', 'nothing', 'idle cpu'), 1.1),
    atMost(
      'B2 further requests of it',
      samples.of('loader', 'idle requests') - samples.of('nothing', 'idle requests') - 1,
      0,
      '',
      0,
    ),
    atMost('B6 list on Slow 4G, first visit / by hand', ratio('ours', 'by-hand', 'slow shown'), 1.02),
    atMost('B6 the same, signed in on the last page', ratio('ours', 'by-hand', 'returning shown', 'slow shown'), 1.02),
    atMost('B6 the same / React', ratio('ours', 'react', 'returning shown', 'slow shown'), 0.6),
    atMost('B6 ms, signed in on the last page', samples.of('ours', 'returning shown'), Number.POSITIVE_INFINITY, '', 0),
    atMost('B7 requests until the list is shown, with the page', samples.of('ours', 'returning requests'), 5, '', 0),
    atMost('   kB of them', samples.of('ours', 'returning bytes') / 1000, Number.POSITIVE_INFINITY, '', 1),
    atMost('   whole page, CPU / by hand', ratio('ours', 'by-hand', 'idle cpu'), 1.4),
    atMost('   whole page, CPU / React', ratio('ours', 'react', 'idle cpu'), 0.85),
    atMost('B12 layout shift, Slow 4G and a CPU of a fourth', samples.of('ours', 'weak shift'), 0, '', 3),
    atMost('B12 largest paint of the article / without us', ratio('ours', 'nothing', 'weak paint'), 1.02),
    atMost(
      'B12 blocked, more than without us',
      samples.of('ours', 'weak blocked') - samples.of('nothing', 'weak blocked'),
      50,
      ' ms',
      0,
    ),
    atMost('B12 first click', samples.of('ours', 'weak slowest'), 50, ' ms', 0),
  ];
}
