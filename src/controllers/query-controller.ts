import { initialState, Task, TaskStatus } from '@lit/task';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { BackendError } from '../backend/backend-error.js';
import type { PortalBackend } from '../backend/portal-backend.js';
import { type PortalClient, toBackendError } from './portal-client.js';
import type { PortalController } from './portal-controller.js';

export interface QueryOptions {
  readonly signal: AbortSignal;
  readonly locale: string;
}

export interface QueryHost extends ReactiveControllerHost {
  readonly portal: PortalController;
  /** The backend answers in its language; a change asks again. */
  readonly localize: { readonly locale: string };
}

export interface Query<A extends readonly unknown[], T> {
  /** What the question depends on. `null` means that there is nothing to ask now. */
  readonly args: () => A | null;
  /** What the answer is about. When that changes, the last answer is no good any more. */
  readonly about?: () => unknown;
  /** Under this name the answer is kept in the browser, for when the portal cannot be reached. */
  readonly keep?: (args: A) => string;
  /** Asks the backend; `last` is the last good answer. */
  readonly ask: (backend: PortalBackend, args: A, options: QueryOptions, last: T | undefined) => Promise<T>;
}

/**
 * Reads from the backend for one element. Over `Task` of Lit it adds what every element needs: it asks only for somebody
 * who is signed in, aborts when the element is removed and asks again when it is put back, keeps the last good answer
 * beside the error of a failed refresh, takes no abort for an error, and has nothing rendered when nothing has changed.
 */
export class QueryController<A extends readonly unknown[], T> implements ReactiveController {
  /** The last good answer. Another contact never sees it. */
  value: T | undefined;
  /** When the answer was kept that stands in for one that could not be had; `undefined` for one of now. */
  keptAt: string | undefined;
  readonly #host: QueryHost;
  readonly #task: Task<readonly unknown[], T>;
  #owner: unknown;
  #subject: unknown;
  #question: readonly unknown[] = [];
  /** What the host has rendered last: it is updated when there is something else to show. */
  #shown: readonly unknown[] = [];
  #left = false;

  constructor(host: QueryHost, { args, about, keep, ask }: Query<A, T>) {
    const { portal, localize } = host;
    this.#host = host;
    const quiet: ReactiveControllerHost = {
      addController: (controller) => host.addController(controller),
      removeController: (controller) => host.removeController(controller),
      get updateComplete() {
        return host.updateComplete;
      },
      requestUpdate: () => {
        if (!isAlike(this.#state, this.#shown)) host.requestUpdate();
      },
    };
    this.#task = new Task(quiet, {
      args: () => [portal.client, portal.client?.contact?.id, localize.locale, ...(args() ?? [null])],
      task: async ([, owner], { signal }) => {
        const question = args();
        const subject = about?.();
        if (owner !== this.#owner || subject !== this.#subject) this.value = this.keptAt = undefined;
        this.#owner = owner;
        this.#subject = subject;
        const { client } = portal;
        if (!client || !owner || !question) return initialState;
        const name = keep?.(question);
        try {
          const value = await ask(client.backend, question, { signal, locale: localize.locale }, this.value);
          signal.throwIfAborted();
          const isSame = isAlike(this.#question, question) && isAlike(this.value, value);
          this.#question = question;
          if (!isSame) this.value = value;
          this.keptAt = undefined;
          // Nobody waits for it, and where it fails nothing is lost.
          if (name && !isSame)
            keeping().then(
              ({ keepAnswer }) => keepAnswer(client, name, value),
              () => {},
            );
          return this.value as T;
        } catch (error) {
          if (signal.aborted) return initialState;
          const failure = toBackendError(error);
          const kept =
            name && !this.value && unreachable.test(failure.code) ? await keptFor<T>(client, name) : undefined;
          if (signal.aborted) return initialState;
          if (kept) {
            this.value = kept.value;
            this.keptAt = kept.at;
          }
          // What one may no longer see is not kept on the screen either.
          if (failure.code === 'not-found' || failure.code === 'forbidden') this.value = undefined;
          portal.fail(failure);
          throw failure;
        }
      },
    });
    portal.onRefresh(() => void this.refresh());
    host.addController(this);
  }

  /** True from the question to the answer, also when there is an older answer to show. */
  get pending(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  /** What the last question failed with, until one succeeds. */
  get error(): BackendError | undefined {
    return this.#task.status === TaskStatus.INITIAL ? undefined : (this.#task.error as BackendError | undefined);
  }

  hostConnected(): void {
    if (this.#left) void this.refresh();
    this.#left = false;
  }

  hostDisconnected(): void {
    this.#left = true;
    this.#task.abort();
  }

  hostUpdated(): void {
    this.#shown = this.#state;
  }

  /** Asks again. The last good answer stays until there is a new one. */
  async refresh(): Promise<void> {
    if (this.#host.portal.client?.contact) await this.#task.run();
  }

  get #state(): readonly unknown[] {
    return [this.value, this.keptAt, this.error, !this.value && this.pending];
  }

  /** Replaces the answer by what the element knows already: a page more, a reply just sent. */
  patch(value: T | undefined): void {
    this.value = value;
    this.#host.requestUpdate();
  }
}

/** The portal has not said no: it has not been reached. */
const unreachable = /^(offline|timeout|unavailable)$/;

const keeping = () => import('./kept-answers.js');

const keptFor = <T>(client: PortalClient, name: string) =>
  keeping().then(
    ({ keptAnswer }) => keptAnswer<T>(client, name),
    () => undefined,
  );

/** The same thing, or made of the same things: an answer put together of pages, none of which has changed. */
function isAlike(one: unknown, other: unknown, depth = 2): boolean {
  if (Object.is(one, other)) return true;
  if (!depth || !(one instanceof Object) || !(other instanceof Object)) return false;
  // A list may be long, and names of its places would be made for nothing.
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => isAlike(item, other[at], depth - 1));
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isAlike(Reflect.get(one, name), Reflect.get(other, name), depth - 1))
  );
}
