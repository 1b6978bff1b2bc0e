import { BackendError, isBackendError } from '../backend/backend-error.js';
import type { BackendFeature, PortalBackend, TokenProvider } from '../backend/portal-backend.js';
import { loadCode } from '../load-code.js';
import type { PendingSignIn, Portal, Session, SignedInContact } from '../model/index.js';
import { callNowAndThen } from './now-and-then.js';
import { readSignInLink } from './sign-in-link.js';

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
 * portal's settings. It asks again when the visitor comes back to the page and when another tab says that somebody signed
 * in or out there: what the tab says is a hint, what the backend answers is shown.
 */
export class PortalClient {
  /** The one client of a backend. */
  static of(backend: PortalBackend): PortalClient {
    const client = clients.get(backend) ?? new PortalClient(backend);
    clients.set(backend, client);
    return client;
  }

  readonly backend: PortalBackend;
  /** The portal's settings, known from the moment the session is, in whatever language was asked for first. */
  portal: Portal | undefined;
  /** Why the session is still unknown. */
  error: BackendError | undefined;
  /** The session ended without the person's doing: say so where they sign in again. */
  ended = false;
  #provideToken: TokenProvider | undefined;
  #tokensRefused = false;
  readonly #listeners = new Set<ClientListener>();
  /** By the language asked for; `undefined` for what is on its way. */
  readonly #settings = new Map<string, Portal | undefined>();
  #session: Session | undefined;
  #loading: Promise<void> | undefined;
  #tabs: BroadcastChannel | undefined;
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
    addEventListener('hashchange', () => {
      readSignInLink();
      this.#tell();
    });
    // The browser may keep the page to come back to: nothing of a session is left in it, whoever comes back.
    addEventListener('pagehide', ({ persisted }) => {
      if (!persisted) return;
      this.#loading = undefined;
      this.#become(undefined);
    });
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted && this.#listeners.size) void this.load();
    });
  }

  get state(): SessionState {
    return !this.#session ? 'unknown' : this.contact ? 'authenticated' : 'anonymous';
  }

  get contact(): SignedInContact | null {
    return this.#session?.contact ?? null;
  }

  /** The columns of the list that the contact has chosen. */
  get columns(): readonly string[] | null | undefined {
    return this.#session?.columns;
  }

  /** What was asked for and waits for its code. */
  get pending(): PendingSignIn | undefined {
    return this.#session?.pending;
  }

  /** The session does not outlive the page. */
  get untilReload(): boolean {
    return !!this.#session?.untilReload;
  }

  /** What is kept in this browser for the signed-in contact is kept under this key. */
  get draftKey(): string | null {
    return this.#session?.draftKey ?? null;
  }

  /** Under this name the drafts of the signed-in contact are kept. */
  get draftScope(): string | null {
    return this.contact && `${this.portal?.slug}:${this.contact.id}:`;
  }

  /** True when the backend has the method and the portal offers it. */
  supports(feature: BackendFeature): boolean {
    return !!this.backend[feature] && !!this.portal?.features.includes(feature);
  }

  /**
   * The portal's settings with the labels and words of a language; `undefined` while they are on their way. Listeners hear of
   * it when they are there.
   */
  settingsIn(locale: string): Portal | undefined {
    // What cannot be had now is done without: our own words are there.
    if (this.portal && !this.#settings.has(locale))
      this.#ask(locale).then(
        () => this.#tell(),
        () => {},
      );
    return this.#settings.get(locale);
  }

  /**
   * Returns what ends it.
   *
   * @param locale the language that the listener shows: the first one's decides how the portal is asked
   */
  subscribe(listener: ClientListener, locale?: string): () => void {
    this.#listeners.add(listener);
    if (!this.#session) void this.load(locale);
    this.#watch();
    return () => {
      this.#listeners.delete(listener);
      this.#watch();
    };
  }

  /** Asks who is signed in. Elements that ask at the same time share the request. */
  load(locale?: string): Promise<void> {
    const loading = (this.#loading ??= this.#load(locale).finally(() => {
      if (this.#loading === loading) this.#loading = undefined;
    }));
    return loading;
  }

  /** Somebody has signed in here, or out: the elements of this page hear of it, and other tabs. */
  enter(session: Session = signedOut): void {
    this.#become(session);
    this.#tabs?.postMessage({ type: 'changed' });
  }

  /** A code is on its way: nobody is signed in by it yet. */
  expect(pending: PendingSignIn): void {
    this.#session = { ...signedOut, pending };
  }

  /** The site says who its customer is: nobody needs to sign in who is signed in there. */
  async useTokens(provide: TokenProvider): Promise<void> {
    if (provide === this.#provideToken) return;
    this.#provideToken = provide;
    const session = this.state === 'anonymous' && (await this.#signInByToken());
    if (session) this.enter(session);
  }

  /** Who wants to be signed out is not signed in again by the site, whatever it says on this page. */
  refuseTokens(): void {
    this.#tokensRefused = true;
  }

  /** A request was refused because the session is over. Drafts stay for the same contact. True when there was one. */
  expire(): boolean {
    const expired = !!this.contact;
    if (expired) this.#become(signedOut, true);
    return expired;
  }

  /** Tells all listeners but the one that knows already to ask again. */
  changed(except?: ClientListener): void {
    for (const listener of this.#listeners) if (listener !== except) listener.dataChanged();
  }

  async #load(locale = navigator.language): Promise<void> {
    const before = this.#session;
    try {
      const [found, portal] = await Promise.all([this.backend.session(), this.portal ?? this.#ask(locale)]);
      this.portal = portal;
      const session = (!before && !found.contact && (await this.#signInByToken())) || found;
      this.#hearTabs(portal);
      // Somebody signed in or out while this was on its way: the answer is about an older session.
      if (this.#session !== before) return;
      if (before && before.contact?.id === session.contact?.id) {
        this.#session = session;
        this.changed();
      } else this.#become(session, !!before?.contact && !session.contact);
    } catch (error) {
      if (this.#session !== before) return;
      // Somebody who was signed in stays so until the backend says otherwise.
      if (before) return this.changed();
      this.error = toBackendError(error);
      this.#tell();
    }
  }

  async #ask(locale: string): Promise<Portal> {
    this.#settings.set(locale, undefined);
    const portal = await this.backend.portal({ locale });
    this.#settings.set(locale, portal);
    return portal;
  }

  async #signInByToken(): Promise<Session | null | undefined> {
    if (!this.#provideToken || this.#tokensRefused || !this.portal?.signIn.includes('host-token')) return;
    // Whatever goes wrong with the site's token, there may be another way in; the backend tells the console.
    return this.backend.signInByToken?.(this.#provideToken).catch(() => null);
  }

  /** Hears of changes while somebody is signed in and looks, or asks now and then; a page in the background does neither. */
  #watch(): void {
    const wanted = this.#listeners.size > 0 && !document.hidden ? this.contact?.id : null;
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    this.#watching.abort();
    this.#watching = new AbortController();
    if (!wanted) return;
    const change = () => this.changed();
    if (this.supports('subscribe')) void this.backend.subscribe?.(change, this.#watching);
    else callNowAndThen(change, this.#watching.signal);
  }

  /** Other tabs say only that there is something to ask for. */
  #hearTabs({ slug }: Portal): void {
    this.#tabs ??= new BroadcastChannel(`portico:${slug}`);
    this.#tabs.onmessage = async () => {
      // What is on its way may have been answered before the change.
      await this.#loading;
      void this.load();
    };
  }

  #become(session: Session | undefined, ended = false): void {
    this.#session = session;
    this.error = undefined;
    this.ended = ended;
    this.#watch();
    this.#tell();
    // Nobody waits for what was on its way when an earlier page went.
    if (this.draftKey)
      loadCode(() => import('./outbox.js')).then(
        ({ Outbox }) => Outbox.of(this).goOn(),
        () => {},
      );
  }

  #tell(): void {
    for (const listener of this.#listeners) listener.sessionChanged();
  }
}
