import { Worker } from 'node:worker_threads';
import { type Step, DatabaseError } from '../../database.js';
import { MigrationError } from '../../sql/migrate.js';
import type { ListeningSession } from '../../sql/session.js';
import type { Answer, Failure, Heard, Opened, Request, WorkerOptions } from './worker-messages.js';

export interface WorkerSessionOptions extends WorkerOptions {
  /** Milliseconds that one exchange may take before the thread is ended and the database opened anew. */
  readonly statementLimit?: number;
  /** Each time the database is ready: at the start and after the thread had to be ended. */
  readonly onOpen?: (opened: Opened) => void;
}

/** A PGlite session in a thread of its own. Opens the database; rejects when that fails. */
export async function openWorkerSession(options: WorkerSessionOptions): Promise<ListeningSession> {
  const { statementLimit = 30_000, onOpen = () => {}, folder } = options;
  const hearers = new Set<(payload: string | null) => void>();
  const tell = (payload: string | null) => {
    for (const hear of hearers) hear(payload);
  };
  let thread: Promise<Thread> | null = start();
  await thread;

  async function start(): Promise<Thread> {
    const started = new Thread({ folder }, tell, () => {
      thread = null;
    });
    onOpen(await started.opened);
    // What the thread before this one committed last may not have been told.
    tell(null);
    return started;
  }

  return {
    async run(steps: readonly Step[]) {
      // In memory, what was lost with the thread cannot be opened again.
      if (!thread && folder === null) throw new DatabaseError('57P01', 'The database in memory is gone');
      thread ??= start();
      return (await (await thread).ask({ steps }, statementLimit)) as unknown[][];
    },

    listen(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },

    async close() {
      const running = await thread?.catch(() => null);
      await running?.ask({}, statementLimit);
      await running?.end('The database is closed');
    },
  };
}

/** One life of the worker thread. */
class Thread {
  readonly opened: Promise<Opened>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #onEnd: () => void;
  #lastId = 0;
  #ended = false;

  constructor(options: WorkerOptions, hear: (payload: string) => void, onEnd: () => void) {
    this.#onEnd = onEnd;
    this.#worker = startWorker(options);
    this.#worker.on('message', (message: Answer | Heard) => {
      if ('heard' in message) hear(message.heard);
      else this.#settle(message);
    });
    this.#worker.on('error', (error) => void this.end(error.message));
    this.#worker.on('exit', () => void this.end('The database thread ended'));
    this.opened = this.#expect(0) as Promise<Opened>;
    this.opened.catch(() => this.end('The database could not be opened'));
  }

  ask(request: Omit<Request, 'id'>, limit: number): Promise<unknown> {
    if (this.#ended) return Promise.reject(new DatabaseError('57P01', 'The database thread ended'));
    const id = ++this.#lastId;
    const timer = setTimeout(() => void this.end(`A statement took longer than ${limit} ms`), limit);
    const answer = this.#expect(id);
    this.#worker.postMessage({ id, ...request } satisfies Request);
    return answer.finally(() => clearTimeout(timer));
  }

  /** Whatever still waits is rejected. To the database this is a crash: what was committed stays. */
  async end(reason: string): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    await this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new DatabaseError('57P01', reason));
    this.#waiting.clear();
  }

  #expect(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('value' in answer) return waiting?.resolve(answer.value);
    waiting?.reject(toError(answer.failure));
  }
}

function toError({ name, message, code }: Failure): Error {
  if (code !== null) return new DatabaseError(code, message);
  return name === 'MigrationError' ? new MigrationError(message) : new Error(message);
}

/** From sources (tests, `tsx`) the worker is TypeScript too; in the build it lies beside this file. */
function startWorker(workerData: WorkerOptions): Worker {
  const file = import.meta.url.endsWith('.ts') ? './pglite-worker.source.mjs' : './pglite-worker.js';
  return new Worker(new URL(file, import.meta.url), { workerData });
}
