import type { ConsentSignIn, Message, Session } from '../../model/index.js';
import { isHarmless } from '../../content/harmless.js';
import { demoWorld } from '../../world/demo-world.js';
import { keep, recall } from '../../world/storage.js';
import { base64url } from '../../world/public-id.js';
import type { Store, StoreOptions } from '../../world/store.js';
import { createStore } from '../../world/store.js';
import { StoreError } from '../../world/store-error.js';
import { BackendError } from '../backend-error.js';
import type { PortalBackend, RequestOptions } from '../portal-backend.js';
import { createConsent } from './memory-consent.js';
import { portalOf } from './memory-portal.js';

// What `store` takes: several people at one help desk, and the other side of it.
export { demoWorld } from '../../world/demo-world.js';
export { createStore, type Store } from '../../world/store.js';

export interface MemoryBackendOptions extends Partial<StoreOptions> {
  /** One that other backends share, in place of an own one: several people at the same help desk. */
  readonly store?: Store;
}

/** It sends no mail, and so has no way in that needs one. */
export type MemoryBackend = Required<
  Omit<PortalBackend, 'startSignIn' | 'setPassword' | 'signInByToken' | 'signInElsewhere' | 'resumeSignIn'>
>;

interface Signed {
  readonly contact: string;
  /** They have not agreed yet. */
  readonly waits?: boolean;
}

const signedOut: Session = { contact: null, permission: null, expiresAt: null, draftKey: null };

/**
 * A whole help desk in the page: the demo world, no server. With a `storage` (the page's `sessionStorage`) the session and
 * everything written survive a reload.
 */
export function createMemoryBackend(options: MemoryBackendOptions = {}): MemoryBackend {
  const { storage = null, store = createStore({ world: demoWorld, ...options }) } = options;
  const sessionKey = `portico:demo:${store.world.account}:session`;
  let signed = recall<Signed>(storage, sessionKey);
  /** By contact: who comes back after their session has ended finds what they had written. */
  const keysKey = `portico:demo:${store.world.account}:draft-keys`;
  const consent = createConsent(store, storage);
  const draftKeys = recall<Record<string, string>>(storage, keysKey) ?? {};

  return {
    session: (options) => answer(options, session),

    portal: (options) => answer(options, () => portalOf(store.world, options?.locale)),

    listTickets: (query = {}, options) => answer(options, () => store.list(contact(), query, options?.locale)),

    getTicket: (id, options) => answer(options, () => store.get(contact(), id, options?.locale)),

    listMessages: (id, query = {}, options) =>
      answer(options, () => {
        const page = store.messages(contact(), id, query, options?.locale);
        return { ...page, items: page.items.map(withoutHarm) };
      }),

    signIn: (input, options) =>
      answer(options, () => {
        if (input.method === 'consent') return agree(input);
        const id = input.method === 'password' ? store.signIn(input.email, input.password) : null;
        if (id === null) throw new BackendError('unauthenticated');
        return enter(id);
      }),

    consent: (options) =>
      answer(options, () => {
        if (signed && isWaiting()) return consent.notice(options?.locale);
        return consent.given(contact());
      }),

    withdrawConsent: (options) =>
      answer(options, () => {
        consent.withdraw(contact());
        keepSigned(null);
      }),

    // There is never another session to end than this one.
    signOut: (scope = 'this', options) =>
      answer(options, () => {
        if (scope !== 'others') keepSigned(null);
      }),

    createTicket: (input, options) =>
      answer(options, () => store.create(contact(), input, options.idempotencyKey, options.locale)),

    reply: (id, input, options) =>
      answer(options, () => store.reply(contact(), id, input, options.idempotencyKey, options.locale)),

    close: (id, options) => answer(options, () => store.setState(contact(), id, 'close', options?.locale)),

    reopen: (id, options) => answer(options, () => store.setState(contact(), id, 'reopen', options?.locale)),

    rate: (id, input, options) => answer(options, () => store.rate(contact(), id, input, options?.locale)),

    edit: (id, input, options) => answer(options, () => store.edit(contact(), id, input, options?.locale)),

    addParticipant: (id, input, options) =>
      answer(options, () => store.addParticipant(contact(), id, input, options?.locale)),

    markRead: (id, options) => answer(options, () => store.markRead(contact(), id)),

    async upload(file, options) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return answer(options, () => {
        options?.progress?.(file.size);
        return store.upload(contact(), { name: file.name, bytes });
      });
    },

    download: (id, options) =>
      answer(options, () => {
        const { bytes, type } = store.file(contact(), id);
        return new Blob([bytes], { type });
      }),

    preferences: (options) => answer(options, () => store.preferences(contact())),

    setPreferences: (input, options) => answer(options, () => store.setPreferences(contact(), input)),

    exportTickets: (query = {}, options) =>
      answer(options, () => {
        const text = store.export(contact(), query, options?.locale);
        return new Blob([text], { type: 'text/csv;charset=utf-8' });
      }),

    counts: ({ scope = 'all' } = {}, options) => answer(options, () => store.counts(contact(), scope, options?.locale)),

    async subscribe(change, { signal }) {
      if (!signal.aborted) store.changes.addEventListener('change', change, { signal });
    },
  };

  /** Asks who that is every time: who may not enter any more is signed out at once. */
  function session(): Session {
    const person = signed && store.signedIn(signed.contact);
    if (!signed || !person) return signedOut;
    if (isWaiting()) {
      const email = person.contact.email.replace(/^(.)[^@]*/u, '$1•••');
      const expiresAt = new Date(Date.now() + 1_800_000).toISOString();
      return { ...signedOut, pending: { method: 'consent', email, expiresAt } };
    }
    const { columns } = store.preferences(signed.contact);
    return { ...person, expiresAt: null, draftKey: draftKeys[signed.contact] ?? null, columns };
  }

  function enter(id: string): Session {
    if (consent.isDue(id)) {
      keepSigned({ contact: id, waits: true });
      return session();
    }
    draftKeys[id] ??= base64url(crypto.getRandomValues(new Uint8Array(32)));
    keep(storage, keysKey, draftKeys);
    keepSigned({ contact: id });
    return session();
  }

  function agree(input: ConsentSignIn): Session {
    if (!signed || !isWaiting()) {
      throw new BackendError('unauthenticated', undefined, { fields: [{ path: 'version', code: 'expired' }] });
    }
    consent.give(signed.contact, input);
    return enter(signed.contact);
  }

  function isWaiting(): boolean {
    return !!signed?.waits;
  }

  function contact(): string {
    if (!signed || session().contact === null) throw new BackendError('unauthenticated');
    return signed.contact;
  }

  function keepSigned(next: Signed | null): void {
    signed = next;
    keep(storage, sessionKey, next);
  }
}

/** The world keeps mails as they came. Of what is not harmless as it is, there is the text. */
const withoutHarm = (message: Message): Message =>
  message.html === null || isHarmless(message.html) ? message : { ...message, html: null };

/** Answers in a later turn, as a backend with a network does; an abort until then wins. */
async function answer<T>({ signal }: RequestOptions = {}, run: () => T): Promise<T> {
  signal?.throwIfAborted();
  await Promise.resolve();
  signal?.throwIfAborted();
  try {
    return run();
  } catch (error) {
    if (error instanceof StoreError) {
      throw new BackendError(error.code, error.message, { fields: error.fields, cause: error });
    }
    throw error;
  }
}
