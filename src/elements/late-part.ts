import type { ReactiveControllerHost } from 'lit';

/**
 * A part of an element whose code comes when it is first needed. Code that did not come is asked for again the next
 * time; the element works without it until then.
 */
export class LatePart<T> {
  /** The part, once it is there. */
  value: T | undefined;
  /** It is there, or could not be had. */
  settled = false;
  readonly #host: ReactiveControllerHost;
  readonly #make: () => Promise<T>;
  #making: Promise<T | undefined> | undefined;

  constructor(host: ReactiveControllerHost, make: () => Promise<T>) {
    this.#host = host;
    this.#make = make;
  }

  /** Resolves with the part, or with `undefined` when it cannot be had now. */
  load(): Promise<T | undefined> {
    this.#making ??= this.#make()
      .then((value) => (this.value = value))
      .catch(() => (this.#making = undefined))
      .finally(() => {
        this.settled = true;
        this.#host.requestUpdate();
      });
    return this.#making;
  }
}
