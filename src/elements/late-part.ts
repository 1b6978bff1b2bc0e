import type { ReactiveControllerHost } from 'lit';
import { loadCode } from '../load-code.js';

/**
 * A part of an element whose code comes when it is first needed. Code that did not come is asked for again, by itself for
 * a while and then the next time; the element works without it until then.
 */
export class LatePart<T> {
  /** The part, once it is there. */
  value: T | undefined;
  /** It is there, or could not be had. */
  settled = false;
  readonly #host: ReactiveControllerHost;
  readonly #make: () => Promise<T>;
  #making: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost, make: () => Promise<T>) {
    this.#host = host;
    this.#make = make;
  }

  /** Resolves with the part, or with `undefined` when it cannot be had now. */
  async load(): Promise<T | undefined> {
    this.#making ??= new Promise((resolve) => {
      const attempt = async () => {
        try {
          this.value = await this.#make();
        } finally {
          this.settled = true;
          this.#host.requestUpdate();
          resolve();
        }
      };
      loadCode(attempt).catch(() => (this.#making = undefined));
    });
    await this.#making;
    return this.value;
  }
}
