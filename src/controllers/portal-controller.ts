import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { BackendError, isBackendError } from '../backend/backend-error.js';
import type { PortalBackend, TokenProvider } from '../backend/portal-backend.js';
import { backendContext } from '../context/backend-context.js';
import { backendAt, defaultAddress } from '../context/backend-source.js';
import { LateConsumer } from '../context/late-consumer.js';
import type { ErrorCode } from '../model/index.js';
import { readSignInLink } from './sign-in-link.js';
import { type ClientListener, PortalClient } from './portal-client.js';

export interface PortalHost extends ReactiveControllerHost, HTMLElement {
  /** A backend, or the address of a portal, or `demo`. */
  backend: PortalBackend | string | undefined;
  /** The site's own way to say who its customer is. */
  tokenProvider: TokenProvider | undefined;
  /** The portal's settings are read in its language. */
  readonly localize: { readonly locale: string };
  /** Hears of every failure of a read or a write. */
  portalFailed(error: BackendError): void;
}

/** A provider or an address may come a little after the elements; only then is the lack of one worth a word. */
const patience = 1000;

/**
 * Finds the backend of an element and connects the element to its client. In this order: the `backend` property when it
 * is an object, the nearest provider, the `backend` attribute, the address of the loaded script.
 */
export class PortalController implements ReactiveController, ClientListener {
  client: PortalClient | undefined;
  /** Where the portal itself is, when this page's origin cannot keep a session. */
  elsewhere: string | undefined;
  readonly #host: PortalHost;
  readonly #consumer: LateConsumer<typeof backendContext>;
  readonly #refreshers: (() => void)[] = [];
  #source: unknown;
  #failure: BackendError | undefined;
  #disconnect: (() => void) | undefined;

  constructor(host: PortalHost) {
    this.#host = host;
    this.#consumer = new LateConsumer(host, backendContext);
    host.addController(this);
  }

  /** Why there is nothing to show at all: no backend, or no answer to who is signed in. */
  get error(): BackendError | undefined {
    return this.#failure ?? this.client?.error;
  }

  /** The address of the backend, when it was found by one. */
  get address(): string {
    return typeof this.#source === 'string' ? this.#source : '';
  }

  hostConnected(): void {
    readSignInLink();
    this.#resolve();
  }

  hostUpdate(): void {
    this.#resolve();
    const { tokenProvider } = this.#host;
    if (tokenProvider) void this.client?.useTokens(tokenProvider);
  }

  hostDisconnected(): void {
    this.#use(undefined);
    this.#source = undefined;
  }

  /** Calls back when answers of the backend may have changed. */
  onRefresh(refresh: () => void): void {
    this.#refreshers.push(refresh);
  }

  /**
   * Every failure passes here: an ended session is shared with all elements, the rest is told to the page. True when a
   * session has ended by it, of which all elements speak then.
   */
  fail(error: BackendError): boolean {
    if (error.code === 'unauthenticated' || error.code === 'session-expired') return !!this.client?.expire();
    this.#host.portalFailed(error);
    return false;
  }

  /** Something without which there is nothing to show is not there: the backend, or a part of this library. */
  lack(code: ErrorCode, cause?: unknown): void {
    this.#failure = new BackendError(code, undefined, { cause });
    this.#host.requestUpdate();
  }

  /** Tries again what `error` reports. */
  retry(): void {
    this.#source = undefined;
    this.#resolve();
  }

  sessionChanged(): void {
    this.#host.requestUpdate();
  }

  dataChanged(): void {
    for (const refresh of this.#refreshers) refresh();
  }

  #resolve(): void {
    if (!this.#host.isConnected) return;
    const { backend } = this.#host;
    const provided = this.#consumer.value;
    // A provider whose backend is on its way says `null`: it will be there, so no other is looked for.
    const source = backend instanceof Object || provided === undefined ? backend || defaultAddress() : provided;
    if (source === this.#source) return;
    this.#source = source;
    this.#failure = this.elsewhere = undefined;
    this.#use(source instanceof Object ? source : undefined);
    if (source === '') this.#wait();
    else if (typeof source === 'string') void this.#load(source);
  }

  #wait(): void {
    const timer = setTimeout(() => (defaultAddress() ? this.retry() : this.lack('config')), patience);
    this.#disconnect = () => clearTimeout(timer);
  }

  async #load(address: string): Promise<void> {
    if (address !== 'demo' && (!isSecureContext || origin === 'null')) {
      this.elsewhere = address;
      return this.#host.requestUpdate();
    }
    try {
      const backend = await backendAt(address);
      if (this.#source === address) this.#use(backend);
    } catch (error) {
      if (this.#source === address) this.lack(isBackendError(error) ? error.code : 'unavailable', error);
    }
  }

  #use(backend: PortalBackend | undefined): void {
    this.#disconnect?.();
    this.client = backend && PortalClient.of(backend);
    this.#disconnect = this.client?.subscribe(this, this.#host.localize.locale);
    this.#host.requestUpdate();
  }
}
