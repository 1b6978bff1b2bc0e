import { type Context, ContextConsumer, type ContextType } from '@lit/context';
import type { ReactiveControllerHost } from 'lit';

/**
 * A context consumer for pages where the provider may come after the element (scripts load in any order), and where an
 * element may move to a place without a provider.
 */
export class LateConsumer<
  C extends Context<unknown, unknown>,
  H extends ReactiveControllerHost & HTMLElement,
> extends ContextConsumer<C, H> {
  readonly #context: C;

  constructor(host: H, context: C, callback?: (value: ContextType<C>) => void) {
    super(host, { context, subscribe: true, ...(callback && { callback }) });
    this.#context = context;
  }

  override hostConnected(): void {
    super.hostConnected();
    document.addEventListener('context-provider', this.#ask);
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    document.removeEventListener('context-provider', this.#ask);
    // Without a type of its own for "none", the base class declares the value as never undefined again.
    (this as { value?: ContextType<C> }).value = undefined as ContextType<C>;
  }

  readonly #ask = ({ context }: HTMLElementEventMap['context-provider']): void => {
    if (context === this.#context) super.hostConnected();
  };
}
