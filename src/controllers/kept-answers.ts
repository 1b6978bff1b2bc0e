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

export async function keepAnswer(client: PortalClient, name: string, answer: unknown): Promise<void> {
  await vaultOf(client)?.write(name, answer);
}

export async function keptAnswer<T>(client: PortalClient, name: string): Promise<Kept<T> | undefined> {
  return vaultOf(client)?.read<T>(name);
}

/** Forgets all that was kept for who is signed in. */
export async function forgetAnswers({ draftScope }: PortalClient): Promise<void> {
  if (draftScope) await forgetKept(draftScope);
}
