import type { NewMessage, NewTicket } from '../model/index.js';
import { countKept, forgetKept, Vault } from './vault.js';

/** Where something is written: for whom, and what. */
export interface DraftPlace {
  /** Names the portal and the contact. */
  readonly scope: string;
  /** `Session.draftKey`; `null` where the backend hands out none. */
  readonly draftKey: string | null;
  /** Names the ticket or the form. */
  readonly name: string;
}

/** What was given to be sent. */
export interface Sending {
  /** When, ISO 8601 in UTC. */
  readonly at: string;
  readonly locale: string;
  /** The ticket that it answers; `null` for a new one. */
  readonly ticketId: string | null;
  readonly input: NewMessage | NewTicket;
}

/** What somebody typed. */
export interface Draft {
  readonly values: Readonly<Record<string, string>>;
  /** The key under which exactly these words are sent. */
  readonly idempotencyKey: string;
  /** Present from the moment when it was given to be sent until it is known what became of it. */
  readonly sending?: Sending;
}

/** A draft with the name of its place. */
export interface Written {
  readonly name: string;
  readonly draft: Draft;
}

const prefix = 'portico.draft:';
/** Not yet written, or not writable where the page may not use its storage. */
const pending = new Map<string, { readonly place: DraftPlace; readonly draft: Draft | null }>();
/** What is being written. One after the other: an older text must not come after a newer one. */
let writing: Promise<void> | undefined;

const storage = (): Storage | undefined => {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
};

/** The same for the same place. */
export const idOf = ({ scope, name }: DraftPlace): string => scope + name;

let opened: { readonly place: DraftPlace; readonly vault: Vault } | undefined;

/** The vault of a contact; where the backend hands out no key there is none. */
function vaultOf(place: DraftPlace): Vault | undefined {
  const { scope, draftKey } = place;
  if (draftKey === null) return undefined;
  if (opened?.place.scope !== scope || opened.place.draftKey !== draftKey)
    opened = { place, vault: new Vault(scope, draftKey, 'written') };
  return opened.vault;
}

/**
 * Keeps a draft; `null` forgets it. As ciphertext in this browser, or in this tab where the backend hands out no key. Written
 * at once, or when what is being written is: a page may go at any letter, and does not wait for its storage.
 */
export function saveDraft(place: DraftPlace, draft: Draft | null): void {
  pending.set(idOf(place), { place, draft });
  void writeDrafts();
}

/** Resolves when what is pending is written. What cannot be (storage full or forbidden) stays in memory. */
export function writeDrafts(): Promise<void> {
  const turn = (writing ?? Promise.resolve()).then(writePending).finally(() => {
    if (writing === turn) writing = undefined;
  });
  writing = turn;
  return turn;
}

async function writePending(): Promise<void> {
  for (const [id, { place, draft }] of pending) {
    const vault = vaultOf(place);
    if (vault) await writeSealed(vault, id);
    else writeForTab(id, draft);
  }
}

export async function readDraft(place: DraftPlace): Promise<Draft | undefined> {
  const waiting = pending.get(idOf(place));
  if (waiting) return waiting.draft ?? undefined;
  const vault = vaultOf(place);
  if (vault) return (await vault.read<Written>(place.name))?.value.draft;
  try {
    return (JSON.parse(storage()?.getItem(prefix + idOf(place)) ?? 'null') as Draft | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** All drafts of a contact that can be read again after the page is gone, with their places. */
export async function readDrafts(scope: string, draftKey: string): Promise<readonly Written[]> {
  await writeDrafts();
  const kept = await vaultOf({ scope, draftKey, name: '' })?.readAll<Written>();
  return kept?.map(({ value }) => value) ?? [];
}

/** How many texts are written and not sent. */
export async function countDrafts(scope: string): Promise<number> {
  await writeDrafts();
  const ofTab = [...pending.keys(), ...Object.keys(storage() ?? {})].filter(
    (key) => key.startsWith(scope) || key.startsWith(prefix + scope),
  );
  return ofTab.length + (await countKept(scope, 'written'));
}

/** Forgets every draft of a scope, or of every scope that begins so. */
export async function forgetDrafts(scope: string): Promise<void> {
  for (const id of pending.keys()) if (id.startsWith(scope)) pending.delete(id);
  const store = storage();
  for (const key of Object.keys(store ?? {})) if (key.startsWith(prefix + scope)) store?.removeItem(key);
  await writing;
  await forgetKept(scope, 'written');
}

function writeForTab(id: string, draft: Draft | null): void {
  try {
    const store = storage();
    if (!store) return;
    if (draft) store.setItem(prefix + id, JSON.stringify(draft));
    else store.removeItem(prefix + id);
    pending.delete(id);
  } catch {
    // It stays in memory.
  }
}

async function writeSealed(vault: Vault, id: string): Promise<void> {
  const entry = pending.get(id);
  if (!entry) return;
  const { draft, place } = entry;
  const { name } = place;
  const isWritten = draft ? await vault.write(name, { name, draft } satisfies Written) : await vault.remove(name);
  if (isWritten && pending.get(id) === entry) pending.delete(id);
}
