import { PGlite } from '@electric-sql/pglite';

import { isHarmless } from '../../content/harmless.js';
import { resetWorld } from '../../server/node/demo/reset-world.js';
import { seedWorld } from '../../server/node/demo/seed-world.js';
import { servePglite } from '../../server/pglite/serve.js';
import { createSessionDatabase } from '../../server/sql/session-database.js';
import type { World } from '../../world/world.js';
import { createInProcess, type InProcess } from '../in-process.js';

/** The real server in a page, for as many worlds as are put into it: each is an account with a portal of its own. */
export interface PageServer extends InProcess {
  /** Writes a world, unless it is there. Worlds differ in `account` and in `portal.slug`. */
  seed(world: World): Promise<void>;
  /** Writes a world anew; its sessions end. */
  reset(world: World): Promise<void>;
  close(): Promise<void>;
}

const files = import.meta.glob<string>('../../server/migrations/*.sql', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const migrations = Object.entries(files).map(([path, sql]) => ({ name: path.replace(/^.*\//, ''), sql }));

/** Milliseconds: a world of 10,000 tickets is written in one transaction, and nobody else waits for this database. */
const transactionLimit = 300_000;

/** Starts the server on PostgreSQL in memory: about 4 MB to load, and gone with the page. */
export async function createPageServer(clock: () => Date = () => new Date()): Promise<PageServer> {
  const { session } = await servePglite(await PGlite.create(), migrations);
  const database = createSessionDatabase(session, { transactionLimit });
  const server = createInProcess(database, { clock, sanitise: (html) => (isHarmless(html) ? html : null) });
  return {
    ...server,
    seed: (world) => seedWorld(server.deps, world),
    reset: (world) => resetWorld(server.deps, world),
    close: () => database.close(),
  };
}
