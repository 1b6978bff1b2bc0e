import { type Context, ContextEvent, type ContextType } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * A context's value at an element. Unlike the consumer of `@lit/context` it also finds a provider that comes after the
 * element, for scripts load in any order, and forgets the value when the element leaves.
 */
export class LateConsumer<C extends Context<unknown, unknown>> implements ReactiveController {
  value: ContextType<C> | undefined;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #context: C;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, context: C) {
    this.#host = host;
    this.#context = context;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('context-provider', this.#ask);
    this.#ask();
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#ask);
    this.#unsubscribe?.();
    this.value = undefined;
  }

  readonly #ask = (): void => {
    this.#host.dispatchEvent(new ContextEvent(this.#context, this.#host, this.#receive, true));
  };

  readonly #receive = (value: ContextType<C>, unsubscribe?: () => void): void => {
    // A nearer provider than before answers now.
    if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
    this.#unsubscribe = unsubscribe;
    this.value = value;
    this.#host.requestUpdate();
  };
}
