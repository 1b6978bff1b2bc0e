/**
 * The thread that owns the PGlite instance. WebAssembly blocks the thread it runs on and cannot be interrupted, so it gets
 * one of its own, which the server can end.
 */
import { PGlite } from '@electric-sql/pglite';
import { parentPort, workerData } from 'node:worker_threads';
import { type Statement, DatabaseError } from '../../database.js';
import type { PgliteSession } from '../../pglite/pglite-session.js';
import { servePglite } from '../../pglite/serve.js';
import { keepUp } from '../../pglite/upkeep.js';
import { readMigrations } from './migration-files.js';
import { openFolder } from './pglite-folder.js';
import type { Answer, Failure, Heard, Opened, Request, WorkerOptions } from './worker-messages.js';

if (!parentPort) throw new Error('pglite-worker runs in a worker thread only');
const port = parentPort;
const opening = open(workerData as WorkerOptions);
opening.then(
  ({ opened }) => port.postMessage({ id: 0, value: opened } satisfies Answer),
  (error) => port.postMessage({ id: 0, failure: toFailure(error) } satisfies Answer),
);

port.on('message', (request: Request) => {
  clearTimeout(idle);
  answer(request)
    .then(
      (value) => port.postMessage({ id: request.id, value } satisfies Answer),
      (error) => port.postMessage({ id: request.id, failure: toFailure(error) } satisfies Answer),
    )
    .finally(() => request.steps && waitForQuiet());
});

async function answer(request: Request): Promise<unknown> {
  const { session } = await opening;
  await upkeep;
  return request.steps ? session.run(request.steps) : session.close();
}

/** Milliseconds without a request after which a table is cleaned up, and after that the next one. */
const QUIET = 60_000;
let idle: ReturnType<typeof setTimeout> | undefined;
/** Requests wait for it. When it fails, the thread ends, and the database is opened anew. */
let upkeep: Promise<unknown> = Promise.resolve();

function waitForQuiet(): void {
  clearTimeout(idle);
  idle = setTimeout(() => {
    upkeep = opening
      .then(({ session }) => keepUp(session))
      .then(
        (more) => more && waitForQuiet(),
        (error: unknown) => queueMicrotask(() => raise(error)),
      );
  }, QUIET);
}

function raise(error: unknown): never {
  throw error;
}

async function open({ folder }: WorkerOptions): Promise<{ session: PgliteSession; opened: Opened }> {
  const { pglite, syncs } =
    folder === null ? { pglite: await PGlite.create(), syncs: () => 0 } : await openFolder(folder);
  const { session, migrated } = await servePglite(pglite, readMigrations());
  session.listen((heard) => heard !== null && port.postMessage({ heard } satisfies Heard));
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
