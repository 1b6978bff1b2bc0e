import { type Request, startLoad } from '../load.js';
import { pgliteTarget } from '../targets.js';
import { atMost, type Figure } from './figures.js';

/**
 * B9 on the side of the server: how long the first page of a list takes behind the real one, whatever is behind it.
 *
 * @param sizes tickets in each world, 1,000 or more: in a smaller one nobody has a whole page
 */
export async function measureReads(sizes: readonly number[], repeats: number): Promise<Figure[]> {
  const load = startLoad();
  const targets = [];
  try {
    // Making a world takes a minute and all of the machine: nothing is measured before all of them are there.
    for (const size of sizes) targets.push({ size, target: await pgliteTarget(size, null), times: [] as number[] });
    for (let turn = 0; turn <= repeats; turn++) {
      for (const { target, times } of targets) {
        const { slug, viewers } = target.world;
        const request: Request = {
          path: `/${slug}/api/v1/tickets?state=all&limit=25`,
          headers: {
            cookie: `__Host-portal_s_${slug}=${viewers.largest.token}`,
            'x-portal-client': 'portico-bench/1',
            'sec-fetch-site': 'same-origin',
          },
        };
        const { p50, failed } = await load.run({
          port: target.port,
          requests: [request],
          connections: 1,
          milliseconds: 500,
        });
        if (failed) throw new Error(`${failed} requests failed over ${target.name}.`);
        if (turn > 0) times.push(p50);
      }
    }
    const medianOf = (times: readonly number[]) =>
      times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
    const [first, ...others] = targets.map(({ size, times }) => ({ size, time: medianOf(times) }));
    return others.map(({ size, time }) =>
      atMost(
        `B9 first page from the server, ${size.toLocaleString('en')} tickets / ${first?.size}`,
        time / (first?.time ?? Number.NaN),
        1.5,
      ),
    );
  } finally {
    load.stop();
    for (const { target } of targets) await target.stop();
  }
}
