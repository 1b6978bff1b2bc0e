import { ContextProvider, createContext } from '@lit/context';

import { backendVersion, type PortalBackend } from '../backend/portal-backend.js';

/** `null` means that a provider is there and its backend still on its way: whoever asks waits for it. */
export type ProvidedBackend = PortalBackend | null;

/** Named after the interface version, so that elements of different versions do not meet in it. */
export const backendContext = createContext<ProvidedBackend>(Symbol.for(`portico.backend/${backendVersion}`));

/**
 * Gives a backend to all portal elements below a node, whatever element it is. Change it later by `setValue()` of what
 * is returned.
 */
export function provideBackend(
  node: HTMLElement,
  backend: ProvidedBackend,
): ContextProvider<typeof backendContext, HTMLElement> {
  const provider = new ContextProvider(node, { context: backendContext, initialValue: backend });
  // An element of Lit tells its controllers when it is connected; any other node is taken as connected.
  if (!('addController' in node)) provider.hostConnected();
  return provider;
}
