import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject } from 'vitest';

import { type PostgresLogins, addressOf } from '../support/postgres.js';
import { startServerProcess } from '../support/server-process.js';
import { backUpWhileWriting, run, seedFolder, testRestored } from './restored.js';

const address = addressOf(inject('postgres') as PostgresLogins);
const work = mkdtempSync(join(tmpdir(), 'portico-restored-'));
const folder = join(work, 'data');

/** A database with the roles and nothing else. */
async function emptyDatabase() {
  const name = `restored_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name);
  return { name, env: { DATABASE_URL: address.appUrl(name), PORTICO_MIGRATE_URL: address.ownerUrl(name) } };
}

// The way of an installation that outgrows the embedded database, and then loses its PostgreSQL.
await seedFolder(folder);
await run(['backup', join(work, 'embedded.gz')], { PORTICO_DATA: folder });
const outgrown = await emptyDatabase();
await run(['restore', join(work, 'embedded.gz')], outgrown.env);
const first = await startServerProcess('start', outgrown.env);
const written = await backUpWhileWriting(first.origin, outgrown.env, join(work, 'postgres.gz'));
expect(await first.end('SIGTERM')).toBe(0);
const restored = await emptyDatabase();
await run(['restore', join(work, 'postgres.gz')], restored.env);
const server = await startServerProcess('start', restored.env);
afterAll(async () => {
  await server.end('SIGTERM');
  for (const { name } of [outgrown, restored]) await address.dropDatabase(name);
  rmSync(work, { recursive: true, force: true });
});

// The token came with the backups all the way from the folder.
testRestored(server.origin, readFileSync(join(folder, 'admin-token'), 'utf8'), written);
