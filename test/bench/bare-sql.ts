import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findPostgres } from '../../.ci/postgres.mjs';
import { createApp } from '../../src/server/app.js';
import type { Param, Step } from '../../src/server/database.js';
import { connectionTo } from '../../src/server/node/database/postgres/connection.js';
import { createPgSession } from '../../src/server/node/database/postgres/pg-session.js';
import { createSessionDatabase } from '../../src/server/sql/session-database.js';
import { encodeParam } from '../../src/server/sql/values.js';
import { createAppFixture } from '../server/app-fixture.js';
import type { Request } from './load.js';

/** The exchanges with the database by which a request is answered, each one round trip. */
export type Exchanges = readonly (readonly Step[])[];

/** What the app made new while it was recorded, and what makes it new for each run in SQL. */
const madeNew = new Map<string, string>();

function newId(): string {
  const id = randomBytes(16).toString('base64url');
  madeNew.set(id, `('run${madeNew.size}x' || :run::text)`);
  return id;
}

function newKey(): string {
  const key = randomUUID();
  madeNew.set(key, "('00000000-0000-4000-8000-' || lpad(to_hex(:run::bigint), 12, '0'))::uuid");
  return key;
}

/** Answers requests by the app in this process and writes down what it asks the database as `portico_app`. */
export async function recordSql(appUrl: string, requests: readonly Request[]): Promise<Exchanges[]> {
  const client = new Client(connectionTo(appUrl));
  await client.connect();
  const session = createPgSession(client);
  let exchanges: (readonly Step[])[] = [];
  const database = createSessionDatabase({
    ...session,
    listen: () => () => {},
    run(steps) {
      exchanges.push(steps);
      return session.run(steps);
    },
  });
  const unused = { asSuperuser: async () => [], reset: async () => {} };
  const app = createApp({ ...createAppFixture({ ...database, ...unused }).deps, newId, clock: () => new Date() });
  const recorded: Exchanges[] = [];
  for (const { path, headers, body } of requests) {
    exchanges = [];
    const answer = await app.request(`http://localhost${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        'x-test-origin': 'http://localhost',
        'x-test-cookie': headers['cookie'] ?? '',
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': newKey() }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
    recorded.push(exchanges);
  }
  await session.close();
  return recorded;
}

/**
 * The same statements without a server: `pgbench` with as many connections sends each exchange as one pipeline of prepared
 * statements.
 *
 * @returns how often a second
 */
export function runBareSql(
  appUrl: string,
  variants: readonly Exchanges[],
  connections: number,
  seconds: number,
): number {
  const found = findPostgres();
  if ('why' in found) throw new Error(`${found.why}.`);
  const folder = mkdtempSync(join(tmpdir(), 'portico-bench-'));
  const variables: string[] = [];
  const file = join(folder, 'script.sql');
  // Each connection has a variant of its own: with all of them, it would mostly be busy preparing statements.
  const blocks = variants.map((exchanges, at) => [
    `\\${at === 0 ? 'if' : 'elif'} :client_id % ${variants.length} = ${at}`,
    ...toScript(exchanges, variables),
  ]);
  writeFileSync(file, ['\\set run random(1, 1000000000000)', ...blocks.flat(), '\\endif\n'].join('\n'));
  const values = variables.map((value, at) => `--define=p${at}=${value}`);
  const load = [`--client=${connections}`, `--time=${seconds}`, '--no-vacuum', '--protocol=prepared', `--file=${file}`];
  const { status, stdout, stderr } = spawnSync(join(found.folder, 'pgbench'), [...load, ...values, appUrl], {
    encoding: 'utf8',
    env: { ...process.env, PGOPTIONS: connectionTo(appUrl).options ?? '' },
  });
  rmSync(folder, { recursive: true });
  const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  if (status !== 0 || !(rate > 0)) throw new Error(`pgbench failed: ${stderr}`);
  return rate;
}

const toScript = (exchanges: Exchanges, variables: string[]): string[] =>
  exchanges.flatMap((steps) => {
    const statements = steps.map(({ statement, params = [] }) => {
      const values = params.map((param) => toSql(param, variables));
      const text = statement.text.replace(/\$(\d+)/g, (_, number: string) => values[Number(number) - 1] ?? 'NULL');
      return `${text.replaceAll(/\s+/g, ' ')};`;
    });
    return ['\\startpipeline', ...statements, '\\endpipeline'];
  });

/** A value as a variable of pgbench's, which is a parameter for the server. What has to be new each time is made new. */
function toSql(param: Param, variables: string[]): string {
  if (param === null) return 'NULL';
  const anew = typeof param === 'string' ? madeNew.get(param) : undefined;
  if (anew !== undefined) return anew;
  const value = encodeParam(param);
  const text = value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
  // pgbench knows no empty variable.
  return text === '' ? "''" : `:p${variables.push(text) - 1}`;
}
