/** What somebody typed and did not send, with the key under which it would be sent. */
export interface Draft {
  readonly values: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | null;
}

const prefix = 'portico.draft:';
const delay = 300;
/** Not yet written, or not writable where the page may not use its storage. */
const pending = new Map<string, Draft | null>();
let timer: ReturnType<typeof setTimeout> | undefined;

const storage = (): Storage | undefined => {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
};

/** Writes what is pending. What cannot be written (storage full or forbidden) stays in memory. */
function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  for (const [key, draft] of pending) {
    try {
      if (draft) storage()?.setItem(key, JSON.stringify(draft));
      else storage()?.removeItem(key);
      if (storage()) pending.delete(key);
    } catch {
      return;
    }
  }
}

/** Keeps a draft for this tab; `null` forgets it. Written a moment later, at the latest when the page goes. */
export function saveDraft(key: string, draft: Draft | null): void {
  pending.set(prefix + key, draft);
  // Adding the same listener again changes nothing.
  addEventListener('pagehide', flush);
  timer ??= setTimeout(flush, delay);
}

export function readDraft(key: string): Draft | null {
  const waiting = pending.get(prefix + key);
  if (waiting !== undefined) return waiting;
  try {
    return JSON.parse(storage()?.getItem(prefix + key) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

/** Forgets every draft whose key begins so. */
export function forgetDrafts(start: string): void {
  flush();
  const store = storage();
  for (const key of [...pending.keys(), ...Object.keys(store ?? {})]) {
    if (!key.startsWith(prefix + start)) continue;
    pending.delete(key);
    store?.removeItem(key);
  }
}
