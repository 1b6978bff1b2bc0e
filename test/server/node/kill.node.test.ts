import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { replyThroughKills } from '../../support/killing.js';
import { startServerProcess } from '../../support/server-process.js';

const KILLS = 20;

const folder = mkdtempSync(join(tmpdir(), 'portico-kill-'));
const start = () => startServerProcess('demo', { PORTICO_DATA: folder });
let server = await start();
afterAll(async () => {
  await server.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test(`no acknowledged reply is lost or doubled by ${KILLS} kills of the server on its own database`, {
  timeout: 300_000,
}, async () => {
  const victim = {
    origin: () => server.origin,
    kill: () => server.end('SIGKILL'),
    revive: async () => {
      server = await start();
    },
  };
  const { before, after, acknowledged, cutShort } = await replyThroughKills(victim, KILLS);
  expect(cutShort).toBeGreaterThan(KILLS);
  expect(after.toSorted()).toEqual([...before, ...acknowledged].sort());
});
