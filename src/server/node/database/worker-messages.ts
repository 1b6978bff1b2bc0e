import type { Step } from '../../database.js';

/** What the server and the thread that owns PGlite say to each other. */

export interface WorkerOptions {
  /** PGlite's own folder; `null` keeps everything in memory. */
  readonly folder: string | null;
}

/** The first answer, with id 0, when the database is ready. */
export interface Opened {
  /** Names of the migrations that ran. */
  readonly migrated: readonly string[];
  /** A commit was seen to reach the disk. */
  readonly durable: boolean;
}

/** Without steps: close. */
export interface Request {
  readonly id: number;
  readonly steps?: readonly Step[];
}

/** An error as text: classes do not survive the way between threads. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** SQLSTATE of a `DatabaseError`. */
  readonly code: string | null;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

/** Not asked for: the payload of a notification. */
export interface Heard {
  readonly heard: string;
}
