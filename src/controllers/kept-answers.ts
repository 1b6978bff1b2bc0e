import { forgetKept, type Kept, Vault } from '../storage/vault.js';
import type { PortalClient } from './portal-client.js';

/** What was read is kept for its reader, for when the portal cannot be reached. */

let opened: { readonly draftKey: string; readonly scope: string; readonly vault: Vault } | undefined;

/** The vault of who is signed in; where the backend hands out no key there is none. */
function vaultOf({ draftKey, draftScope: scope }: PortalClient): Vault | undefined {
  if (!draftKey || !scope) return undefined;
  if (opened?.draftKey !== draftKey || opened.scope !== scope)
    opened = { draftKey, scope, vault: new Vault(scope, draftKey) };
  return opened.vault;
}

/** What is being kept at this moment. */
let writing: Promise<unknown> = Promise.resolve();

export async function keepAnswer(client: PortalClient, name: string, answer: unknown): Promise<void> {
  const written = vaultOf(client)?.write(name, answer);
  writing = Promise.all([writing, written]);
  await written;
}

export async function keptAnswer<T>(client: PortalClient, name: string): Promise<Kept<T> | undefined> {
  return vaultOf(client)?.read<T>(name);
}

/** Forgets all that was kept for who is signed in. */
export async function forgetAnswers({ draftScope }: PortalClient): Promise<void> {
  // What is still on its way into the storage would otherwise arrive after the rest has gone.
  await writing;
  if (draftScope) await forgetKept(draftScope);
}
