import pg from 'pg';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FoundPostgres, findPostgres } from '../../.ci/postgres.mjs';
import { readMigrations } from '../../src/server/node/database/migration-files.js';

/** What it takes to reach a cluster: plain data, so that it can be handed to another process. */
export interface PostgresLogins {
  readonly host: string;
  readonly port: number;
  readonly passwords: Readonly<Record<'postgres' | 'portico_owner' | 'portico_app', string>>;
}

/** A cluster that runs, seen from any process. Addresses are `postgres://` with the password. */
export interface PostgresAddress {
  superuserUrl(database: string): string;
  ownerUrl(database: string): string;
  appUrl(database: string): string;
  /** Makes a database; with the four roles in it, as `template1` has them. Nobody may be connected to the template. */
  createDatabase(name: string, template?: string): Promise<void>;
  /** Removes it with everybody who is connected. */
  dropDatabase(name: string): Promise<void>;
}

export interface PostgresCluster extends PostgresAddress, PostgresLogins {
  /** Of the postmaster. */
  readonly pid: number;
  readonly folder: string;
  readonly logins: PostgresLogins;
  /** Ends it, and removes its folder unless that is to be kept. */
  stop(): Promise<void>;
  /** SIGKILL to all of its processes at once: a crash. The folder stays. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port, after `kill()` or while it runs. */
  restart(): Promise<void>;
}

export function addressOf({ host, port, passwords }: PostgresLogins): PostgresAddress {
  const url = (role: keyof typeof passwords, database: string) =>
    `postgres://${role}:${passwords[role]}@${host}:${port}/${database}`;
  const superuserUrl = (database: string) => url('postgres', database);
  return {
    superuserUrl,
    ownerUrl: (database) => url('portico_owner', database),
    appUrl: (database) => url('portico_app', database),
    createDatabase: (name, template = 'template1') =>
      runSql(superuserUrl('postgres'), `CREATE DATABASE "${name}" TEMPLATE "${template}"`),
    dropDatabase: (name) => runSql(superuserUrl('postgres'), `DROP DATABASE "${name}" WITH (FORCE)`),
  };
}

/**
 * A private cluster in a temporary folder, on a free port of the loopback interface, with passwords of its own and the
 * four roles. It writes to the disk as one in service does. It ends with this process at the latest.
 *
 * @param settings for postgresql.conf
 * @param kept a folder that stays, and goes on where it ended when it is there already
 * @throws Error when there is no PostgreSQL on this machine
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
  kept: string | null = null,
): Promise<PostgresCluster> {
  const found = findPostgres();
  if ('why' in found) throw new Error(`${found.why}.`);
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'portico-postgres-'));
  const host = '127.0.0.1';
  const isNew = !existsSync(dataFolder(folder));
  const passwords = isNew ? makePasswords() : readPasswords(folder);
  if (isNew) await initialise(found, folder, passwords);
  const logins: PostgresLogins = { host, port: await freePort(), passwords };
  const address = addressOf(logins);

  const configuration = {
    listen_addresses: host,
    port: String(logins.port),
    unix_socket_directories: '',
    lc_messages: 'C',
    ...settings,
  };
  const args = Object.entries(configuration).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const launch = () => startPostmaster(found, ['-D', dataFolder(folder), ...args]);
  let postmaster = await launch();
  process.once('exit', end);

  function end(): void {
    postmaster.child.kill('SIGKILL');
    if (!kept) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  await runSql(address.superuserUrl('template1'), readRoles());
  for (const role of ['portico_owner', 'portico_app'] as const) {
    await runSql(address.superuserUrl('postgres'), `ALTER ROLE ${role} PASSWORD '${passwords[role]}'`);
  }

  const cluster: PostgresCluster = {
    ...logins,
    ...address,
    logins,
    folder,
    get pid() {
      return postmaster.child.pid ?? 0;
    },
    async stop() {
      postmaster.child.kill('SIGINT');
      await postmaster.ended;
      process.off('exit', end);
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
    async kill() {
      const { child, ended } = postmaster;
      // Stopped, it can neither start another child nor notice that one is gone.
      child.kill('SIGSTOP');
      for (const pid of [...childrenOf(cluster.pid), cluster.pid]) process.kill(pid, 'SIGKILL');
      await ended;
    },
    async restart() {
      postmaster.child.kill('SIGINT');
      await postmaster.ended;
      postmaster = await launch();
    },
  };
  return cluster;
}

const dataFolder = (folder: string) => join(folder, 'data');
const passwordsFile = (folder: string) => join(folder, 'passwords.json');

type Passwords = PostgresLogins['passwords'];
function makePasswords(): Passwords {
  const secret = () => randomBytes(16).toString('hex');
  return { postgres: secret(), portico_owner: secret(), portico_app: secret() };
}
const readPasswords = (folder: string) => JSON.parse(readFileSync(passwordsFile(folder), 'utf8')) as Passwords;

function readRoles(): string {
  const roles = readMigrations().find(({ name }) => name === '000-roles.sql');
  if (!roles) throw new Error('000-roles.sql is missing.');
  return roles.sql;
}

/** One exchange with a connection of its own. */
async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Runs a program of PostgreSQL's as the user that it needs. */
function spawnProgram({ folder, user }: FoundPostgres, program: string, args: readonly string[]): ChildProcess {
  const path = join(folder, program);
  const stdio = ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'];
  if (!user) return spawn(path, args, { stdio, cwd: '/' });
  // The last option ends it with this process, even when that is killed.
  const privileges = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--pdeathsig=INT'];
  return spawn('setpriv', [...privileges, '--', path, ...args], { stdio, cwd: '/' });
}

async function initialise(found: FoundPostgres, folder: string, passwords: Passwords): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(passwordsFile(folder), JSON.stringify(passwords), { mode: 0o600 });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, passwords.postgres, { mode: 0o600 });
  if (found.user) for (const path of [folder, passwordFile]) chownSync(path, found.user.uid, found.user.gid);
  const args = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  const create = (locale: string) =>
    runToEnd(found, 'initdb', ['-D', dataFolder(folder), `--locale=${locale}`, ...args]);
  // Not every system has the first; the second is always there.
  await create('C.UTF-8').catch(() => create('C'));
  rmSync(passwordFile);
}

async function runToEnd(found: FoundPostgres, program: string, args: readonly string[]): Promise<void> {
  const { child, log, ended } = follow(spawnProgram(found, program, args));
  await ended;
  if (child.exitCode !== 0) throw new Error(`${program} failed: ${log()}`);
}

async function startPostmaster(found: FoundPostgres, args: readonly string[]) {
  const postmaster = follow(spawnProgram(found, 'postgres', args));
  await new Promise<void>((resolve, reject) => {
    postmaster.child.stderr?.on('data', () => {
      if (postmaster.log().includes('ready to accept connections')) resolve();
    });
    postmaster.ended.then(() => reject(new Error(`PostgreSQL did not start: ${postmaster.log()}`)), reject);
  });
  return postmaster;
}

/** `ended` waits for the children too: they hold the other end of the log. */
function follow(child: ChildProcess) {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-10_000);
  });
  return { child, log: () => text, ended: once(child, 'close') };
}

function childrenOf(parent: number): number[] {
  const isChild = (pid: string) => {
    try {
      // After the name, which may hold anything in brackets: state and parent.
      const [, ppid] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return Number(ppid) === parent;
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isChild(name))
    .map(Number);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
