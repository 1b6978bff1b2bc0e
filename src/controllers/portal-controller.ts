import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { BackendError } from '../backend/backend-error.js';
import type { PortalBackend } from '../backend/portal-backend.js';
import { backendContext } from '../context/backend-context.js';
import { backendAt, defaultAddress, onDefaultAddress } from '../context/backend-source.js';
import { LateConsumer } from '../context/late-consumer.js';
import { type ClientListener, PortalClient, toBackendError } from './portal-client.js';

export interface PortalHost extends ReactiveControllerHost, HTMLElement {
  /** A backend, or the address of a portal, or `demo`. */
  backend: PortalBackend | string | undefined;
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
  readonly #consumer: LateConsumer<typeof backendContext, PortalHost>;
  readonly #refreshers = new Set<() => void>();
  #source: unknown;
  #failure: BackendError | undefined;
  #unsubscribe: (() => void) | undefined;
  #forgetAddress: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PortalHost) {
    this.#host = host;
    this.#consumer = new LateConsumer(host, backendContext, () => this.#resolve());
    host.addController(this);
  }

  /** Why there is nothing to show at all: no backend, or no answer to who is signed in. */
  get error(): BackendError | undefined {
    return this.#failure ?? this.client?.error;
  }

  hostConnected(): void {
    this.#forgetAddress = onDefaultAddress(this.#resolve);
    this.#resolve();
  }

  hostUpdate(): void {
    this.#resolve();
  }

  hostDisconnected(): void {
    this.#forgetAddress?.();
    this.#use(undefined);
    this.#source = undefined;
  }

  /** Calls back when answers of the backend may have changed. */
  onRefresh(refresh: () => void): void {
    this.#refreshers.add(refresh);
  }

  /** Says that this element changed something, so that others ask again. */
  changed(): void {
    this.client?.changed(this);
  }

  /** Every failure passes here: an ended session is shared with all elements, the rest is told to the page. */
  fail(error: BackendError): void {
    if (error.code === 'unauthenticated' || error.code === 'session-expired') this.client?.expire();
    else this.#host.portalFailed(error);
  }

  /** Tries again what `error` reports. */
  retry(): void {
    if (this.client) return void this.client.load();
    this.#source = undefined;
    this.#resolve();
  }

  sessionChanged(): void {
    this.#host.requestUpdate();
  }

  dataChanged(by: ClientListener | undefined): void {
    if (by === this) return;
    for (const refresh of this.#refreshers) refresh();
  }

  readonly #resolve = (): void => {
    if (!this.#host.isConnected) return;
    const { backend } = this.#host;
    const provided = this.#consumer.value;
    const source = backend instanceof Object ? backend : (provided ?? (provided === null ? null : backend || defaultAddress()));
    if (source === this.#source) return;
    this.#source = source;
    this.#failure = undefined;
    this.elsewhere = undefined;
    if (source instanceof Object) return this.#use(source);
    this.#use(undefined);
    if (source) void this.#load(source);
    else if (source === '') this.#timer = setTimeout(() => this.#lack(new BackendError('config')), patience);
  };

  async #load(address: string): Promise<void> {
    if (address !== 'demo' && (!isSecureContext || origin === 'null')) {
      this.elsewhere = address;
      return this.#host.requestUpdate();
    }
    try {
      const backend = await backendAt(address);
      if (this.#source !== address) return;
      if (backend) this.#use(backend);
      else this.#lack(new BackendError('config'));
    } catch (error) {
      if (this.#source === address) this.#lack(toBackendError(error));
    }
  }

  #lack(error: BackendError): void {
    this.#failure = error;
    this.#host.requestUpdate();
  }

  #use(backend: PortalBackend | undefined): void {
    clearTimeout(this.#timer);
    this.#unsubscribe?.();
    this.client = backend && PortalClient.of(backend);
    this.#unsubscribe = this.client?.subscribe(this);
    this.#host.requestUpdate();
  }
}
