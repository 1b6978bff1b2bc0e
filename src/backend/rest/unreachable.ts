import { BackendError } from '../backend-error.js';

/** Nothing came back, or not even the code that would ask. */
export function unreachable(cause: unknown): BackendError {
  // Node knows no `onLine`; only a browser that is sure of being offline says `false`.
  const offline = globalThis.navigator?.onLine === false;
  return new BackendError(offline ? 'offline' : 'unavailable', 'The portal cannot be reached', { cause });
}
