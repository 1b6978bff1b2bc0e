import { createStore, delMany, entries, get, set, type UseStore } from 'idb-keyval';

/** Something that was kept, and when: ISO 8601 in UTC. */
export interface Kept<T> {
  readonly value: T;
  readonly at: string;
}

interface Sealed {
  readonly at: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** The most that is kept for one contact; the oldest goes first. */
const most = 40;
/** Letters of the longest text that is kept: a list that somebody has opened page by page grows without end. */
const longestText = 1_000_000;
/** Milliseconds that something is kept: 30 days. */
const longestTime = 30 * 24 * 60 * 60 * 1000;

let opened: UseStore | undefined;
const store = (): UseStore => (opened ??= createStore('portico', 'kept'));

/**
 * Keeps in this browser what one contact has read, so that nobody else can read it there: as AES-GCM ciphertext, under a key
 * that only a live session hands out. Where the browser keeps nothing (private windows, a page that may not), nothing is kept
 * and nothing fails.
 */
export class Vault {
  readonly #scope: string;
  readonly #draftKey: string;
  readonly #key: Promise<CryptoKey | undefined>;

  /**
   * @param scope names the portal and the contact, as the keys of drafts do
   * @param draftKey `Session.draftKey`: 256 bits in base64url
   */
  constructor(scope: string, draftKey: string) {
    this.#scope = scope;
    this.#draftKey = draftKey;
    this.#key = importKey(draftKey);
  }

  /** What was kept under a name, unless it is too old, was kept under another key, or is not what was put there. */
  async read<T>(name: string): Promise<Kept<T> | undefined> {
    try {
      const [key, sealed] = await Promise.all([this.#key, get<Sealed>(await this.#placeOf(name), store())]);
      if (!key || !sealed || Date.now() - Date.parse(sealed.at) > longestTime) return undefined;
      const text = await crypto.subtle.decrypt(this.#how(name, sealed), key, sealed.data);
      return { value: JSON.parse(new TextDecoder().decode(text)) as T, at: sealed.at };
    } catch {
      return undefined;
    }
  }

  /** Keeps a value that JSON can hold, in the place of what had the name before. */
  async write(name: string, value: unknown): Promise<void> {
    try {
      const key = await this.#key;
      const text = JSON.stringify(value);
      if (!key || text.length > longestText) return;
      const how = { at: new Date().toISOString(), iv: crypto.getRandomValues(new Uint8Array(12)) };
      const data = await crypto.subtle.encrypt(this.#how(name, how), key, new TextEncoder().encode(text));
      await set(await this.#placeOf(name), { ...how, data } satisfies Sealed, store());
      await this.#clear();
    } catch {
      // The storage is full or forbidden: what is on the screen is still there.
    }
  }

  /** Whoever looks into the storage sees no name: it may be what somebody looked for. */
  async #placeOf(name: string): Promise<string> {
    const bytes = new TextEncoder().encode(`${this.#draftKey} ${name}`);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return this.#scope + btoa(String.fromCharCode(...digest));
  }

  /** A value is what it is under its name and of its time only: whoever swaps two of them finds neither. */
  #how(name: string, { at, iv }: Pick<Sealed, 'at' | 'iv'>): AesGcmParams {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${this.#scope}${name} ${at}`) };
  }

  async #clear(): Promise<void> {
    const mine = await sealedOf(this.#scope);
    const oldest = mine.toSorted(([, one], [, other]) => other.at.localeCompare(one.at)).slice(most);
    if (oldest.length)
      await delMany(
        oldest.map(([name]) => name),
        store(),
      );
  }
}

/** Forgets all that was kept under a scope, or under every scope that begins so. */
export async function forgetKept(scope: string): Promise<void> {
  try {
    const found = await sealedOf(scope);
    await delMany(
      found.map(([name]) => name),
      store(),
    );
  } catch {
    // Where nothing can be kept, nothing is to be forgotten.
  }
}

async function sealedOf(scope: string): Promise<[string, Sealed][]> {
  const all = await entries<string, Sealed>(store());
  return all.filter(([name]) => name.startsWith(scope));
}

/** A key that no script can read out again. */
async function importKey(draftKey: string): Promise<CryptoKey | undefined> {
  try {
    const bytes = Uint8Array.from(atob(draftKey.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  } catch {
    return undefined;
  }
}
