import { expect, inject, onTestFinished, test } from 'vitest';
import { replyThroughKills } from '../../support/killing.js';
import { addressOf } from '../../support/postgres.js';
import { seedDemo } from '../../support/seeded.js';
import { startServerProcess } from '../../support/server-process.js';

const KILLS = 20;
const postgres = inject('postgres');
if (!postgres) throw new Error('These tests run with --mode postgres.');

test(`no acknowledged reply is lost or doubled by ${KILLS} kills of the server`, { timeout: 300_000 }, async () => {
  const address = addressOf(postgres);
  await address.createDatabase('kill_server', postgres.template);
  const env = await seedDemo(address, 'kill_server');
  const start = () => startServerProcess('start', env);
  let server = await start();
  onTestFinished(async () => void (await server.end('SIGKILL')));
  const victim = {
    origin: () => server.origin,
    kill: () => server.end('SIGKILL'),
    revive: async () => {
      server = await start();
    },
  };
  const { before, after, acknowledged, cutShort } = await replyThroughKills(victim, KILLS);
  expect(cutShort).toBeGreaterThan(KILLS);
  expect(after.toSorted()).toEqual([...before, ...acknowledged].sort());
});
