import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { openFolder } from '../../src/server/node/database/pglite-folder.js';
import { asOwner } from '../../src/server/node/database/postgres/open-postgres.js';
import { createPgSession } from '../../src/server/node/database/postgres/pg-session.js';
import { servePglite } from '../../src/server/pglite/serve.js';
import { migrate } from '../../src/server/sql/migrate.js';
import type { ScriptSession } from '../../src/server/sql/session.js';
import type { PostgresCluster } from '../support/postgres.js';
import { type BenchWorld, enterWorld, loadWorld } from './world.js';

/** A server that runs over a world. */
export interface Target {
  readonly name: string;
  readonly world: BenchWorld;
  readonly port: number;
  /** Where the same can be asked without a server; `null` for PGlite, which has but one session. */
  readonly appUrl: string | null;
  stop(): Promise<void>;
}

const count = (tickets: number) => tickets.toLocaleString('en');

/** A database of this size on the cluster, made when it is not there yet. */
export async function postgresTarget(cluster: PostgresCluster, tickets: number): Promise<Target> {
  const name = `bench_${tickets}`;
  const isNew = !(await databases(cluster)).includes(name);
  if (isNew) await cluster.createDatabase(name);
  await asOwner(cluster.ownerUrl(name), (session) => migrate(session, readMigrations()));
  const client = new Client({ connectionString: cluster.superuserUrl(name), options: '-c TimeZone=UTC' });
  await client.connect();
  const session = createPgSession(client);
  const world = await prepare(session, isNew, `PostgreSQL, ${count(tickets)} tickets`, tickets);
  await session.close();
  const appUrl = cluster.appUrl(name);
  const server = await startServer({ DATABASE_URL: appUrl });
  return { name: `PostgreSQL, ${count(tickets)} tickets`, world, appUrl, ...server };
}

/** The same in a data folder: a temporary one, or below `.cache` when it is to be kept. */
export async function pgliteTarget(tickets: number, keep: string | null): Promise<Target> {
  const folder = keep ? join(keep, `pglite-${tickets}`) : mkdtempSync(join(tmpdir(), 'portico-bench-'));
  const isNew = !existsSync(join(folder, 'database'));
  mkdirSync(folder, { recursive: true });
  const { pglite } = await openFolder(join(folder, 'database'));
  const { session } = await servePglite(pglite, readMigrations());
  await session.script('SET SESSION AUTHORIZATION postgres');
  const world = await prepare(session, isNew, `PGlite, ${count(tickets)} tickets`, tickets);
  await session.script('CHECKPOINT');
  await session.close();
  const { stop, ...server } = await startServer({ PORTICO_DATA: folder });
  return {
    name: `PGlite, ${count(tickets)} tickets`,
    world,
    appUrl: null,
    ...server,
    async stop() {
      await stop();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function prepare(session: ScriptSession, isNew: boolean, name: string, tickets: number): Promise<BenchWorld> {
  const now = new Date();
  if (isNew) {
    const begin = performance.now();
    console.log(`Making a world: ${name} …`);
    await loadWorld(session, tickets, now);
    console.log(`… made in ${((performance.now() - begin) / 1000).toFixed(0)} s.`);
  }
  return enterWorld(session, now);
}

async function databases(cluster: PostgresCluster): Promise<string[]> {
  const client = new Client({ connectionString: cluster.superuserUrl('postgres') });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
  await client.end();
  return rows.map(({ datname }) => datname);
}

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** `portico start` as it is published, on a free port. */
async function startServer(env: Record<string, string>): Promise<Pick<Target, 'port' | 'stop'>> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-bench-'));
  const child = spawn(process.execPath, [main, 'start'], {
    env: { PATH: process.env['PATH'], PORT: '0', PORTICO_DATA: folder, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [output, errors] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-2000);
      const address = /^ {2}http:\/\/[^:]+:(\d+)\/$/m.exec(output)?.[1];
      if (address) resolve(Number(address));
    });
    void ended.then(() => reject(new Error(`portico start ended: ${errors}`)));
  });
  return {
    port,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      running.delete(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
