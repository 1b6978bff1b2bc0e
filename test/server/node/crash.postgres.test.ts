import { expect, onTestFinished, test } from 'vitest';
import { replyThroughKills } from '../../support/killing.js';
import { startPostgres } from '../../support/postgres.js';
import { seedDemo } from '../../support/seeded.js';
import { startServerProcess } from '../../support/server-process.js';

const KILLS = 20;

test(`no acknowledged reply is lost or doubled by ${KILLS} kills of PostgreSQL`, { timeout: 300_000 }, async () => {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.stop());
  await cluster.createDatabase('kill_postgres');
  const server = await startServerProcess('start', await seedDemo(cluster, 'kill_postgres'));
  onTestFinished(async () => void (await server.end('SIGKILL')));
  const victim = {
    origin: () => server.origin,
    kill: () => cluster.kill(),
    revive: async () => {
      await cluster.restart();
      await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 30_000 }).toBe(200);
    },
  };
  const { before, after, acknowledged, cutShort } = await replyThroughKills(victim, KILLS);
  expect(cutShort).toBeGreaterThan(KILLS);
  expect(after.toSorted()).toEqual([...before, ...acknowledged].sort());
});
