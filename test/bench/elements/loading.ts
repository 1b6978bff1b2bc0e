import type { Browser } from 'playwright-core';

import { inTab, type Tab } from './browser.js';
import { atMost, type Figure, Samples } from './figures.js';
import type { PageName, Site } from './site.js';
import { blocked, sum, tasksOf } from './tasks.js';

/** What a page notes of itself. Runs in it before anything else. */
function watch(): void {
  const noted = { shown: 0, shift: 0, paint: 0 };
  Object.assign(globalThis, { noted });
  const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('layout-shift', (entry) => (noted.shift += (entry as PerformanceEntry & { value: number }).value));
  observe('largest-contentful-paint', ({ startTime }) => (noted.paint = startTime));
  const look = () => {
    const host = document.querySelector('ticket-list, #list');
    if ((host?.shadowRoot?.querySelectorAll('[part~=subject]').length ?? 0) >= 25) noted.shown = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const lists: readonly PageName[] = ['by-hand', 'react', 'ours'];
const libraries: readonly PageName[] = ['elements', 'react-alone'];

type Noted = { shown: number; shift: number; paint: number };

const read = ({ page }: Tab) => page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);

/** What a list is made of, wherever it comes from: when all of it has come, the list can be shown. */
const ingredients = /\/(tickets\?|assets\/portico-|made\/load\/)/;

/** Opens an article and waits until its list, if any, is shown. Counts what was asked for until it could be. */
async function open(tab: Tab, site: Site, name: PageName): Promise<{ requests: number; bytes: number }> {
  const { page, cdp } = tab;
  const asked = new Map<string, { readonly url: string; readonly at: number }>();
  const come: { readonly id: string; readonly at: number; readonly bytes: number }[] = [];
  cdp.on('Network.requestWillBeSent', ({ requestId, request: { url }, timestamp: at }) => {
    if (!url.endsWith('favicon.ico')) asked.set(requestId, { url, at });
  });
  cdp.on('Network.loadingFinished', ({ requestId: id, timestamp: at, encodedDataLength: bytes }) =>
    come.push({ id, at, bytes }),
  );
  await cdp.send('Network.enable');
  // What runs this file names functions by a helper of its own, which is not in the page.
  await page.addInitScript('globalThis.__name = (made) => made');
  await page.addInitScript(watch);
  await page.goto(`${site.origin}/article?with=${name}`, { waitUntil: 'load' });
  if (lists.includes(name))
    await page.waitForFunction(() => (globalThis as unknown as { noted: Noted }).noted.shown > 0);
  if (libraries.includes(name)) await page.waitForFunction(() => document.title === 'ready');
  const whole = Math.max(...come.filter(({ id }) => ingredients.test(asked.get(id)?.url ?? '')).map(({ at }) => at));
  const end = lists.includes(name) ? whole : Number.POSITIVE_INFINITY;
  return {
    requests: [...asked.values()].filter(({ at }) => at < end).length,
    bytes: come.filter(({ at }) => at <= end).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** B2, B5, B6, B7 and B12. */
export async function measureLoading(browser: Browser, site: Site, repeats: number): Promise<Figure[]> {
  const samples = new Samples<PageName>();
  for (let turn = 0; turn <= repeats; turn++) {
    // The first of each is cold.
    const keep = turn === 0 ? new Samples<PageName>() : samples;
    const take = async (
      name: PageName,
      kind: string,
      options: object,
      run: (tab: Tab) => Promise<Record<string, number>>,
    ) => {
      const found = await inTab(browser, options, run);
      for (const [key, value] of Object.entries(found ?? {})) keep.add(name, `${kind} ${key}`, value);
    };
    for (const name of ['nothing', 'empty', 'loader', ...libraries, ...lists] as const)
      await take(name, 'idle', {}, (tab) => measureIdle(tab, site, name));
    for (const name of lists) await take(name, 'slow', { slow: true }, (tab) => measureShown(tab, site, name));
    await take('ours', 'returning', { slow: true }, async (tab) => {
      await tab.page.addInitScript((key) => localStorage.setItem(key, '1'), `portico:${site.origin}/help`);
      return measureShown(tab, site, 'ours');
    });
    for (const name of ['nothing', ...lists] as const)
      await take(name, 'traced', { slow: true }, (tab) => measureTasks(tab, site, name));
    for (const name of ['nothing', 'ours'] as const)
      await take(name, 'weak', { slow: true, cpuRate: 4 }, (tab) => measureLooks(tab, site, name));
  }
  return figuresOf(samples);
}

async function measureIdle(tab: Tab, site: Site, name: PageName) {
  const { requests } = await open(tab, site, name);
  await tab.page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  return { cpu: await tab.cpu(), requests };
}

async function measureShown(tab: Tab, site: Site, name: PageName) {
  const seen = await open(tab, site, name);
  return { ...seen, shown: (await read(tab)).shown };
}

/** What keeps the main thread of a weak phone busy while a list comes, and when somebody first touches it. */
async function measureTasks(tab: Tab, site: Site, name: PageName) {
  const { page } = tab;
  const quiet = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done))));
  const loading = await tasksOf(page, async () => {
    await open(tab, site, name);
    // What comes after the rows belongs to it.
    if (name === 'ours') await page.locator('[part=count]:not(:empty)').first().waitFor();
    await quiet();
  });
  if (name !== 'ours') return { blocked: blocked(loading) };
  const button = page.locator('[part~=toggle-filter]');
  await button.hover();
  await quiet();
  const click = await tasksOf(page, async () => {
    await page.mouse.down();
    await page.mouse.up();
    await page.locator('[part=panel]').waitFor();
    await quiet();
  });
  return { blocked: blocked(loading), longest: Math.max(...loading), click: sum(click) };
}

async function measureLooks(tab: Tab, site: Site, name: PageName) {
  await open(tab, site, name);
  await tab.page.waitForFunction(() => (globalThis as unknown as { noted: Noted }).noted.paint > 0);
  if (name === 'ours') await tab.page.locator('[part=count]:not(:empty)').first().waitFor();
  return { ...(await read(tab)) };
}

function figuresOf(samples: Samples<PageName>): Figure[] {
  const ratio = (one: PageName, other: PageName, key: string, against = key) =>
    samples.of(one, key) / samples.of(other, against);
  const more = (one: PageName, key: string) => samples.of(one, key) - samples.of('nothing', key);
  const note = (name: string, value: number, unit = '', digits = 2) =>
    atMost(`   ${name}`, value, Number.POSITIVE_INFINITY, unit, digits);
  return [
    atMost('B2 page with the loader alone, CPU / without', ratio('loader', 'nothing', 'idle cpu'), 1.1),
    note('the same / a script that does nothing', ratio('loader', 'empty', 'idle cpu')),
    atMost('B2 further requests of it', more('loader', 'idle requests') - 1, 0, '', 0),
    atMost('B5 all elements evaluated, CPU', more('elements', 'idle cpu'), 10, ' ms', 1),
    note('the same / React evaluated', more('elements', 'idle cpu') / more('react-alone', 'idle cpu')),
    atMost('B6 list on Slow 4G, first visit / by hand', ratio('ours', 'by-hand', 'slow shown'), 1.02),
    atMost('B6 the same, signed in on the last page', ratio('ours', 'by-hand', 'returning shown', 'slow shown'), 1.02),
    atMost('B6 the same / React', ratio('ours', 'react', 'returning shown', 'slow shown'), 0.6),
    note('ms, signed in on the last page', samples.of('ours', 'returning shown'), '', 0),
    atMost(
      'B7 requests until the list is shown, after the page',
      samples.of('ours', 'returning requests') - 1,
      4,
      '',
      0,
    ),
    note('kB of them', samples.of('ours', 'returning bytes') / 1000, '', 1),
    note('whole page, CPU / by hand', ratio('ours', 'by-hand', 'idle cpu')),
    note('whole page, CPU / React', ratio('ours', 'react', 'idle cpu')),
    atMost('B12 layout shift, Slow 4G and a CPU of a fourth', samples.of('ours', 'weak shift'), 0, '', 3),
    atMost('B12 largest paint of the article / without us', ratio('ours', 'nothing', 'weak paint'), 1.02),
    atMost('B12 blocked with a CPU of a fourth, more than without us', more('ours', 'traced blocked'), 50, ' ms', 0),
    note('the longest task', samples.of('ours', 'traced longest'), ' ms', 0),
    note('blocked / by hand', more('ours', 'traced blocked') / more('by-hand', 'traced blocked')),
    note('blocked / React', more('ours', 'traced blocked') / more('react', 'traced blocked')),
    atMost('B12 work of the first click, with a CPU of a fourth', samples.of('ours', 'traced click'), 50, ' ms', 0),
  ];
}
