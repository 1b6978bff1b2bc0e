import type { PortalBackend } from '../backend/portal-backend.js';

/** Makes a backend of a portal's address, or of the word `demo`. */
export type BackendFactory = (address: string) => PortalBackend | Promise<PortalBackend>;

const backends = new Map<string, PortalBackend | Promise<PortalBackend>>();
const listeners = new Set<() => void>();
let factory: BackendFactory | undefined;
let fallback = '';

/** Says how addresses become backends. Elements know no adapter; `define.ts` hands them one through here. */
export const setBackendFactory = (make: BackendFactory): void => {
  factory = make;
};

/** The address used by elements that were given none: where the script came from. */
export function setDefaultAddress(address: string): void {
  fallback = address;
  for (const listener of listeners) listener();
}

export const defaultAddress = (): string => fallback;

/** Calls back when the default address arrives after the elements. */
export const onDefaultAddress = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The backend at an address: always the same object, so that elements share one client and one session. */
export function backendAt(address: string): PortalBackend | Promise<PortalBackend> | undefined {
  const key = address === 'demo' ? address : new URL(address, document.baseURI).href.replace(/\/$/, '');
  const known = backends.get(key);
  if (known) return known;
  const made = factory?.(key);
  if (!made) return undefined;
  backends.set(key, made);
  if (made instanceof Promise) {
    made.then(
      (backend) => backends.set(key, backend),
      // A chunk that did not load may load at the next try.
      () => backends.delete(key),
    );
  }
  return made;
}
