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

export interface Failure {
  /** SQLSTATE; `null` when it was not the database that failed. */
  readonly code: string | null;
  readonly message: string;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };
