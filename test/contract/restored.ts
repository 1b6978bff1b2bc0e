import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { demoWorld } from '../../src/world/demo-world.js';
import { readConfig } from '../../src/server/node/config.js';
import { readKept } from '../../src/server/node/data-folder.js';
import { openEmbeddedDatabase } from '../../src/server/node/database/open-database.js';
import { createFileStore } from '../../src/server/node/files.js';
import { conformanceCases, seedOf, type ConformanceCase } from '../../src/testing/conformance/index.js';
import { createRestTarget } from '../../src/testing/rest-target.js';
import { makeMigratedFolder } from '../support/migrated-folder.js';
import { seedWorlds } from '../support/seeded.js';
import { runCommand } from '../support/server-process.js';
import { testConformance } from './conformance.js';
import { createBrowser } from './seeded-server.js';

/** Customers of the demo world who write while a backup is taken. */
const customers = ['alice@acme.example', 'bob@acme.example', 'carol@globex.example'];

/** A customer who stays signed in: the session outlives the server that made it. */
interface Writer {
  readonly email: string;
  readonly ticket: string;
  readonly cookie: string;
  /** Number of the last reply that was acknowledged. */
  acknowledged: number;
}

export interface Written {
  readonly writers: readonly Writer[];
  /** What had been acknowledged when the backup began. */
  readonly before: readonly number[];
}

const headersFrom = (origin: string, cookie: string) => ({
  origin,
  cookie,
  'content-type': 'application/json',
  'x-portal-client': 'portico-test/1',
});

const tagOf = (one: ConformanceCase) => `case-${conformanceCases.indexOf(one)}`;

/** A data folder with the worlds of all cases, the demo world, and secrets. */
export async function seedFolder(folder: string): Promise<void> {
  await makeMigratedFolder(folder, 'live');
  const database = await openEmbeddedDatabase({ folder });
  const worlds = conformanceCases.map((one) => seedOf(tagOf(one), one));
  const files = createFileStore(join(folder, 'files'));
  // Each list has one password.
  for (const list of [[demoWorld], worlds]) await seedWorlds(database, list, files);
  readKept(readConfig('start', { PORTICO_DATA: folder }, '/'));
  await database.close();
}

/** The whole suite on a server that was restored. */
export function testRestored(origin: string, adminToken: string, written: Written): void {
  test('a backup taken while customers write holds one moment, and they stay signed in', () =>
    checkWritten(origin, written));

  const newFetch = () => createBrowser(origin);
  testConformance(createRestTarget({ origin, adminToken, seed: async () => {}, newFetch }), tagOf);
}

/** Runs `portico …` and expects it to succeed. */
export async function run(args: readonly string[], env: Record<string, string>): Promise<void> {
  expect(await runCommand(args, env)).toMatchObject({ code: 0, stderr: '' });
}

/** Takes a backup into `file` from a server that is being written to all the time. */
export async function backUpWhileWriting(origin: string, env: Record<string, string>, file: string): Promise<Written> {
  const all = await Promise.all(customers.map((email) => signIn(origin, email)));
  let over = false;
  const writing = all.map(async (writer) => {
    while (!over) await reply(origin, writer);
  });
  const before = all.map(({ acknowledged }) => acknowledged);
  await run(['backup', file], env);
  over = true;
  await Promise.all(writing);
  return { writers: all, before };
}

/** Every reply up to one moment is there, and none twice; sessions are those of before. */
async function checkWritten(origin: string, { writers: all, before }: Written): Promise<void> {
  for (const [at, { email, ticket, cookie, acknowledged }] of all.entries()) {
    const numbers: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/help/api/v1/tickets/${ticket}/messages?limit=100${cursor && `&before=${cursor}`}`;
      const response = await fetch(origin + path, { headers: headersFrom(origin, cookie) });
      expect(response.status, email).toBe(200);
      const page = (await response.json()) as { items: { text: string }[]; previousCursor: string | null };
      for (const { text } of page.items) {
        const [, number] = new RegExp(`^${email} (\\d+)$`).exec(text) ?? [];
        if (number) numbers.push(Number(number));
      }
      cursor = page.previousCursor;
    }
    numbers.sort((one, other) => one - other);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThanOrEqual(before[at] ?? 0);
    expect(numbers.length).toBeLessThanOrEqual(acknowledged);
  }
}

async function signIn(origin: string, email: string): Promise<Writer> {
  const response = await fetch(`${origin}/help/api/v1/session`, {
    method: 'POST',
    headers: headersFrom(origin, ''),
    body: JSON.stringify({ method: 'password', email, password: demoWorld.password }),
  });
  expect(response.status).toBe(200);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const tickets = await fetch(`${origin}/help/api/v1/tickets?state=open&scope=mine`, {
    headers: headersFrom(origin, cookie),
  });
  const { items } = (await tickets.json()) as { items: { id: string }[] };
  const writer = { email, ticket: items[0]?.id ?? '', cookie, acknowledged: 0 };
  await reply(origin, writer);
  return writer;
}

async function reply(origin: string, writer: Writer): Promise<void> {
  const response = await fetch(`${origin}/help/api/v1/tickets/${writer.ticket}/messages`, {
    method: 'POST',
    headers: { ...headersFrom(origin, writer.cookie), 'idempotency-key': randomUUID() },
    body: JSON.stringify({ body: `${writer.email} ${writer.acknowledged + 1}` }),
  });
  expect(response.status).toBe(201);
  writer.acknowledged++;
}
