import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { createFileStore } from '../../../src/server/node/files.js';
import { openEmbeddedDatabase } from '../../../src/server/node/database/open-database.js';
import { demoWorld } from '../../../src/world/demo-world.js';
import { keptFolder } from '../../support/kept-folder.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';
import { freePort } from '../../support/process.js';
import { seedWorlds } from '../../support/seeded.js';
import type { Places } from './places.js';

const main = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));

export interface PortalServer {
  /** On the loopback interface. */
  readonly port: number;
  /** Lets the help pages of these places embed the portal. */
  allow(places: Places): Promise<void>;
  /** Every row of every table, by table. */
  rows(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Ends the server and removes its data. */
  remove(): Promise<void>;
}

/**
 * The build's server with the demo world in it: `portico start` behind a proxy that speaks TLS for `publicUrl`, or
 * `portico demo` where there is none.
 */
export async function startPortal(publicUrl: string | null): Promise<PortalServer> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-layouts-'));
  const data = join(folder, publicUrl === null ? 'demo' : 'live');
  if (publicUrl === null) await makeMigratedFolder(data, 'demo');
  else cpSync(await findSeeded(), data, { recursive: true });
  const token = randomBytes(32).toString('base64url');
  const proxied = publicUrl === null ? {} : { PORTICO_PUBLIC_URL: publicUrl, PORTICO_TRUST_PROXY: '1' };
  const { port, stop } = await run(publicUrl === null ? 'demo' : 'start', {
    ...proxied,
    PORTICO_DATA: data,
    PORTICO_ADMIN_TOKEN: token,
  });

  const ask = async (path: string, request: RequestInit = {}): Promise<Response> => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-portal-client': 'layouts/1',
    };
    const response = await fetch(`http://localhost:${port}/admin/api/v1${path}`, { ...request, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };

  return {
    port,
    async allow({ portal, pages }) {
      const origins = Object.values(pages).filter((origin) => origin !== portal);
      await ask('/portals/help', { method: 'PATCH', body: JSON.stringify({ origins }) });
    },
    rows: async () => readBackup(Buffer.from(await (await ask('/backup')).arrayBuffer())),
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Made once: to seed it takes longer than to start a server on it. */
const findSeeded = (): Promise<string> =>
  keptFolder(
    'seeded-folder-',
    (hash) => {
      hash
        .update(readFileSync(new URL('../../../package-lock.json', import.meta.url)))
        .update(JSON.stringify(demoWorld));
      for (const { name, sql } of readMigrations()) hash.update(`${name}\0${sql}\0`);
    },
    async (draft) => {
      await makeMigratedFolder(draft, 'live');
      const database = await openEmbeddedDatabase({ folder: draft });
      const files = createFileStore(join(draft, 'files'));
      await seedWorlds(database, [demoWorld], files);
      await files.close();
      await database.close();
    },
  );

async function run(command: 'demo' | 'start', env: Record<string, string>) {
  // The address that it prints is that of the proxy, so the port has to be known before.
  const port = await freePort();
  const server = spawn(process.execPath, [main, command], { env: { ...process.env, ...env, PORT: String(port) } });
  let written = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      written += chunk.toString();
      if (/^ {2}https?:\/\/\S+\/$/m.test(written)) resolve();
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', () => reject(new Error(`The server ended:\n${written}`)));
  });
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGTERM');
    await exit;
  };
  return { port, stop };
}

/** A table begins with a line of its own; its rows follow. */
function readBackup(bytes: Buffer): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>();
  let rows: string[] = [];
  for (const line of gunzipSync(bytes).toString().split('\n')) {
    const { table } = line.startsWith('{') ? (JSON.parse(line) as { table?: string }) : {};
    if (table !== undefined) tables.set(table, (rows = tables.get(table) ?? []));
    else if (line.startsWith('[')) rows.push(line);
  }
  return new Map([...tables].map(([table, lines]) => [table, lines.toSorted()]));
}
