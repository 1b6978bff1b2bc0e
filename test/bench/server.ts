/**
 * `npm run bench:server -- [--tickets=100000,1000000] [--engines=postgres,pglite] [--rounds=3] [--seconds=2] [--keep]`
 *
 * How fast the server answers over worlds of different size, beside what cannot be beaten in the same minute on the same
 * machine: a trivial route of the same server, and the same statements without a server. Everything is measured by turns,
 * and the median of the rounds counts. `--keep` leaves the worlds in `.cache/bench` for the next time.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/postgres.js';
import { type Exchanges, recordSql, runBareSql } from './bare-sql.js';
import { type BurstResult, type Request, startLoad } from './load.js';
import { median, print, verdict } from './table.js';
import { type Target, pgliteTarget, postgresTarget } from './targets.js';
import type { BenchViewer } from './world.js';

const { values: options } = parseArgs({
  options: {
    tickets: { type: 'string', default: '100000' },
    engines: { type: 'string', default: 'postgres,pglite' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const sizes = options.tickets.split(',').map(Number);
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
const root = fileURLToPath(new URL('../..', import.meta.url));
const keep = options.keep ? `${root}.cache/bench` : null;
/** At once, for the rate. Latency is that of one who asks alone. */
const connections = 8;
/** PGlite is for small installations. */
const mostForPglite = 100_000;

/** Different requests of a kind, so that not always the same rows are asked for. */
const variants = 8;

const requestsOf = ({ world }: Target): Record<string, readonly Request[]> => {
  const ask = (viewer: BenchViewer, path: string, body?: unknown): Request => ({
    path: `/${world.slug}/api/v1${path}`,
    headers: {
      cookie: `__Host-portal_s_${world.slug}=${world.viewers[viewer].token}`,
      'x-portal-client': 'portico-bench/1',
      'sec-fetch-site': 'same-origin',
    },
    ...(body === undefined ? {} : { body }),
  });
  const each = (viewer: BenchViewer, make: (ticket: string) => Request) =>
    world.viewers[viewer].tickets.slice(0, variants).map(({ publicId }) => make(publicId));
  const { common, medium, rare } = world.words;
  return {
    'list, own tickets': [ask('own', '/tickets')],
    'list, company': [ask('company', '/tickets')],
    'list, largest company': [ask('largest', '/tickets')],
    thread: each('own', (ticket) => ask('own', `/tickets/${ticket}/messages`)),
    'search, company': [ask('company', `/tickets?q=${medium}`)],
    'search, largest, rare': [ask('largest', `/tickets?q=${rare}`)],
    'search, largest, medium': [ask('largest', `/tickets?q=${medium}`)],
    'search, largest, common': [ask('largest', `/tickets?q=${common}`)],
    'counts, company': [ask('company', '/counts')],
    'counts, largest company': [ask('largest', '/counts')],
    reply: each('own', (ticket) => ask('own', `/tickets/${ticket}/messages`, { body: 'Thank you, that was it.' })),
  };
};

interface Round {
  readonly alone: BurstResult;
  readonly together: BurstResult;
  readonly trivial: number;
  readonly sql: number | null;
}

/** Of the rate that HTTP and SQL could have if they shared the machine without loss. */
const goals: readonly [RegExp, number][] = [
  [/^list/, 0.6],
  [/^thread/, 0.65],
];
const growthGoal = 1.3;

async function measure(targets: readonly Target[]): Promise<Map<Target, Map<string, Round[]>>> {
  const load = startLoad();
  const results = new Map(targets.map((target) => [target, new Map<string, Round[]>()]));
  const recorded = new Map<Target, Map<string, readonly Exchanges[]>>();
  for (const target of targets) {
    const scripts = new Map<string, readonly Exchanges[]>();
    for (const [name, requests] of Object.entries(requestsOf(target))) {
      if (target.appUrl) scripts.set(name, await recordSql(target.appUrl, requests));
    }
    recorded.set(target, scripts);
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(requestsOf(targets[0] as Target))) {
      for (const target of targets) {
        const burst = (requests: readonly Request[], at: number, share = 1) =>
          load.run({ port: target.port, requests, connections: at, milliseconds: share * seconds * 1000 });
        const requests = requestsOf(target)[name] as readonly Request[];
        const trivial = await burst([{ path: '/healthz', headers: {} }], connections, 0.5);
        // Caches and plans settle first.
        if (round === 0) await burst(requests, connections, 0.5);
        const alone = await burst(requests, 1, 0.5);
        const together = await burst(requests, connections);
        const script = recorded.get(target)?.get(name);
        const sql = script && target.appUrl ? runBareSql(target.appUrl, script, connections, seconds) : null;
        const rows = results.get(target)?.get(name) ?? [];
        rows.push({ alone, together, trivial: trivial.rate, sql });
        results.get(target)?.set(name, rows);
      }
    }
    console.log(`Round ${round + 1} of ${rounds}.`);
  }
  load.stop();
  return results;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

function report(results: Map<Target, Map<string, Round[]>>): void {
  for (const [target, byName] of results) {
    const { own, company, largest } = target.world.viewers;
    console.log(`\n${target.name}; the viewers see ${own.visible}, ${company.visible} and ${largest.visible} of them`);
    const rows = [...byName].map(([name, all]) => {
      const of = (pick: (round: Round) => number) => median(all.map(pick));
      const rate = of(({ together }) => together.rate);
      const failed = all.reduce((sum, round) => sum + round.together.failed + round.alone.failed, 0);
      const ofCeiling = of((round) => (round.sql ? round.together.rate * (1 / round.trivial + 1 / round.sql) : NaN));
      const goal = goals.find(([pattern]) => pattern.test(name))?.[1];
      return [
        failed > 0 ? `${name} (${failed} FAILED)` : name,
        of(({ alone }) => alone.p50).toFixed(2),
        of(({ alone }) => alone.p99).toFixed(2),
        of(({ together }) => together.p50).toFixed(1),
        of(({ together }) => together.p99).toFixed(1),
        rate.toFixed(0),
        percent(of((round) => round.together.rate / round.trivial)),
        target.appUrl ? of((round) => round.sql ?? NaN).toFixed(0) : '–',
        target.appUrl ? percent(of((round) => round.together.rate / (round.sql ?? NaN))) : '–',
        target.appUrl ? percent(ofCeiling) : '–',
        target.appUrl && goal ? `≥ ${percent(goal)}: ${verdict(ofCeiling >= goal)}` : '',
      ];
    });
    const at = `at ${connections}`;
    print([
      [
        '',
        'p50 ms',
        'p99 ms',
        `p50 ${at}`,
        `p99 ${at}`,
        'req/s',
        'of trivial',
        'SQL/s',
        'of SQL',
        'of ceiling',
        'goal',
      ],
      ...rows,
    ]);
  }
  const ofPostgres = [...results].filter(([{ appUrl }]) => appUrl);
  const [first, last] = [ofPostgres[0], ofPostgres.at(-1)];
  if (!first || !last || first === last) return;
  console.log(`\nLatency, ${last[0].name}, as a multiple of ${first[0].name} (round by round, median)`);
  print(
    [...first[1]].map(([name, rounds]) => {
      const ratio = (pick: (round: Round) => number) =>
        median(rounds.map((round, at) => pick(last[1].get(name)?.[at] as Round) / pick(round)));
      const p50 = ratio(({ alone }) => alone.p50);
      return [
        name,
        `p50 ${p50.toFixed(2)}`,
        `p99 ${ratio(({ alone }) => alone.p99).toFixed(2)}`,
        `≤ ${growthGoal}: ${verdict(p50 <= growthGoal)}`,
      ];
    }),
  );
}

if (spawnSync(process.execPath, [`${root}.ci/build.mjs`], { stdio: 'inherit' }).status !== 0) process.exit(1);
if (keep) mkdirSync(keep, { recursive: true });
const engines = options.engines.split(',');
const cluster = engines.includes('postgres')
  ? await startPostgres(
      { shared_buffers: '2GB', max_wal_size: '16GB', checkpoint_timeout: '30min' },
      keep && `${keep}/postgres`,
    )
  : null;
const targets: Target[] = [];
try {
  for (const size of sizes) {
    if (cluster) targets.push(await postgresTarget(cluster, size));
    if (engines.includes('pglite') && size <= mostForPglite) targets.push(await pgliteTarget(size, keep));
  }
  report(await measure(targets));
} finally {
  for (const target of targets) await target.stop();
  await cluster?.stop();
}
