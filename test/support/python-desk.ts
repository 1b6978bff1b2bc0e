import { type ChildProcess, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Interface, createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { spawnAs } from './process.js';

type Value = string | number | null | { readonly base64: string };
/** A statement and its values. */
export type Sql = readonly [string, ...Value[]];

/** The sample help desk in Python as a process of its own, over a database of its own. */
export interface PythonDesk {
  readonly url: string;
  readonly key: string;
  /** Runs statements in its database, in one transaction, and answers with the rows of each. */
  sql(...statements: Sql[]): Promise<Value[][][]>;
  stop(): Promise<void>;
}

/** Why the sample cannot run here; `null` where it can. */
export function whyNoPython(): string | null {
  const check = 'import sys; sys.exit(sys.version_info < (3, 11))';
  const { status } = spawnSync('setpriv', ['--pdeathsig=KILL', '--', 'python3', '-c', check]);
  return status === 0 ? null : 'NOT RUN: there is no Python 3.11, or no setpriv; install python3 and util-linux';
}

/** Starts the sample on a free port of the loopback interface. It ends with this process at the latest. */
export async function startPythonDesk(): Promise<PythonDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-desk-'));
  const file = join(folder, 'desk.db');
  const key = `whsec_${randomBytes(32).toString('base64')}`;
  const env = { ...process.env, DESK_KEY: key, DESK_DATABASE: file, DESK_PORT: '0' };
  const run = (path: string, args: readonly string[]) =>
    spawnAs(null, 'KILL', 'python3', [fileURLToPath(new URL(path, import.meta.url)), ...args], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });

  const desk = run('../../demo/connectors/python/desk.py', []);
  const url = await firstLine(desk);
  const shell = run('sqlite.py', [file]);
  const answers = linesOf(shell)[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();

  async function ask(statements: Sql[]): Promise<Value[][][]> {
    shell.stdin?.write(`${JSON.stringify(statements.map(([sql, ...values]) => [sql, values]))}\n`);
    const { value = '{}' } = (await answers.next()) as { value?: string };
    const { rows, error = 'the shell has ended' } = JSON.parse(value) as { rows?: Value[][][]; error?: string };
    if (!rows) throw new Error(error);
    return rows;
  }

  return {
    url,
    key,
    sql(...statements) {
      const answer = last.then(() => ask(statements));
      last = answer.catch(() => {});
      return answer;
    },
    async stop() {
      for (const child of [desk, shell]) {
        const ended = once(child, 'close');
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const linesOf = (child: ChildProcess): Interface => createInterface({ input: child.stdout! });

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of linesOf(child)) return line;
  throw new Error('the desk did not start');
}
