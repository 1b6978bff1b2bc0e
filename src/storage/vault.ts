import { createStore, del, delMany, entries, get, set, type UseStore } from 'idb-keyval';

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

/** What somebody has read, and what somebody has written and not sent. */
export type Area = 'read' | 'written';

/** By area the database that holds it, and the most that it holds for one contact: the oldest goes first. */
const areas = {
  read: { database: 'portico', name: 'kept', most: 40 },
  written: { database: 'portico-drafts', name: 'drafts', most: 500 },
} as const;
/** Letters of the longest text that is kept: a list that somebody has opened page by page grows without end. */
const longestText = 1_000_000;
/** Milliseconds that something is kept: 30 days. */
const longestTime = 30 * 24 * 60 * 60 * 1000;

const opened: Partial<Record<Area, UseStore>> = {};
const storeOf = (area: Area): UseStore => (opened[area] ??= createStore(areas[area].database, areas[area].name));

/**
 * Keeps in this browser what one contact has read or written, so that nobody else can read it there: as AES-GCM ciphertext,
 * under a key that only a live session hands out. Where the browser keeps nothing (private windows, a page that may not),
 * nothing is kept and nothing fails.
 */
export class Vault {
  readonly #scope: string;
  readonly #draftKey: string;
  readonly #key: Promise<CryptoKey | undefined>;
  readonly #area: Area;

  /**
   * @param scope names the portal and the contact
   * @param draftKey `Session.draftKey`: 256 bits in base64url
   */
  constructor(scope: string, draftKey: string, area: Area = 'read') {
    this.#scope = scope;
    this.#draftKey = draftKey;
    this.#key = importKey(draftKey);
    this.#area = area;
  }

  /** What was kept under a name, unless it is too old, was kept under another key, or is not what was put there. */
  async read<T>(name: string): Promise<Kept<T> | undefined> {
    try {
      const place = await this.#placeOf(name);
      const sealed = await get<Sealed>(place, storeOf(this.#area));
      return sealed && (await this.#open<T>(place, sealed));
    } catch {
      return undefined;
    }
  }

  /** All that was kept and can be read, in no order. */
  async readAll<T>(): Promise<readonly Kept<T>[]> {
    try {
      const found = await sealedOf(this.#area, this.#scope);
      const kept = await Promise.all(
        found.map(([place, sealed]) => this.#open<T>(place, sealed).catch(() => undefined)),
      );
      return kept.filter((one) => one !== undefined);
    } catch {
      return [];
    }
  }

  /** Keeps a value that JSON can hold, in the place of what had the name before. False when it could not be kept. */
  async write(name: string, value: unknown): Promise<boolean> {
    try {
      const [key, place] = await Promise.all([this.#key, this.#placeOf(name)]);
      const text = JSON.stringify(value);
      if (!key || text.length > longestText) return false;
      const how = { at: new Date().toISOString(), iv: crypto.getRandomValues(new Uint8Array(12)) };
      const data = await crypto.subtle.encrypt(howOf(place, how), key, new TextEncoder().encode(text));
      const store = storeOf(this.#area);
      const isNew = (await get(place, store)) === undefined;
      await set(place, { ...how, data } satisfies Sealed, store);
      if (isNew) await this.#clear();
      return true;
    } catch {
      // The storage is full or forbidden: what is on the screen is still there.
      return false;
    }
  }

  /** Forgets what had the name. */
  async remove(name: string): Promise<boolean> {
    try {
      await del(await this.#placeOf(name), storeOf(this.#area));
      return true;
    } catch {
      return false;
    }
  }

  async #open<T>(place: string, sealed: Sealed): Promise<Kept<T> | undefined> {
    const key = await this.#key;
    if (!key || isOld(sealed)) return undefined;
    const text = await crypto.subtle.decrypt(howOf(place, sealed), key, sealed.data);
    return { value: JSON.parse(new TextDecoder().decode(text)) as T, at: sealed.at };
  }

  /** Whoever looks into the storage sees no name: it may be what somebody looked for. */
  async #placeOf(name: string): Promise<string> {
    const bytes = new TextEncoder().encode(`${this.#draftKey} ${name}`);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return this.#scope + btoa(String.fromCharCode(...digest));
  }

  /** Of its own the newest stay; what is old goes, whoever it was of. */
  async #clear(): Promise<void> {
    const all = await entries<string, Sealed>(storeOf(this.#area));
    const tooMany = all
      .filter(([place]) => place.startsWith(this.#scope))
      .toSorted(([, one], [, other]) => other.at.localeCompare(one.at))
      .slice(areas[this.#area].most);
    const old = all.filter(([, sealed]) => isOld(sealed));
    const places = [...tooMany, ...old].map(([place]) => place);
    if (places.length) await delMany(places, storeOf(this.#area));
  }
}

/** Forgets all that was kept of an area under a scope, or under every scope that begins so. */
export async function forgetKept(scope: string, area: Area = 'read'): Promise<void> {
  try {
    const found = await sealedOf(area, scope);
    await delMany(
      found.map(([place]) => place),
      storeOf(area),
    );
  } catch {
    // Where nothing can be kept, nothing is to be forgotten.
  }
}

/** How much of an area is kept under a scope, whether or not it can be read. */
export const countKept = (scope: string, area: Area): Promise<number> =>
  sealedOf(area, scope).then(
    ({ length }) => length,
    () => 0,
  );

const isOld = ({ at }: Sealed): boolean => Date.now() - Date.parse(at) > longestTime;

/** A value is what it is in its place and of its time only: whoever swaps two of them finds neither. */
const howOf = (place: string, { at, iv }: Pick<Sealed, 'at' | 'iv'>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(`${place} ${at}`),
});

async function sealedOf(area: Area, scope: string): Promise<[string, Sealed][]> {
  const all = await entries<string, Sealed>(storeOf(area));
  return all.filter(([place]) => place.startsWith(scope));
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
