import { DeskError } from './connector.js';

/** Failures in a row after which a desk is left alone. */
const mostFailures = 5;
/** Milliseconds for which it is. */
const pause = 5000;

/** Spares a desk that is down, and those who would wait for it: after five failures in a row it asks once in five seconds. */
export class Breaker {
  readonly #clock: () => Date;
  #failures = 0;
  /** In milliseconds since 1970. */
  #closedUntil = 0;
  #probing = false;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** @throws DeskError `unavailable` at once during a pause, and whatever the task throws */
  async run<T>(task: () => Promise<T>): Promise<T> {
    const probe = this.#failures >= mostFailures;
    if (probe && (this.#probing || this.#clock().getTime() < this.#closedUntil)) {
      throw new DeskError('unavailable', 'the desk failed again and again, and is asked again in a moment');
    }
    if (probe) this.#probing = true;
    try {
      const result = await task();
      this.#failures = 0;
      return result;
    } catch (error) {
      if (error instanceof DeskError) this.#count(error);
      throw error;
    } finally {
      if (probe) this.#probing = false;
    }
  }

  /** An answer that we do not like is an answer. An abort is nothing at all. */
  #count(error: DeskError) {
    if (error.kind !== 'unavailable') {
      this.#failures = 0;
      return;
    }
    this.#failures++;
    if (this.#failures >= mostFailures) this.#closedUntil = this.#clock().getTime() + pause;
  }
}
