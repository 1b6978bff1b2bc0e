import type { Query } from './command.js';
import type { Stage } from './rules.js';
import type { Setting } from './setting.js';
import { personName, staffName, statuses } from './setting.js';

interface Entry {
  readonly by: number | null;
  readonly note: boolean;
  readonly text: string;
  /** Ids of statuses, for a change. */
  readonly change: readonly [string, string] | null;
}

/** A ticket as the reference keeps it. */
export interface Kept {
  readonly subject: string;
  readonly requester: number;
  readonly properties: Readonly<Record<string, string>>;
  contacts: readonly number[];
  participants: readonly number[];
  companies: readonly number[];
  status: number;
  inbox: number;
  deleted: boolean;
  readonly entries: Entry[];
  /** Moments: those before the start are negative minutes, later ones count up. */
  readonly created: number;
  updated: number;
  /** Who made the last public entry; `null` for support. */
  last: number | null;
  readonly read: Map<number, number>;
}

/** The ticket of a setting, when nothing has happened yet. */
export function keep({ said, age, readBy, ...ticket }: Setting['tickets'][number]): Kept {
  const lastPublic = said.findLastIndex(({ note }) => !note);
  const updated = lastPublic - age * 60;
  return {
    ...ticket,
    entries: said.map((one) => ({ ...one, change: null })),
    created: -age * 60,
    updated,
    last: said[lastPublic]?.by ?? null,
    read: new Map(readBy.map((person) => [person, updated])),
  };
}

export const stageOf = (kept: Kept): Stage => statuses[kept.status]?.category ?? 'open';

/** What a list is ordered by; tickets are numbered by their place. */
export const sortKey = (kept: Kept, place: number, { sort }: Query): number =>
  ({ updated: kept.updated, created: kept.created, number: place, status: kept.status })[sort];

/** Does the ticket have what is asked of its properties? A product by its name, units from one number to another. */
export function hasAll({ properties }: Kept, { properties: asked }: Query): boolean {
  const { product, units } = asked;
  const [least, most] = (units ?? '').split('..');
  const counted = /^\d+$/.test(properties['units'] ?? '') ? Number(properties['units']) : null;
  if (product !== undefined && properties['product'] !== product) return false;
  return units === undefined || (counted !== null && counted >= Number(least) && counted <= Number(most || Infinity));
}

/** The public thread in pages of `limit`, the newest page first. */
export function threadPages(kept: Kept, limit: number) {
  const label = (id: string) => statuses.find((status) => status.id === id)?.label.en ?? '';
  const thread = kept.entries
    .filter(({ note }) => !note)
    .map(({ by, text, change }) => ({
      author: by === null ? staffName : personName(by),
      side: by === null ? 'support' : 'contact',
      text,
      change: change && [label(change[0]), label(change[1])],
    }));
  const pages = [];
  for (let end = thread.length; end > 0; end -= limit) pages.push(thread.slice(Math.max(0, end - limit), end));
  return pages;
}

/** Adds a public message. */
export function say(kept: Kept, by: number | null, text: string, moment: number): void {
  kept.entries.push({ by, note: false, text, change: null });
  kept.updated = moment;
  kept.last = by;
}

/** Changes the status, which is a public entry. */
export function setStatus(kept: Kept, by: number | null, status: number, moment: number): void {
  const change = [statuses[kept.status]?.id ?? '', statuses[status]?.id ?? ''] as const;
  kept.entries.push({ by, note: false, text: '', change });
  kept.status = status;
  kept.updated = moment;
  kept.last = by;
}

export const lastOpen = statuses.findLastIndex(({ category }) => category === 'open');
export const firstWaiting = statuses.findIndex(({ category }) => category === 'waiting_on_contact');
