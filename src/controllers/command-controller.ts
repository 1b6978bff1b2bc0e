import type { ReactiveControllerHost } from 'lit';

import type { BackendError } from '../backend/backend-error.js';
import { toBackendError } from './portal-client.js';
import type { PortalController } from './portal-controller.js';

/**
 * Runs what a person asked for, such as a reply: one at a time, never by itself, and never claiming success before the
 * backend has. It goes on when the element is removed, for a reply on its way should arrive.
 */
export class CommandController {
  pending = false;
  error: BackendError | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #portal: Pick<PortalController, 'fail'>;

  constructor(host: ReactiveControllerHost, portal: Pick<PortalController, 'fail'>) {
    this.#host = host;
    this.#portal = portal;
  }

  /** True when it succeeded. A command that comes while another runs is dropped. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.pending) return false;
    this.#set(true, undefined);
    try {
      await work();
      this.#set(false, undefined);
      return true;
    } catch (error) {
      const failure = toBackendError(error);
      // Who signs in again finds what was asked for as it was, not a word about what was before.
      this.#set(false, this.#portal.fail(failure) ? undefined : failure);
      return false;
    }
  }

  /** Forgets the error: the person is at it again. */
  reset(): void {
    if (this.error) this.#set(this.pending, undefined);
  }

  #set(pending: boolean, error: BackendError | undefined): void {
    this.pending = pending;
    this.error = error;
    this.#host.requestUpdate();
  }
}
