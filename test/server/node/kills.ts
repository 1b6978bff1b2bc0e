import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/folder.js';
import { type Victim, replyThroughKills } from '../../support/killing.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';
import { type PostgresAddress, startPostgres } from '../../support/postgres.js';
import { seedDemo } from '../../support/seeded.js';
import { startServerProcess } from '../../support/server-process.js';

/** Kills in `npm test`, and those of `npm run test:deep`. */
export const fewKills = 5;
export const manyKills = 20;

/** The server on its own database is killed so often: no reply that it acknowledged is lost, and none is there twice. */
export async function killEmbeddedServer(kills: number): Promise<void> {
  const folder = temporaryFolder();
  await makeMigratedFolder(folder, 'demo');
  await check(await startVictim('demo', { PORTICO_DATA: folder }), kills);
}

/** The server on PostgreSQL. */
export async function killServerOnPostgres(address: PostgresAddress, kills: number): Promise<void> {
  await address.createDatabase('kill_server');
  await check(await startVictim('start', await seedDemo(address, 'kill_server')), kills);
}

/** PostgreSQL below a server that goes on. */
export async function killPostgres(kills: number): Promise<void> {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.stop());
  await cluster.createDatabase('kill_postgres');
  const server = await startServerProcess('start', await seedDemo(cluster, 'kill_postgres'));
  onTestFinished(async () => void (await server.end('SIGKILL')));
  const victim: Victim = {
    origin: () => server.origin,
    kill: () => cluster.kill(),
    revive: async () => {
      await cluster.restart();
      await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 30_000 }).toBe(200);
    },
  };
  await check(victim, kills);
}

async function startVictim(command: 'demo' | 'start', env: Record<string, string>): Promise<Victim> {
  let server = await startServerProcess(command, env);
  onTestFinished(async () => void (await server.end('SIGKILL')));
  return {
    origin: () => server.origin,
    kill: () => server.end('SIGKILL'),
    revive: async () => {
      server = await startServerProcess(command, env);
    },
  };
}

async function check(victim: Victim, kills: number): Promise<void> {
  const { before, after, acknowledged, cutShort } = await replyThroughKills(victim, kills);
  expect(cutShort).toBeGreaterThan(kills);
  expect(after.toSorted()).toEqual([...before, ...acknowledged].sort());
}
