import type { AppDeps } from '../deps.js';
import { createSealer } from '../seal.js';

/** A ticket as the stream last sent it. */
export interface Sent {
  readonly id: number;
  /** Its last public event, in milliseconds since 1970. */
  readonly at: number;
  /** Tells one content from another. */
  readonly print: string;
}

/** Where a stream got to. */
export interface Position {
  /** Up to here everything was sent, but for what was not committed yet; in milliseconds since 1970. */
  readonly covered: number;
  /** What made up the contact's view: with another one, the client has to begin anew. */
  readonly scope: string;
  /** What was sent of the time that is looked at again. */
  readonly sent: readonly Sent[];
}

/**
 * Milliseconds before `covered` that are looked at again: a transaction may commit ten seconds after it took its time, later
 * if it waited for a connection, and the clocks of two servers differ.
 */
export const lookBack = 20_000;

/** As many are remembered in a position; what is beyond may come a second time after a reconnection. */
const remembered = 64;

/** As long as the longest session. */
const seconds = 30 * 24 * 3600;

export interface Positions {
  /** `owner` says whose stream of which portal it is. */
  seal(owner: string, position: Position): Promise<string>;
  /** `null` for a position that is made up or somebody else's. */
  open(owner: string, text: string): Promise<Position | null>;
}

export function createPositions({ secret, clock }: Pick<AppDeps, 'secret' | 'clock'>): Positions {
  const sealer = createSealer(secret, 'event position', clock);
  return {
    seal(owner, { covered, scope, sent }) {
      const recent = sent.filter(({ at }) => at >= covered - lookBack).slice(-remembered);
      return sealer.seal({ owner, covered, scope, sent: recent.map(({ id, at, print }) => [id, at, print]) }, seconds);
    },
    async open(owner, text) {
      const payload = await sealer.open(text);
      if (payload?.['owner'] !== owner) return null;
      const sent = payload['sent'] as [id: number, at: number, print: string][];
      return {
        covered: payload['covered'] as number,
        scope: payload['scope'] as string,
        sent: sent.map(([id, at, print]) => ({ id, at, print })),
      };
    },
  };
}
