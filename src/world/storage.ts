/** The part of a page's `Storage` that the demo needs. */
export type PageStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** A full or forbidden storage costs the demo its memory across reloads, nothing else. */
export function keep(storage: PageStorage | null, key: string, value: unknown): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
}

/** What was kept, or `null`; text that is no JSON counts as nothing. */
export function recall<T>(storage: PageStorage | null, key: string): T | null {
  try {
    return JSON.parse(storage?.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}
