import type { Command } from './command.js';
import type { PageStorage } from './storage.js';
import { keep, recall } from './storage.js';

/** What survives a reload: when the world began, and every command since. */
export interface Journal {
  readonly start: Date;
  readonly commands: readonly Command[];
  add(command: Command): void;
}

interface Kept {
  readonly start: string;
  readonly commands: Command[];
}

/** Continues the journal in `storage`, or begins one at `now`. Without a storage it lives as long as the store. */
export function openJournal(storage: PageStorage | null, key: string, now: Date): Journal {
  const found = recall<Partial<Kept>>(storage, key);
  const kept: Kept = isJournal(found) ? found : { start: now.toISOString(), commands: [] };
  return {
    start: new Date(kept.start),
    commands: kept.commands,
    add(command) {
      kept.commands.push(command);
      keep(storage, key, kept);
    },
  };
}

const isJournal = (kept: Partial<Kept> | null): kept is Kept =>
  Array.isArray(kept?.commands) && !Number.isNaN(Date.parse(kept.start ?? ''));
