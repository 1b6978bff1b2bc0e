import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface ProcessUser {
  readonly uid: number;
  readonly gid: number;
}

/** Runs a program as another user (`null`: as ourselves). It gets the signal when this process ends, even when that is killed. */
export function spawnAs(
  user: ProcessUser | null,
  signal: 'INT' | 'TERM' | 'KILL',
  path: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : [];
  return spawn('setpriv', [...identity, `--pdeathsig=${signal}`, '--', path, ...args], options);
}

/** `ended` waits for the children too: they hold the other end of the log. */
export function follow(child: ChildProcess) {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-10_000);
  });
  return { child, log: () => text, ended: once(child, 'close') };
}

/** A port of the loopback interface that nobody has right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
