import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { demoWorld } from '../../world/demo-world.js';
import { createApp } from '../app.js';
import type { Database } from '../database.js';
import type { AppDeps, LogEntry } from '../deps.js';
import { createAssets } from './assets.js';
import { readCaller } from './caller.js';
import { cookieCarrier } from './carrier.js';
import type { Config } from './config.js';
import { prepareDataFolder, readKept } from './data-folder.js';
import { openEmbeddedDatabase } from './database/open-database.js';
import { createDemoPages } from './demo/pages.js';
import { seedWorld } from './demo/seed-world.js';
import { createFileStore } from './files.js';
import { createHasher } from './hashing.js';
import { type Listening, listen } from './listen.js';
import { demoFolder, embedFolder } from './paths.js';

export interface RunningServer {
  readonly port: number;
  /** File of an admin token that was made at this start. */
  readonly newTokenFile: string | null;
  readonly hasPortal: boolean;
  stop(): Promise<void>;
}

/**
 * Opens the data folder, seeds the demo world where it belongs, and listens.
 *
 * @throws ConfigError, FolderInUseError with a sentence for the person who started the server
 */
export async function startServer(config: Config, log: (entry: LogEntry) => void): Promise<RunningServer> {
  const { command, dataFolder } = config;
  prepareDataFolder(command, dataFolder);
  const database = await openEmbeddedDatabase({ folder: dataFolder, log });
  try {
    const { newTokenFile, ...kept } = readKept(config);
    const callers = new WeakMap<Request, IncomingMessage>();
    const deps: AppDeps = {
      ...kept,
      database,
      log,
      carrier: cookieCarrier,
      caller: (request) => readCaller(request, callers.get(request) ?? null, config),
      hasher: createHasher(),
      files: createFileStore(join(dataFolder, 'files')),
      assets: createAssets(embedFolder),
      clock: () => new Date(),
      newId: () => randomBytes(16).toString('base64url'),
      demo: command === 'demo',
    };
    if (deps.demo) await seedWorld(deps, demoWorld);
    const app = createApp(deps);
    const pages = deps.demo ? createDemoPages(createAssets(demoFolder)) : null;
    const listening = await listen(config, async (request, incoming) => {
      callers.set(request, incoming);
      return (await pages?.(request)) ?? app.fetch(request);
    });
    return {
      port: listening.port,
      newTokenFile,
      hasPortal: await hasPortal(database),
      stop: () => stop(listening, deps),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function hasPortal(database: Database): Promise<boolean> {
  const statement = { name: 'server.has_account', text: 'SELECT FROM accounts LIMIT 1' };
  const [accounts] = await database.batch({ role: 'staff' }, [{ statement }]);
  return accounts?.length === 1;
}

async function stop(listening: Listening, { database, files, log }: AppDeps): Promise<void> {
  await listening.stop();
  await files.close();
  await database.close();
  log({ level: 'info', event: 'stopped' });
}
