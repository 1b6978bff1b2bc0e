import type { BackendError } from '../../backend/backend-error.js';
import { toBackendError } from '../../controllers/portal-client.js';
import type { RoomHost } from './room.js';

/** What a room reads. A refresh that fails keeps what was there; a newer one takes the place of one on its way. */
export class Reading<T> {
  value: T | undefined;
  error: BackendError | undefined;
  readonly #host: Pick<RoomHost, 'requestUpdate' | 'fail'>;
  readonly #read: (signal: AbortSignal) => Promise<T>;
  #running: AbortController | undefined;

  constructor(host: Pick<RoomHost, 'requestUpdate' | 'fail'>, read: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#read = read;
  }

  readonly refresh = async (): Promise<void> => {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    try {
      const value = await this.#read(running.signal);
      if (running.signal.aborted) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (running.signal.aborted) return;
      const failure = toBackendError(error);
      this.error = this.#host.fail(failure) ? undefined : failure;
    }
    this.#host.requestUpdate();
  };

  stop(): void {
    this.#running?.abort();
  }
}
