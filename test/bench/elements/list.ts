import type { Browser } from 'playwright-core';

import { inTab, type Tab } from './browser.js';
import { type VariantName, variantNames } from './bundle.js';
import { atMost, type Figure, Samples } from './figures.js';
import { memoryOf } from './memory.js';
import type { Site } from './site.js';
import type { ListBench } from './variants/bench.js';

type Step = Exclude<keyof ListBench, 'nodes' | 'rows'>;
const steps: readonly Step[] = ['first', 'rest', 'update', 'prepend', 'append', 'same', 'scroll'];

/** With so many rows, a list that has all of them in the page takes its time: fewer repeats say enough. */
const many = 10_000;
const repeatsOfMany = 3;

/** Makes `bench` of a variant, in a page. */
export const benchEntry = (bench: string): string =>
  `import { startBench } from ${JSON.stringify(bench)};\nstartBench(variant).then((bench) => { globalThis.bench = bench; });`;

interface BenchPage {
  readonly bench: ListBench;
}

async function measure(browser: Browser, tab: Tab, site: Site, name: VariantName, count: number) {
  const { page, cpu } = tab;
  const found: Record<string, number> = {};
  // What comes after the rows waits until these are measured: it is measured for itself.
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/list-tools/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${site.origin}/list`);
  await page.addScriptTag({ url: `${site.origin}/made/list/${name}.js`, type: 'module' });
  await page.waitForFunction(() => (globalThis as unknown as Partial<BenchPage>).bench);
  const empty = await memoryOf(browser, tab);
  for (const step of steps) {
    if (step === 'rest') release?.();
    const before = await cpu();
    const result = await page.evaluate<unknown, { step: Step; count: number }>(
      ({ step, count }) => (globalThis as unknown as BenchPage).bench[step](count),
      { step, count },
    );
    found[step] = (await cpu()) - before;
    if (typeof result === 'number') found[`${step} count`] = result;
    if (step === 'rest') {
      found['memory'] = (await memoryOf(browser, tab)) - empty;
      found['nodes'] = await page.evaluate(() => (globalThis as unknown as BenchPage).bench.nodes());
    }
  }
  found['whole'] = (found['first'] ?? Number.NaN) + (found['rest'] ?? Number.NaN);
  return found;
}

/** @throws when the variants do not show the same rows, for then nothing is to be compared */
async function compare(browser: Browser, site: Site): Promise<void> {
  const shown = new Map<string, VariantName>();
  for (const name of variantNames) {
    const rows = await inTab(browser, {}, async ({ page }) => {
      await page.goto(`${site.origin}/list`);
      await page.addScriptTag({ url: `${site.origin}/made/list/${name}.js`, type: 'module' });
      await page.waitForFunction(() => (globalThis as unknown as Partial<BenchPage>).bench);
      return page.evaluate(async () => {
        const { bench } = globalThis as unknown as BenchPage;
        await bench.first(25);
        return bench.rows();
      });
    });
    shown.set(rows ?? 'nothing', name);
  }
  if (shown.size === 1) return;
  const differing = [...shown].map(([rows, name]) => `${name}:\n${rows.split('\n', 1)[0]}`);
  throw new Error(`The variants show different rows.\n${differing.join('\n')}`);
}

/** B8 to B11: what rows cost, from data in hand to painted. */
export async function measureList(
  browser: Browser,
  site: Site,
  counts: readonly number[],
  repeats: number,
): Promise<Figure[]> {
  await compare(browser, site);
  const samples = new Samples<VariantName>();
  for (let turn = 0; turn <= repeats; turn++) {
    for (const count of counts) {
      for (const name of variantNames) {
        // Beyond this only a list of ours is to hold.
        if (name !== 'ours' && (count > many || (count === many && turn > repeatsOfMany))) continue;
        const found = await inTab(browser, {}, (tab) => measure(browser, tab, site, name, count));
        // The first of each is cold.
        if (turn === 0) continue;
        for (const [key, value] of Object.entries(found ?? {})) samples.add(name, `${count} ${key}`, value);
      }
    }
  }
  const of = (name: VariantName, count: number, key: string) => samples.of(name, `${count} ${key}`);
  const [page = 25] = counts;
  const against = (key: string, other: VariantName, its = key) => of('ours', page, key) / of(other, page, its);
  return [
    atMost(`B8 first ${page} rows, CPU / by hand`, against('first', 'by-hand'), 1.3),
    atMost(`B8 first ${page} rows, CPU / React`, against('first', 'react'), 0.85),
    atMost('   ms by hand', of('by-hand', page, 'first'), Number.POSITIVE_INFINITY, ' ms', 1),
    atMost(
      '   with search, filters and numbers / by hand',
      against('whole', 'by-hand', 'first'),
      Number.POSITIVE_INFINITY,
    ),
    atMost('B11 records for one changed status', of('ours', page, 'update count'), 1, '', 0),
    atMost('B11 records for one new ticket', of('ours', page, 'prepend count'), 6, '', 0),
    atMost('B11 records when nothing has changed', of('ours', page, 'same count'), 0, '', 0),
    ...counts.slice(1).flatMap((count) => figuresOf(of, page, count)),
  ];
}

function figuresOf(
  of: (name: VariantName, count: number, key: string) => number,
  page: number,
  count: number,
): Figure[] {
  const rows = count.toLocaleString('en');
  const ours = (key: string) => of('ours', count, key);
  const grown = (key: string) => ours(key) / of('ours', page, key);
  const note = (name: string, value: number, unit = '', digits = 2) =>
    atMost(`   ${name}`, value, Number.POSITIVE_INFINITY, unit, digits);
  const isMost = count > many;
  return [
    isMost
      ? atMost(`B9 first of ${rows} rows, CPU`, ours('first'), 60, ' ms', 0)
      : atMost(`B9 first of ${rows} rows, CPU / ${page}`, grown('first'), 1.5),
    note('the same / by hand', ours('first') / of('by-hand', count, 'first')),
    note('the same / React', ours('first') / of('react', count, 'first')),
    atMost(`B9 one of ${rows} changed, CPU / ${page}`, grown('update'), 1.3),
    note('the same / by hand', ours('update') / of('by-hand', count, 'update')),
    atMost(`B9 nodes of ${rows} rows`, ours('nodes'), 300, '', 0),
    atMost(`B9 scrolling ${rows} rows, CPU a step`, ours('scroll') / ours('scroll count'), 4, ' ms', 1),
    atMost(`B9 memory of ${rows} rows`, ours('memory'), isMost ? 60 : Number.POSITIVE_INFINITY, ' MiB', 0),
    note('by hand', of('by-hand', count, 'memory'), ' MiB', 0),
    atMost(`B10 25 more after ${rows}, CPU / after ${page}`, grown('append'), 1.5),
  ];
}
