/** `npm start`: builds what changed, then runs the demo in this process's place. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

import { buildIfNeeded } from './build.mjs';

await buildIfNeeded();

const main = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
const server = spawn(process.execPath, [main, 'demo', ...process.argv.slice(2)], { stdio: 'inherit' });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
