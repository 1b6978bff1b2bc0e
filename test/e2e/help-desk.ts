import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { prepareDataFolder } from '../../src/server/node/data-folder.js';
import { openEmbeddedDatabase } from '../../src/server/node/database/open-database.js';
import { createFileStore } from '../../src/server/node/files.js';
import type { World } from '../../src/world/world.js';
import { seedWorlds } from '../support/seeded.js';
import { sendDemoFile, startPortico } from './support.js';

/** The help pages of a company and `portico start` behind one address, as a web server of its own has them. */
export interface HelpSite {
  readonly origin: string;
  admin(method: 'PUT' | 'PATCH', path: string, body: unknown): Promise<Response>;
  close(): Promise<void>;
}

/** A site whose portal holds the people of the world, and no ticket. */
export async function startHelpSite(world: World): Promise<HelpSite> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-e2e-'));
  const data = join(folder, 'live');
  prepareDataFolder('start', data);
  const database = await openEmbeddedDatabase({ folder: data, log: () => {} });
  await seedWorlds(database, [world], createFileStore(join(data, 'files')));
  await database.close();

  const token = randomBytes(32).toString('base64url');
  const env = { PATH: process.env['PATH'], PORT: '0', PORTICO_DATA: data, PORTICO_ADMIN_TOKEN: token };
  const server = await startPortico('start', env);
  const portal = `http://localhost:${server.port}`;

  const site = createServer(async (incoming, response) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    if (!pathname.startsWith('/demo/')) return pass(portal, incoming, response);
    return sendDemoFile(pathname.slice('/demo'.length), response);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const origin = `http://localhost:${(site.address() as AddressInfo).port}`;

  return {
    origin,
    admin(method, path, body) {
      const headers = {
        authorization: `Bearer ${token}`,
        'x-portal-client': 'portico-test/1',
        'content-type': 'application/json',
      };
      const init: RequestInit = { method, headers, body: JSON.stringify(body) };
      return fetch(`${portal}/admin/api/v1${path}`, init);
    },
    async close() {
      site.closeAllConnections();
      site.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Hands a request on as it came, its host too, and the answer while it comes. */
function pass(target: string, incoming: IncomingMessage, response: ServerResponse): void {
  const onward = ask(`${target}${incoming.url}`, { method: incoming.method, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
