import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { demoWorld } from '../../world/demo-world.js';
import { createApp } from '../app.js';
import type { Database } from '../database.js';
import type { AppDeps, LogEntry } from '../deps.js';
import { createDesks } from '../desks/desks.js';
import { startFollowing } from '../desks/start-following.js';
import { createDatabaseFiles } from '../files/database-files.js';
import { remakeFirstLink } from '../identity/staff-links.js';
import { startJobs } from '../jobs.js';
import { createKeepingTransport } from '../mail/kept.js';
import { type Mailing, startMailing } from '../mail/start-mailing.js';
import type { MailTransport } from '../mail/transport.js';
import { createOutgoing } from '../outgoing.js';
import { createAssets } from './assets.js';
import { readCaller } from './caller.js';
import { callerCarrier } from './carrier.js';
import { createClamdScanner } from './clamd.js';
import type { Config } from './config.js';
import { createConnectors } from './connectors.js';
import { createBackupStream } from './backup/backup-stream.js';
import { prepareDataFolder, readKept, readSharedKept } from './data-folder.js';
import { announceAddress } from './database/lock-file.js';
import { readMigrations } from './database/migration-files.js';
import { openEmbeddedDatabase } from './database/open-database.js';
import { openPostgres } from './database/postgres/open-postgres.js';
import { openDemoDatabase } from './demo/open-demo.js';
import { createDemoPages } from './demo/pages.js';
import { resetWorld } from './demo/reset-world.js';
import { seedWorld } from './demo/seed-world.js';
import { createFileStore } from './files.js';
import { isFreeMail } from './free-mail.js';
import { createHasher } from './hashing.js';
import { isKnownPassword } from './known-passwords.js';
import { type Fetch, listen } from './listen.js';
import { demoFolder, embedFolder } from './paths.js';
import { createOutsideFetch } from './outside-fetch.js';
import { readCsv } from './read-csv.js';
import { readForm } from './read-form.js';
import { createSanitise } from './sanitise.js';
import { createSmtpTransport } from './smtp.js';
import { createTus } from './tus.js';

export interface RunningServer {
  readonly port: number;
  /** Where to find the admin token that was made at this start, in words. */
  readonly newToken: string | null;
  /** There is no account yet, and so no portal. */
  readonly isEmpty: boolean;
  /** One-time link of the first person who may set up a portal; `null` where there is somebody. */
  readonly firstLink: string | null;
  /** The demo world was of another version, and so made anew. */
  readonly isRemade: boolean;
  stop(): Promise<void>;
}

/**
 * Listens, opens the data folder and seeds the demo world where it belongs. The port comes first, as it is soon known
 * whether it is free; requests that arrive early wait.
 *
 * @throws ConfigError, FolderInUseError, PostgresError, MigrationError with a sentence for the person who started the server
 */
export async function startServer(config: Config, log: (entry: LogEntry) => void): Promise<RunningServer> {
  if (!config.postgres) prepareDataFolder(config.command, config.dataFolder);
  let opened: (fetch: Fetch) => void = () => {};
  const ready = new Promise<Fetch>((resolve) => {
    opened = resolve;
  });
  const listening = await listen(config, async (request, incoming) => (await ready)(request, incoming));
  try {
    const { fetch, announceStop, close, ...facts } = await openServer(config, log, listening.port);
    opened(fetch);
    if (!config.postgres) announceAddress(config.dataFolder, localAddress(config.host, listening.port));
    const stop = async () => {
      announceStop();
      await listening.stop();
      await close();
    };
    return { ...facts, port: listening.port, stop };
  } catch (error) {
    await listening.stop(0);
    throw error;
  }
}

async function openServer(config: Config, log: (entry: LogEntry) => void, port: number) {
  const { command, postgres, dataFolder } = config;
  const { database, isRemade } = await openDatabase(config, log);
  let mailing: Mailing | null = null;
  try {
    const { newToken, ...kept } = postgres ? await readSharedKept(config, database) : readKept(config);
    const callers = new WeakMap<Request, IncomingMessage>();
    const stopping = new AbortController();
    const clock = () => new Date();
    const outgoing = createOutgoing({ database, log }, { anywhere: globalThis.fetch, outside: createOutsideFetch() });
    const transport = createMailTransport(config);
    mailing = transport && startMailing({ ...kept, database, clock, log, transport });
    const deps: AppDeps = {
      ...kept,
      database,
      log,
      carrier: callerCarrier,
      caller: (request) => readCaller(request, callers.get(request) ?? null, config),
      hasher: createHasher(),
      isKnownPassword,
      sha256: (bytes) => createHash('sha256').update(bytes).digest(),
      files: postgres ? createDatabaseFiles(database) : createFileStore(join(dataFolder, 'files')),
      attachmentBytes: config.attachmentBytes,
      readForm,
      readCsv,
      tus: createTus(),
      scanner: config.clamd && createClamdScanner(config.clamd),
      mail: mailing,
      sanitise: createSanitise(),
      isFreeMail,
      backup: () => createBackupStream(config, database, log),
      assets: createAssets(embedFolder),
      clock,
      newId: () => randomBytes(16).toString('base64url'),
      // What people keep in a database of their own is not ours to empty, whatever command it was opened with.
      demo: command === 'demo' ? { reset: postgres ? null : () => resetWorld(deps, demoWorld) } : null,
      stopping: stopping.signal,
      outgoing,
      desks: createDesks({ ...kept, database, clock, outgoing }, createConnectors(clock)),
    };
    if (deps.demo) await seedWorld(deps, demoWorld);
    const app = createApp(deps);
    const pages = deps.demo ? createDemoPages(createAssets(demoFolder)) : null;
    const fetch: Fetch = async (request, incoming) => {
      callers.set(request, incoming);
      return (await pages?.(request)) ?? app.fetch(request);
    };
    const empty = await isEmpty(database);
    const firstLink = command === 'start' ? await remakeFirstLink(deps, addressOf(config, port)) : null;
    const stopJobs = startJobs(deps);
    const stopFollowing = startFollowing(deps);
    return {
      fetch,
      newToken,
      isEmpty: empty,
      firstLink,
      isRemade,
      announceStop() {
        log({ level: 'info', event: 'stopping' });
        stopping.abort();
      },
      close: () => Promise.all([stopJobs(), stopFollowing(), mailing?.stop()]).then(() => close(deps)),
    };
  } catch (error) {
    await mailing?.stop();
    await database.close();
    throw error;
  }
}

async function openDatabase({ command, postgres, dataFolder: folder }: Config, log: (entry: LogEntry) => void) {
  if (command === 'demo' && !postgres) return openDemoDatabase(folder, log);
  const database = postgres
    ? await openPostgres({ ...postgres, migrations: readMigrations(), log })
    : await openEmbeddedDatabase({ folder, log });
  return { database, isRemade: false };
}

/** The demo's people have no mailboxes: unless a mail server was set, what they would get stays here to be read. */
function createMailTransport({ command, mail }: Config): MailTransport | null {
  if (mail) return createSmtpTransport(mail);
  return command === 'demo' ? createKeepingTransport() : null;
}

/** Where people find a server that listens on `port`. */
export const addressOf = ({ publicUrl }: Config, port: number): string => publicUrl ?? `http://localhost:${port}`;

/** How a program on this machine reaches a server that listens on `host`. */
function localAddress(host: string, port: number): string {
  const own = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${own.includes(':') ? `[${own}]` : own}:${port}`;
}

async function isEmpty(database: Database): Promise<boolean> {
  const statement = { name: 'server.accounts', text: 'SELECT account_id FROM accounts LIMIT 1' };
  const [accounts] = await database.batch({ role: 'staff' }, [{ statement }]);
  return accounts?.length === 0;
}

async function close({ database, files, log }: AppDeps): Promise<void> {
  await files.close();
  await database.close();
  log({ level: 'info', event: 'stopped' });
}
