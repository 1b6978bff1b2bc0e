/**
 * `npm run test:deep`: the long runs, every `*.deep.ts` below `test/deep`, one after the other: full figures where `npm test`
 * takes a sample, and each guard removed once. Names after `--` choose files; what else vitest takes goes along.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const args = ['run', '--mode=deep', '--no-file-parallelism', ...process.argv.slice(2)];
const child = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit' });
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
