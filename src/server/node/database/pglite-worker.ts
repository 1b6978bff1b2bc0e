/**
 * The thread that owns the PGlite instance. WebAssembly blocks the thread it runs on and cannot be interrupted, so it gets
 * one of its own, which the server can end.
 */
import { PGlite } from '@electric-sql/pglite';
import { parentPort, workerData } from 'node:worker_threads';
import { type Statement, DatabaseError } from '../../database.js';
import { migrate } from '../../pglite/migrate.js';
import { type PgliteSession, createPgliteSession } from '../../pglite/pglite-session.js';
import { readMigrations } from './migration-files.js';
import { openFolder } from './pglite-folder.js';
import type { Answer, Failure, Opened, Request, WorkerOptions } from './worker-messages.js';

if (!parentPort) throw new Error('pglite-worker runs in a worker thread only');
const port = parentPort;
const opening = open(workerData as WorkerOptions);
opening.then(
  ({ opened }) => port.postMessage({ id: 0, value: opened } satisfies Answer),
  (error) => port.postMessage({ id: 0, failure: toFailure(error) } satisfies Answer),
);

port.on('message', (request: Request) => {
  answer(request).then(
    (value) => port.postMessage({ id: request.id, value } satisfies Answer),
    (error) => port.postMessage({ id: request.id, failure: toFailure(error) } satisfies Answer),
  );
});

async function answer(request: Request): Promise<unknown> {
  const { session } = await opening;
  return request.steps ? session.run(request.steps) : session.close();
}

async function open({ folder }: WorkerOptions): Promise<{ session: PgliteSession; opened: Opened }> {
  if (folder === null) {
    const session = createPgliteSession(await PGlite.create());
    return { session, opened: { migrated: await migrate(session, readMigrations()), durable: false } };
  }
  const { pglite, syncs } = await openFolder(folder);
  const session = createPgliteSession(pglite);
  const migrated = await migrate(session, readMigrations());
  const before = syncs();
  await session.run([{ statement: writeToLog }]);
  return { session, opened: { migrated, durable: syncs() > before } };
}

/** A commit that changes no table: proof that a commit reaches the disk. */
const writeToLog: Statement = {
  name: 'open.proof',
  text: "SELECT pg_logical_emit_message(true, 'portico', 'open')::text",
};

function toFailure(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message, code: error instanceof DatabaseError ? error.code : null };
}
