import { BackendError, isBackendError } from '../backend/backend-error.js';
import type { BackendFeature, PortalBackend } from '../backend/portal-backend.js';
import type { PasswordSignIn, Portal, Session, SignedInContact } from '../model/index.js';

/** Whether somebody is signed in; `unknown` until the backend has answered. */
export type SessionState = 'unknown' | 'anonymous' | 'authenticated';

/** Somebody who hears of a client: an element, through its portal controller. */
export interface ClientListener {
  /** Who is signed in, or whether that is known, has changed. */
  sessionChanged(): void;
  /** What the backend would answer may have changed. */
  dataChanged(): void;
}

const signedOut: Session = { contact: null, permission: null, expiresAt: null, draftKey: null };
const clients = new WeakMap<PortalBackend, PortalClient>();

/** Whatever was thrown, as the one error that elements know. */
export const toBackendError = (error: unknown): BackendError =>
  isBackendError(error) ? error : new BackendError('unexpected-response', undefined, { cause: error });

/**
 * What all elements with the same backend share: one session request, one answer to who is signed in, one copy of the
 * portal's settings. It asks again when the visitor comes back to the page, for another tab may have changed the session.
 */
export class PortalClient {
  /** The one client of a backend. */
  static of(backend: PortalBackend): PortalClient {
    const client = clients.get(backend) ?? new PortalClient(backend);
    clients.set(backend, client);
    return client;
  }

  readonly backend: PortalBackend;
  /** The portal's settings, known from the moment the session is. */
  portal: Portal | undefined;
  /** Why the session is still unknown. */
  error: BackendError | undefined;
  /** The session ended without the person's doing: say so where they sign in again. */
  ended = false;
  readonly #listeners = new Set<ClientListener>();
  #session: Session | undefined;
  #loading: Promise<void> | undefined;
  /** Of whom changes are heard. */
  #watched: string | null | undefined;
  #watching = new AbortController();

  private constructor(backend: PortalBackend) {
    this.backend = backend;
    const comeBack = () => {
      if (this.#listeners.size && !document.hidden) void this.load();
      this.#watch();
    };
    addEventListener('focus', comeBack);
    document.addEventListener('visibilitychange', comeBack);
  }

  get state(): SessionState {
    return !this.#session ? 'unknown' : this.contact ? 'authenticated' : 'anonymous';
  }

  get contact(): SignedInContact | null {
    return this.#session?.contact ?? null;
  }

  /** Under this name the drafts of the signed-in contact are kept. */
  get draftScope(): string | null {
    return this.contact && `${this.portal?.slug}:${this.contact.id}:`;
  }

  /** True when the backend has the method and the portal offers it. */
  supports(feature: BackendFeature): boolean {
    return !!this.backend[feature] && !!this.portal?.features.includes(feature);
  }

  /** Returns what ends it. */
  subscribe(listener: ClientListener): () => void {
    this.#listeners.add(listener);
    if (!this.#session) void this.load();
    this.#watch();
    return () => {
      this.#listeners.delete(listener);
      this.#watch();
    };
  }

  /** Asks who is signed in. Elements that ask at the same time share the request. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** @throws BackendError */
  async signIn(input: PasswordSignIn): Promise<void> {
    this.#become(await this.backend.signIn?.(input));
  }

  /** Ends the session and forgets what was typed in it. @throws BackendError */
  async signOut(): Promise<void> {
    // Most visits sign nobody out; what is needed for it is loaded before anything is done.
    const { forgetDrafts } = await import('../storage/draft-store.js');
    await this.backend.signOut?.();
    forgetDrafts(this.draftScope ?? '');
    this.#become(signedOut);
  }

  /** A request was refused because the session is over. Drafts stay for the same contact. */
  expire(): void {
    if (this.contact) this.#become(signedOut, true);
  }

  /** Tells all listeners but the one that knows already to ask again. */
  changed(except?: ClientListener): void {
    for (const listener of this.#listeners) if (listener !== except) listener.dataChanged();
  }

  async #load(): Promise<void> {
    const before = this.#session;
    try {
      const [session, portal] = await Promise.all([this.backend.session(), this.portal ?? this.backend.portal()]);
      this.portal = portal;
      // Somebody signed in or out while this was on its way: the answer is about an older session.
      if (this.#session !== before) return;
      if (before && before.contact?.id === session.contact?.id) this.changed();
      else this.#become(session, !!before?.contact && !session.contact);
    } catch (error) {
      // Somebody who was signed in stays so until the backend says otherwise.
      if (before) return this.changed();
      this.error = toBackendError(error);
      this.#tell();
    }
  }

  /** Hears of changes while somebody is signed in and looks; a page in the background has no stream. */
  #watch(): void {
    const wanted = this.#listeners.size > 0 && !document.hidden && this.supports('subscribe') ? this.contact?.id : null;
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    this.#watching.abort();
    this.#watching = new AbortController();
    if (wanted) void this.backend.subscribe?.(() => this.changed(), this.#watching);
  }

  #become(session: Session | undefined, ended = false): void {
    this.#session = session;
    this.error = undefined;
    this.ended = ended;
    this.#watch();
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener.sessionChanged();
  }
}
