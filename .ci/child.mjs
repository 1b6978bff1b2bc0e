import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a script of the project with its output in sight, and answers whether it was content. */
export function run(script, args = [], env = {}) {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...env },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

/** What a script left in a file; `null` when it did not come to that. */
export function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
