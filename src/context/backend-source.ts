import { BackendError } from '../backend/backend-error.js';
import type { PortalBackend } from '../backend/portal-backend.js';

/** Makes a backend of a portal's address, or of the word `demo`. */
export type BackendFactory = (address: string) => PortalBackend | Promise<PortalBackend>;

const backends = new Map<string, PortalBackend | Promise<PortalBackend>>();
let factory: BackendFactory | undefined;
let fallback = '';

/** Says how addresses become backends. Elements know no adapter; `define.ts` hands them one through here. */
export const setBackendFactory = (make: BackendFactory): void => {
  factory = make;
};

/** The address used by elements that were given none: where the script came from. */
export const setDefaultAddress = (address: string): void => {
  fallback = address;
};

export const defaultAddress = (): string => fallback;

/** The backend at an address: always the same object, so that elements share one client and one session. */
export async function backendAt(address: string): Promise<PortalBackend> {
  const key = address === 'demo' ? address : new URL(address, document.baseURI).href.replace(/\/$/, '');
  const backend = backends.get(key) ?? factory?.(key);
  if (!backend) throw new BackendError('config');
  backends.set(key, backend);
  try {
    return await backend;
  } catch (error) {
    // Code that did not load may load at the next try.
    backends.delete(key);
    throw error;
  }
}
