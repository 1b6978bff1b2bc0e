/**
 * `npm run test:engines`: the portal in other people's pages, in every browser engine that can be had here, one file after the
 * other: all that `npm test` does with the one browser it needs, and what would take it too long. Names after `--` choose
 * files; what else vitest takes goes along.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildIfNeeded } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const env = { ...process.env };
await buildIfNeeded();
const args = ['run', '--mode=engines', '--no-file-parallelism', ...process.argv.slice(2)];
const child = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit', env });
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
