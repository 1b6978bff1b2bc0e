import type { Command } from './command.js';

/** What survives a reload: when the world began, and every command since. */
export interface Journal {
  readonly start: Date;
  readonly commands: readonly Command[];
  add(command: Command): void;
}

/** The part of `Storage` that a journal needs. */
export type JournalStorage = Pick<Storage, 'getItem' | 'setItem'>;

interface Kept {
  readonly start: string;
  readonly commands: Command[];
}

/** Continues the journal in `storage`, or begins one at `now`. Without a storage it lives as long as the store. */
export function openJournal(storage: JournalStorage | null, key: string, now: Date): Journal {
  const kept = read(storage, key) ?? { start: now.toISOString(), commands: [] };
  return {
    start: new Date(kept.start),
    commands: kept.commands,
    add(command) {
      kept.commands.push(command);
      try {
        storage?.setItem(key, JSON.stringify(kept));
      } catch {
        // A full storage costs the demo its memory across reloads, not the change itself.
      }
    },
  };
}

/** Text that is not a journal, from another version perhaps, counts as none. */
function read(storage: JournalStorage | null, key: string): Kept | null {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Kept> | null;
    return kept?.start && Array.isArray(kept.commands) && !Number.isNaN(Date.parse(kept.start)) ? (kept as Kept) : null;
  } catch {
    return null;
  }
}
