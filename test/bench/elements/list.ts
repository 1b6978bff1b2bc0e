import type { Browser } from 'playwright-core';

import { inTab, type Tab } from './browser.js';
import type { VariantName } from './bundle.js';
import { atMost, type Figure, Samples } from './figures.js';
import type { Site } from './site.js';
import type { ListBench } from './variants/bench.js';

type Step = Exclude<keyof ListBench, 'nodes'>;
const steps: readonly Step[] = ['first', 'update', 'prepend', 'append', 'same', 'scroll'];

/** Makes `bench` of a variant, in a page. */
export const benchEntry = (bench: string): string =>
  `import { startBench } from ${JSON.stringify(bench)};\nglobalThis.starting = startBench(variant).then((bench) => { globalThis.bench = bench; });`;

interface BenchPage {
  readonly starting: Promise<void>;
  readonly bench: ListBench;
}

async function measure({ page, cpu }: Tab, site: Site, name: string, code: string, count: number) {
  await page.goto(`${site.origin}/list?${name}`);
  await page.addScriptTag({ content: code, type: 'module' });
  await page.waitForFunction(() => (globalThis as unknown as Partial<BenchPage>).bench);
  const found: Record<string, number> = {};
  for (const step of steps) {
    const before = await cpu();
    const result = await page.evaluate<unknown, { step: Step; count: number }>(
      ({ step, count }) => (globalThis as unknown as BenchPage).bench[step](count),
      { step, count },
    );
    found[step] = (await cpu()) - before;
    if (typeof result === 'number') found[`${step} count`] = result;
    if (step === 'first') {
      found['nodes'] = await page.evaluate(() => (globalThis as unknown as BenchPage).bench.nodes());
    }
  }
  return found;
}

/** B8 to B11: what rows cost, from data in hand to painted. */
export async function measureList(
  browser: Browser,
  site: Site,
  bundles: ReadonlyMap<VariantName, string>,
  counts: readonly number[],
  repeats: number,
): Promise<Figure[]> {
  const samples = new Samples<VariantName>();
  for (let turn = 0; turn < repeats; turn++) {
    for (const count of counts) {
      for (const [name, code] of bundles) {
        // Beyond this only a list of ours is to hold.
        if (count > 10_000 && name !== 'ours') continue;
        const found = await inTab(browser, {}, (tab) => measure(tab, site, name, code, count));
        for (const [key, value] of Object.entries(found ?? {})) samples.add(name, `${count} ${key}`, value);
      }
    }
  }
  const of = (name: VariantName, count: number, key: string) => samples.of(name, `${count} ${key}`);
  const page = counts[0] as number;
  const figures = [
    atMost(`B8 first ${page} rows, CPU / by hand`, of('ours', page, 'first') / of('by-hand', page, 'first'), 1.3),
    atMost(`B8 first ${page} rows, CPU / React`, of('ours', page, 'first') / of('react', page, 'first'), 0.85),
    atMost('B11 records for one changed status', of('ours', page, 'update count'), 1, '', 0),
    atMost('B11 records for one new ticket', of('ours', page, 'prepend count'), 6, '', 0),
    atMost('B11 records when nothing has changed', of('ours', page, 'same count'), 0, '', 0),
  ];
  for (const count of counts.slice(1)) {
    const rows = count.toLocaleString('en');
    const grown = (key: string) => of('ours', count, key) / of('ours', page, key);
    figures.push(
      atMost(`B9 first ${rows} rows, CPU / ${page}`, grown('first'), 1.5),
      atMost(
        `   the same / by hand`,
        of('ours', count, 'first') / of('by-hand', count, 'first'),
        Number.POSITIVE_INFINITY,
      ),
      atMost(`B9 one of ${rows} changed, CPU / ${page}`, grown('update'), 1.3),
      atMost(`B9 nodes of ${rows} rows`, of('ours', count, 'nodes'), 300, '', 0),
      atMost(
        `B9 scrolling ${rows} rows, CPU a step`,
        of('ours', count, 'scroll') / of('ours', count, 'scroll count'),
        4,
        ' ms',
        1,
      ),
      atMost(`B10 25 more after ${rows}, CPU / after ${page}`, grown('append'), 1.5),
    );
  }
  return figures;
}
