import { BackendError, isBackendError } from '../backend/backend-error.js';
import type { BackendFeature, PortalBackend } from '../backend/portal-backend.js';
import type { PasswordSignIn, Portal, Session, SignedInContact } from '../model/index.js';
import { forgetDrafts } from '../storage/draft-store.js';

/** Whether somebody is signed in; `unknown` until the backend has answered. */
export type SessionState = 'unknown' | 'anonymous' | 'authenticated';

/** Somebody who wants to hear of a client: elements, through their portal controller. */
export interface ClientListener {
  /** Who is signed in, or whether that is known, has changed. */
  sessionChanged(): void;
  /** What the backend would answer may have changed; `by` is the listener that caused it and knows already. */
  dataChanged(by: ClientListener | undefined): void;
}

const anonymous: Session = { contact: null, permission: null, expiresAt: null, draftKey: null };
const clients = new WeakMap<PortalBackend, PortalClient>();

/** Whatever was thrown, as the one error that elements know. */
export const toBackendError = (error: unknown): BackendError =>
  isBackendError(error) ? error : new BackendError('unexpected-response', undefined, { cause: error });

/**
 * What all elements with the same backend share: one session request, one answer to who is signed in, one set of the
 * portal's settings. It asks again when the visitor comes back to the page, for the session may have changed in another
 * tab.
 */
export class PortalClient {
  /** The one client of a backend. */
  static of(backend: PortalBackend): PortalClient {
    const known = clients.get(backend);
    if (known) return known;
    const client = new PortalClient(backend);
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
  /** Counts the sessions, so that an answer about an older one is dropped. */
  #epoch = 0;

  private constructor(backend: PortalBackend) {
    this.backend = backend;
  }

  get state(): SessionState {
    if (!this.#session) return 'unknown';
    return this.#session.contact ? 'authenticated' : 'anonymous';
  }

  get contact(): SignedInContact | null {
    return this.#session?.contact ?? null;
  }

  /** Under this key the drafts of the signed-in contact are kept. */
  get draftScope(): string | null {
    return this.contact && `${this.portal?.slug}:${this.contact.id}:`;
  }

  /** True when the backend has the method and the portal offers it. */
  supports(feature: BackendFeature): boolean {
    return this.backend[feature] !== undefined && this.portal?.features.includes(feature) === true;
  }

  subscribe(listener: ClientListener): () => void {
    if (!this.#listeners.size) {
      addEventListener('focus', this.#revalidate);
      addEventListener('pageshow', this.#revalidate);
      document.addEventListener('visibilitychange', this.#revalidate);
    }
    this.#listeners.add(listener);
    if (!this.#session) void this.load();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size) return;
      removeEventListener('focus', this.#revalidate);
      removeEventListener('pageshow', this.#revalidate);
      document.removeEventListener('visibilitychange', this.#revalidate);
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
    const session = await this.backend.signIn?.(input);
    if (session) this.#become(session);
  }

  /** Ends the session and forgets what was typed in it. @throws BackendError */
  async signOut(): Promise<void> {
    const scope = this.draftScope;
    await this.backend.signOut?.();
    if (scope) forgetDrafts(scope);
    this.#become(anonymous);
  }

  /** A request was refused because the session is over. Drafts stay for the same contact. */
  expire(): void {
    if (this.state === 'authenticated') this.#become(anonymous, true);
  }

  /** Tells all listeners but the one that changed something to ask again. */
  changed(by?: ClientListener): void {
    for (const listener of this.#listeners) listener.dataChanged(by);
  }

  async #load(): Promise<void> {
    const epoch = this.#epoch;
    try {
      const [session, portal] = await Promise.all([this.backend.session(), this.portal ?? this.backend.portal()]);
      this.portal = portal;
      if (epoch !== this.#epoch) return;
      const same = this.#session && session.contact?.id === this.#session.contact?.id;
      if (same) this.changed();
      else this.#become(session, this.state === 'authenticated' && !session.contact);
    } catch (error) {
      // Somebody who was signed in stays so until the backend says otherwise.
      if (this.#session) return this.changed();
      this.error = toBackendError(error);
      this.#tell();
    }
  }

  #become(session: Session, ended = false): void {
    this.#epoch += 1;
    this.#session = session;
    this.error = undefined;
    this.ended = ended;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener.sessionChanged();
  }

  readonly #revalidate = (event: Event): void => {
    // The first `pageshow` of a page is its load; a later one brings it back from the history.
    if (event.type === 'pageshow' && !(event as PageTransitionEvent).persisted) return;
    if (!document.hidden) void this.load();
  };
}
