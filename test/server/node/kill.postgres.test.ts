import { afterAll, expect, inject, test } from 'vitest';
import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../../src/server/node/database/postgres/open-postgres.js';
import { demoWorld } from '../../../src/world/demo-world.js';
import { type Killed, replyThroughKills } from '../../support/killing.js';
import { type PostgresAddress, addressOf, startPostgres } from '../../support/postgres.js';
import { seedWorlds } from '../../support/seeded.js';
import { startServerProcess } from '../../support/server-process.js';

const KILLS = 20;
const shared = inject('postgres');
if (!shared) throw new Error('These tests run with --mode postgres.');

const atEnd: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of atEnd.reverse()) await end();
});

/** A database with the demo world in it, and the settings of a server on it. */
async function prepare(address: PostgresAddress, name: string) {
  const urls = { url: address.appUrl(name), migrateUrl: address.ownerUrl(name) };
  const database = await openPostgres({ ...urls, migrations: readMigrations() });
  await seedWorlds(database, [demoWorld]);
  await database.close();
  return { DATABASE_URL: urls.url };
}

function expectNothingLost({ before, after, acknowledged, cutShort }: Killed): void {
  expect(cutShort).toBeGreaterThan(KILLS);
  expect(after.toSorted()).toEqual([...before, ...acknowledged].sort());
}

test(`no acknowledged reply is lost or doubled by ${KILLS} kills of the server`, { timeout: 300_000 }, async () => {
  const address = addressOf(shared);
  await address.createDatabase('kill_server', shared.template);
  const env = await prepare(address, 'kill_server');
  const start = () => startServerProcess('start', env);
  let server = await start();
  atEnd.push(() => server.end('SIGKILL'));
  const victim = {
    origin: () => server.origin,
    kill: () => server.end('SIGKILL'),
    revive: async () => {
      server = await start();
    },
  };
  expectNothingLost(await replyThroughKills(victim, KILLS));
});

test(`no acknowledged reply is lost or doubled by ${KILLS} kills of PostgreSQL`, { timeout: 300_000 }, async () => {
  const cluster = await startPostgres();
  atEnd.push(() => cluster.stop());
  await cluster.createDatabase('kill_postgres');
  const server = await startServerProcess('start', await prepare(cluster, 'kill_postgres'));
  atEnd.push(() => server.end('SIGKILL'));
  const victim = {
    origin: () => server.origin,
    kill: () => cluster.kill(),
    revive: async () => {
      await cluster.restart();
      await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 30_000 }).toBe(200);
    },
  };
  expectNothingLost(await replyThroughKills(victim, KILLS));
});
