import type { LivePortal } from './portal.js';

/**
 * What a case may need: `person`: somebody who signs in; `strangers`: two people of whom one sees a ticket that the other
 * does not; `write`: leave to open a ticket and to reply.
 */
export type LiveNeed = 'person' | 'strangers' | 'write';

/** A question to a portal whose people and tickets somebody else has made. */
export interface LiveCase {
  /** What it is part of, as the table has it. */
  readonly promise: string;
  /** A sentence about behaviour. */
  readonly name: string;
  readonly needs?: readonly LiveNeed[];
  /** Rejects with a `ConformanceError` when the promise was not kept, with `Skipped` when there is nothing to ask. */
  run(portal: LivePortal): Promise<void>;
}

/** The case has nothing to ask this portal; the message says why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

export const promises = {
  shape: 'answers have the documented shape and nothing more',
  session: 'who is signed out gets nothing, and a session ends when it is ended',
  list: 'a list is complete, sorted and without repeats, however it is paged',
  agree: 'list, ticket, search and counts agree',
  thread: 'a thread is complete, and all of it is public',
  absent: 'what somebody may not see does not exist for them',
  cursor: 'a cursor serves one person and one question',
  origin: 'only pages of the portal may ask',
  headers: 'no cache keeps an answer, and no browser guesses its type',
  write: 'a write is carried out once',
} as const;
