import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';

import { startServerProcess } from '../support/server-process.js';
import { backUpWhileWriting, run, seedFolder, testRestored } from './restored.js';

const folder = mkdtempSync(join(tmpdir(), 'portico-restored-'));
const original = join(folder, 'original');
const restored = join(folder, 'restored');
const file = join(folder, 'backup.gz');

await seedFolder(original);
const first = await startServerProcess('start', { PORTICO_DATA: original });
const written = await backUpWhileWriting(first.origin, { PORTICO_DATA: original }, file);
expect(await first.end('SIGTERM')).toBe(0);
await run(['restore', file], { PORTICO_DATA: restored });
const server = await startServerProcess('start', { PORTICO_DATA: restored });
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

// The restored server has the secrets of the one that was backed up.
testRestored(server.origin, readFileSync(join(original, 'admin-token'), 'utf8'), written);
