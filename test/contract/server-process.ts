import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openEmbeddedDatabase } from '../../src/server/node/database/open-database.js';
import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createFileStore } from '../../src/server/node/files.js';
import { createHasher } from '../../src/server/node/hashing.js';
import type { World } from '../../src/world/world.js';

export interface ServerProcess {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly adminToken: string;
  /** Rejects when the server has logged an error. */
  stop(): Promise<void>;
}

/** `portico start` as a process of its own, on a free port, over a data folder that holds these worlds. */
export async function startServerProcess(worlds: readonly World[]): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-contract-'));
  await seedFolder(folder, worlds);
  const adminToken = randomBytes(32).toString('base64url');
  const server = spawn(process.execPath, ['--import', 'tsx', 'src/server/node/main.ts', 'start'], {
    env: { PATH: process.env['PATH'], PORT: '0', PORTICO_DATA: folder, PORTICO_ADMIN_TOKEN: adminToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, address] = /^ {2}(http:\/\/[^/]+)\/$/m.exec(text) ?? [];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${text}${log}`)));
  });
  return {
    origin,
    adminToken,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
      if (log.includes('"level":"error"')) throw new Error(log);
    },
  };
}

async function seedFolder(folder: string, worlds: readonly World[]): Promise<void> {
  const database = await openEmbeddedDatabase({ folder });
  const { hash, verify } = createHasher();
  // All worlds have one password, and hashing is slow on purpose.
  const hashed = hash(worlds[0]?.password ?? '');
  const deps = {
    database,
    files: createFileStore(join(folder, 'files')),
    hasher: { verify, hash: () => hashed },
    clock: () => new Date(),
    newId: () => randomBytes(16).toString('base64url'),
  };
  for (const world of worlds) await seedWorld(deps, world);
  await database.close();
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
