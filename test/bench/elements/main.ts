/**
 * `npm run bench:elements -- [--repeats=10] [--rows=25,1000,10000,100000] [--tickets=1000,10000,100000] [--only=loading,list,reads]`
 *
 * What the loader, the elements and a list cost a page, beside what cannot be beaten (a list written by hand, without a
 * library) and beside React 19, on the same machine in the same minutes. Variants are measured by turns and medians are
 * compared, so that a busy machine slows down all of them alike. Work is the time of the page's main thread, not of the clock.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { reportSizes } from '../../../.ci/size.mjs';
import { launch } from './browser.js';
import { bundle, gzipOf, variantNames } from './bundle.js';
import { atMost, type Figure, printFigures } from './figures.js';
import { benchEntry, measureList } from './list.js';
import { measureLoading } from './loading.js';
import { measureReads } from './reads.js';
import { aloneEntry, loadEntry, startSite } from './site.js';

const { values: options } = parseArgs({
  options: {
    repeats: { type: 'string', default: '10' },
    rows: { type: 'string', default: '25,1000,10000,100000' },
    tickets: { type: 'string', default: '1000,10000,100000' },
    only: { type: 'string' },
  },
});
const repeats = Number(options.repeats);
const numbers = (text: string) => text.split(',').filter(Boolean).map(Number);

/** B1, B3 and B4, as the budget counts them. */
function weigh(): Figure[] {
  const { sizes } = reportSizes();
  const assets = fileURLToPath(new URL('../../../dist/embed/assets/', import.meta.url));
  const evals = readdirSync(assets).filter(
    (name) => name.endsWith('.js') && /\bnew Function\b/.test(readFileSync(assets + name, 'utf8')),
  );
  return [
    atMost('B1 the loader, gzip', sizes.loader, 1000, ' B', 0),
    atMost('B3 all that loads at first sight, gzip', sizes.firstSight, 36_000, ' B', 0),
    atMost('B4 zod of it, gzip', sizes.zod, 10_000, ' B', 0),
    atMost('B4 files that make code of text', evals.length, 0, '', 0),
  ];
}

const made = {
  load: await bundle(loadEntry, ['by-hand', 'react']),
  alone: await bundle(aloneEntry, ['react']),
  list: await bundle(benchEntry(fileURLToPath(new URL('./variants/bench.ts', import.meta.url))), variantNames),
};
const site = await startSite(made);
const browser = await launch();
try {
  const figures = weigh();
  const react = gzipOf(made.load.get('react.js') ?? '');
  figures.push(atMost('B3 the same / a list with React', (figures[1]?.amount ?? Number.NaN) / react, 1));
  const parts = {
    loading: () => measureLoading(browser, site, repeats),
    list: () => measureList(browser, site, numbers(options.rows), repeats),
    reads: () => measureReads(numbers(options.tickets), repeats),
  };
  const only = options.only?.split(',');
  for (const [name, measure] of Object.entries(parts))
    if (only?.includes(name) ?? true) figures.push(...(await measure()));
  printFigures(figures);
} finally {
  await browser.close();
  await site.stop();
}
