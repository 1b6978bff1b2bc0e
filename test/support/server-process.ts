import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildServer } from './built-server.js';

export interface ServerProcess {
  readonly pid: number;
  /** Scheme, host and port. */
  readonly origin: string;
  /** All that was written to stdout until it listened. */
  readonly output: string;
  /** All that was logged so far, line by line. */
  log(): unknown[];
  /** Ends it by signals and tells its exit code, `null` when the signal ended it. */
  end(...signals: readonly ('SIGINT' | 'SIGTERM' | 'SIGKILL')[]): Promise<number | null>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs `portico …` until it ends by itself. */
export async function runCommand(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  const { child, written } = await startCommand(args, env);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written };
}

/** Starts `portico …` on a free port and waits for its address. */
export async function startServerProcess(
  command: 'demo' | 'start',
  env: Record<string, string>,
): Promise<ServerProcess> {
  const { child, written } = await startCommand([command], { PORT: '0', ...env });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [, address] = /^ {2}(http:\/\/\S+)\/$/m.exec(written.stdout) ?? [];
      if (address) resolve(address);
    });
    ended.then(([code]) => reject(new Error(`portico ${command} ended with ${code}: ${written.stderr}`)), reject);
  });
  return {
    pid: child.pid ?? 0,
    origin,
    output: written.stdout,
    log: () =>
      written.stderr
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
    async end(...signals) {
      for (const signal of signals) child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

async function startCommand(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [await buildServer(), ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    written.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    written.stderr += chunk.toString();
  });
  return { child, written };
}
