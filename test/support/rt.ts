import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type FoundRt, findRt } from '../../.ci/rt.mjs';
import { follow, freePort, spawnAs } from './process.js';
import { AGENT, PORTAL, PORTAL_RIGHTS, type RtDesk, deskProgram, openRtDesk } from './rt-desk.js';

export interface RtOptions {
  /** Processes that answer requests. */
  readonly workers?: number;
  /** Of its clock, as RT shows and takes times where they carry none. */
  readonly timezone?: string;
  /** Path below which it lies, `/rt`; by default none. */
  readonly webPath?: string;
}

/** What it takes to reach an instance: plain data, so that it can be handed to another process. */
export interface RtLogins {
  /** Scheme, host, port and path, without a slash at the end. */
  readonly url: string;
  readonly rtname: string;
  readonly folder: string;
  /** Of the portal: `Support` and `Sales` are its queues, and comments are not for it. */
  readonly account: { readonly user: string; readonly password: string };
}

export interface Rt extends RtLogins {
  readonly logins: RtLogins;
  /** Of the process that the others are children of. */
  readonly pid: number;
  readonly desk: RtDesk;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
  /** SIGKILL to all of its processes at once: a crash. The folder stays, and so does the desk. */
  kill(): Promise<void>;
  /** Starts it again on the same database and port, after `kill()` or while it runs. */
  restart(): Promise<void>;
}

/**
 * A private Request Tracker in a temporary folder, on a free port of the loopback interface: three queues, `Support`,
 * `Sales` and `Internal`, one of the staff, and the account of the portal, which has no right in `Internal`. Whatever it
 * sends by mail lies in its folder. It reads and writes nothing of the one that may be installed beside it, and ends with this
 * process at the latest.
 *
 * @throws Error when there is no Request Tracker on this machine
 */
export async function startRt({ workers = 2, timezone = 'UTC', webPath = '' }: RtOptions = {}): Promise<Rt> {
  const found = findOrThrow();
  const template = await readTemplate(found);
  const port = await freePort();
  const folder = makeFolder(found, { timezone, webPath, port });
  copyFileSync(template.database, databaseFile(folder));
  own(found, databaseFile(folder));
  const url = `http://127.0.0.1:${port}${webPath}`;
  const logins: RtLogins = { url, rtname, folder, account: { user: PORTAL, password: template.password } };
  const desk = deskIn(found, folder);

  const args = ['--host=127.0.0.1', `--port=${port}`, `--workers=${workers}`];
  // It has to know the path for its links and for its requests, from two places.
  if (webPath) args.push(`--webpath=${webPath}`);
  const launch = () =>
    follow(
      spawnAs(found.user, 'TERM', found.server, args, {
        // A group of its own, so that all of it can be killed at once.
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
        cwd: '/',
        env: environment(folder),
      }),
    );
  let server = launch();
  process.once('exit', end);

  function killGroup(): void {
    const { pid, exitCode, signalCode } = server.child;
    if (pid && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
  }
  function end(): void {
    killGroup();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  const rt: Rt = {
    ...logins,
    logins,
    desk,
    get pid() {
      return server.child.pid ?? 0;
    },
    async stop() {
      await desk.close();
      await rt.kill();
      process.off('exit', end);
      rmSync(folder, { recursive: true, force: true });
    },
    async kill() {
      killGroup();
      await server.ended;
    },
    async restart() {
      await rt.kill();
      server = launch();
      await answers(server, url);
    },
  };
  try {
    await answers(server, url);
  } catch (error) {
    await rt.stop();
    throw error;
  }
  return rt;
}

/** The desk of an instance that another process has started. */
export function deskOf({ folder }: RtLogins): RtDesk {
  return deskIn(findOrThrow(), folder);
}

function findOrThrow(): FoundRt {
  const found = findRt();
  if ('why' in found) throw new Error(`${found.why}.`);
  return found;
}

const rtname = 'desk.example';
const configurationFile = (folder: string) => join(folder, 'RT_SiteConfig.pm');
const databaseFile = (folder: string) => join(folder, 'database');

/** Where a process writes; the last stands for the folder in `/etc`, and stays empty. */
const folders = ['data', 'log', 'mason', 'sessions', 'temporary', 'site.d'];

/** Nothing of ours: neither a Perl library nor a configuration of somebody's. */
const environment = (folder: string) => ({
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  HOME: folder,
  TMPDIR: join(folder, 'temporary'),
  RT_SITE_CONFIG: configurationFile(folder),
  RT_SITE_CONFIG_DIR: join(folder, 'site.d'),
});

interface Place {
  readonly timezone: string;
  readonly webPath: string;
  readonly port: number;
}

/** The three folders are no settings, and yet variables of the package that this file is read in. */
function configure(folder: string, { timezone, webPath, port }: Place): string {
  const text = (value: string) => `'${value.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const path = (name: string) => text(join(folder, name));
  return `
$VarPath = ${path('data')};
$MasonDataDir = ${path('mason')};
$MasonSessionDir = ${path('sessions')};
Set($rtname, ${text(rtname)});
Set($Organization, ${text(rtname)});
Set($CorrespondAddress, 'support@${rtname}');
Set($CommentAddress, 'comment@${rtname}');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($WebBaseURL, 'http://127.0.0.1:${port}');
Set($WebPath, ${text(webPath)});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, ${text(databaseFile(folder))});
Set($Timezone, ${text(timezone)});
# Mail is appended to a file in the first of the three folders.
Set($MailCommand, 'mbox');
Set($LogToFile, 'warning');
Set($LogDir, ${path('log')});
Set($LogToSyslog, undef);
Set($LogToSTDERR, undef);
# Both would look for keys of the installed one.
Set(%GnuPG, Enable => 0);
Set(%SMIME, Enable => 0);
1;
`.trimStart();
}

/** Makes the folder of an instance: all but its database. */
function makeFolder(found: FoundRt, place: Place): string {
  const folder = mkdtempSync(join(tmpdir(), 'portico-rt-'));
  for (const name of folders) mkdirSync(join(folder, name), { mode: 0o700 });
  writeFileSync(configurationFile(folder), configure(folder, place), { mode: 0o600 });
  // Our own folder may be closed to the user that it runs as.
  copyFileSync(deskProgram, deskFile(folder));
  own(found, folder, configurationFile(folder), deskFile(folder), ...folders.map((name) => join(folder, name)));
  return folder;
}

const deskFile = (folder: string) => join(folder, 'desk.pl');
const deskIn = (found: FoundRt, folder: string) =>
  openRtDesk({ ...found, program: deskFile(folder), env: environment(folder) });

function own({ user }: FoundRt, ...paths: readonly string[]): void {
  if (user) for (const path of paths) chownSync(path, user.uid, user.gid);
}

/** Milliseconds. Alone on a machine it takes two seconds. */
const PATIENCE = 45_000;

/** Nowhere does it say that it listens. */
async function answers({ child, log }: ReturnType<typeof follow>, url: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE);
  while (!signal.aborted && child.exitCode === null) {
    // Whatever it says to somebody unknown is an answer.
    const response = await fetch(`${url}/REST/2.0/rt`, { signal }).catch(() => null);
    if (response) return response.body?.cancel();
    await delay(100);
  }
  throw new Error(`Request Tracker did not start: ${log()}`);
}

const DRAFT = 'draft-';
const cache = fileURLToPath(new URL('../../.cache/rt/', import.meta.url));

interface Template {
  readonly database: string;
  /** Of the portal's account. */
  readonly password: string;
}

/** The first start makes a database, which takes some ten seconds; the others copy it. */
async function readTemplate(found: FoundRt): Promise<Template> {
  const hash = createHash('sha256').update(found.version);
  for (const file of [fileURLToPath(import.meta.url), deskProgram]) hash.update(readFileSync(file));
  const kept = join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(kept)) await makeTemplate(found, kept);
  return { database: join(kept, 'database'), password: readFileSync(join(kept, 'password'), 'utf8') };
}

async function makeTemplate(found: FoundRt, kept: string): Promise<void> {
  const folder = makeFolder(found, { timezone: 'UTC', webPath: '', port: 80 });
  const desk = deskIn(found, folder);
  try {
    const password = makePassword();
    await initialise(found, folder);
    await seed(desk, password);
    await desk.close();
    keep(folder, password, kept);
  } finally {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function keep(folder: string, password: string, kept: string): void {
  mkdirSync(cache, { recursive: true });
  const outdated = readdirSync(cache).filter((name) => name !== basename(kept) && !name.startsWith(DRAFT));
  for (const name of outdated) rmSync(join(cache, name), { recursive: true, force: true });
  const draft = mkdtempSync(join(cache, DRAFT));
  copyFileSync(databaseFile(folder), join(draft, 'database'));
  writeFileSync(join(draft, 'password'), password);
  try {
    renameSync(draft, kept);
  } catch {
    // Test files run side by side: another one was first.
    rmSync(draft, { recursive: true });
  }
}

const makePassword = () => randomBytes(16).toString('hex');

async function initialise(found: FoundRt, folder: string): Promise<void> {
  // Nobody signs in as root.
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, makePassword(), { mode: 0o600 });
  own(found, passwordFile);
  const args = ['--action=init', '--skip-create', `--root-password-file=${passwordFile}`];
  const env = environment(folder);
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const { child, log, ended } = follow(
    spawnAs(found.user, 'KILL', found.setup, args, { stdio: [...stdio], cwd: '/', env }),
  );
  await ended;
  if (child.exitCode !== 0) throw new Error(`Request Tracker has no database: ${log()}`);
}

async function seed(desk: RtDesk, password: string): Promise<void> {
  await desk.createUser({ name: AGENT, realName: 'Agnes Agent', email: `agent@${rtname}`, privileged: true });
  await desk.createUser({ name: PORTAL, realName: 'Portal', email: `portal@${rtname}`, privileged: true, password });
  await desk.grant(PORTAL, PORTAL_RIGHTS);
  await desk.createQueue('Support');
  await desk.createQueue('Sales');
  await desk.createQueue('Internal', { hidden: true });
}
