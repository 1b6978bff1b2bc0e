/**
 * `npm run bench:thread -- [--repeats=7] [--messages=500] [--cycles=500]`
 *
 * What a thread of HTML mails costs with the browser's sanitiser, beside the same thread without it, on the same machine in the
 * same minutes, by turns; and what is left of threads that were put into a page and taken out again. Work is the time of the
 * page's main thread, not of the clock.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import type { CDPSession } from 'playwright-core';

import { createSanitise } from '../../../src/server/node/sanitise.js';
import { listenOnLoopback } from '../../support/loopback.js';
import { inTab, launch, type Tab } from '../elements/browser.js';
import { atMost, printFigures, Samples } from '../elements/figures.js';
import { bundle, type VariantName, variantNames } from './bundle.js';
import { mailOf } from './mails.js';

const { values: options } = parseArgs({
  options: {
    repeats: { type: 'string', default: '7' },
    messages: { type: 'string', default: '500' },
    cycles: { type: 'string', default: '500' },
  },
});
const [repeats, messages, cycles] = [options.repeats, options.messages, options.cycles].map(Number) as [
  number,
  number,
  number,
];

/** Threads before anything is counted. */
const warmUp = 50;
/** Milliseconds for all threads that come and go. */
const patience = 600_000;

// What a browser has to read is what the server has left of a mail, and keeps.
if (createSanitise()(mailOf(7)) !== mailOf(7)) throw new Error('mails are not as the server hands them out');

const files = await bundle();
const server = createServer(({ url = '/' }, response) => {
  const name = url.slice(1);
  const script = files.get(name);
  if (script) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
  if (!variantNames.includes(name as VariantName)) return response.writeHead(204).end();
  const page = `<!doctype html><html lang="en"><title>Thread</title><script type="module" src="/${name}.js"></script>`;
  return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
});
const { origin, stop } = await listenOnLoopback(server);
const browser = await launch();
/** It compiles nothing: what an engine compiles in its first minutes lies in the same heap as what is kept. */
const plain = await launch('--jitless');

/** Opens a variant's page, with all its code. */
async function open({ page }: Tab, name: VariantName): Promise<void> {
  await page.goto(`${origin}/${name}`);
  await page.waitForFunction(() => 'prepareThread' in globalThis);
  await page.evaluate(() => prepareThread());
}

/** What a page holds, after what nobody needs is gone. */
async function heldIn(cdp: CDPSession): Promise<Readonly<Record<string, number>>> {
  for (let turn = 0; turn < 3; turn++) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

try {
  const samples = new Samples<VariantName>();
  for (let turn = 0; turn < repeats; turn++) {
    for (const name of variantNames) {
      const work = await inTab(browser, {}, async (tab) => {
        await open(tab, name);
        const before = await tab.cpu();
        const shown = await tab.page.evaluate((count) => showThread(count), messages);
        if (shown !== messages) throw new Error(`${shown} of ${messages} were shown as HTML`);
        return (await tab.cpu()) - before;
      });
      samples.add(name, 'work', work);
    }
  }
  const [sanitised, trusting] = variantNames.map((name) => samples.of(name, 'work')) as [number, number];
  const figures = [
    atMost(`${messages} HTML messages, sanitised`, sanitised, Number.POSITIVE_INFINITY, ' ms', 0),
    atMost('the same without the sanitiser', trusting, Number.POSITIVE_INFINITY, ' ms', 0),
    atMost('sanitised / without', sanitised / trusting, 1.5),
  ];

  const left = await inTab(plain, { patience }, async (tab) => {
    await tab.page.addInitScript(() => {
      const { setTimeout: begin, clearTimeout: end } = globalThis;
      const open = new Set<number>();
      Object.assign(globalThis, {
        openTimers: open,
        setTimeout(run: (...args: unknown[]) => void, ...rest: number[]) {
          const id = Number(
            begin(
              (...args: unknown[]) => {
                open.delete(id);
                run(...args);
              },
              ...rest,
            ),
          );
          open.add(id);
          return id;
        },
        clearTimeout(id: number) {
          open.delete(id);
          end(id);
        },
      });
    });
    await open(tab, 'sanitised');
    // In parts: one call of minutes would be given up.
    const run = async (count: number) => {
      for (let done = 0; done < count; done += 50) await tab.page.evaluate(() => cycle(50));
    };
    await run(warmUp);
    const timers = () =>
      tab.page.evaluate(() => (globalThis as unknown as { openTimers: Set<number> }).openTimers.size);
    const [before, timersBefore] = [await heldIn(tab.cdp), await timers()];
    await run(cycles);
    const [after, timersAfter] = [await heldIn(tab.cdp), await timers()];
    const grown = (name: string) => (after[name] ?? Number.NaN) - (before[name] ?? Number.NaN);
    return [
      atMost(`nodes left by ${cycles} threads put in and taken out`, grown('Nodes'), 0, '', 0),
      atMost('listeners left', grown('JSEventListeners'), 0, '', 0),
      atMost('timers left', timersAfter - timersBefore, 0, '', 0),
      atMost(
        'growth of the heap',
        (100 * grown('JSHeapUsedSize')) / (before['JSHeapUsedSize'] ?? Number.NaN),
        5,
        ' %',
        1,
      ),
    ];
  });
  if (!left) throw new Error('threads that come and go took too long');
  figures.push(...left);
  printFigures(figures);
} finally {
  await Promise.all([browser.close(), plain.close()]);
  await stop();
}
