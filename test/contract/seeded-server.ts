import { randomBytes, randomUUID } from 'node:crypto';
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../src/server/node/database/postgres/open-postgres.js';
import type { World } from '../../src/world/world.js';
import type { PostgresTemplate } from '../support/postgres-database.js';
import { addressOf } from '../support/postgres.js';
import { seedWorlds } from '../support/seeded.js';
import { startServerProcess } from '../support/server-process.js';

export interface SeededServer {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly adminToken: string;
  /** Rejects when the server has logged an error. */
  stop(): Promise<void>;
}

/** `portico start` as a process of its own, on a free port, over these worlds in a database of its own on PostgreSQL. */
export async function startSeededServer(worlds: readonly World[], postgres: PostgresTemplate): Promise<SeededServer> {
  const address = addressOf(postgres);
  const name = `contract_${randomUUID().replaceAll('-', '')}`;
  await address.createDatabase(name, postgres.template);
  const url = address.appUrl(name);
  const database = await openPostgres({ url, migrateUrl: null, migrations: readMigrations() });
  await seedWorlds(database, worlds);
  await database.close();

  const adminToken = randomBytes(32).toString('base64url');
  const server = await startServerProcess('start', { DATABASE_URL: url, PORTICO_ADMIN_TOKEN: adminToken });
  return {
    origin: server.origin,
    adminToken,
    async stop() {
      await server.end('SIGTERM');
      await address.dropDatabase(name);
      const errors = server.log().filter((entry) => (entry as { level: string }).level === 'error');
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
    },
  };
}

/** Sends what a browser sends from a page of the portal's own origin, and keeps cookies as a browser does. */
export function createBrowser(origin: string): (request: Request) => Promise<Response> {
  const cookies = new Map<string, string>();
  return async (request) => {
    const headers = new Headers(request.headers);
    headers.set('origin', origin);
    headers.set('sec-fetch-site', 'same-origin');
    headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(new Request(request, { headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0\b/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
}
