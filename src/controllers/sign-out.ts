import type { SignOutScope } from '../model/index.js';
import { countDrafts, forgetDrafts } from '../storage/draft-store.js';
import { forgetAnswers } from './kept-answers.js';
import type { PortalClient } from './portal-client.js';

/** Ends sessions; with its own also what was typed in it is forgotten. @throws BackendError */
export async function signOut(client: PortalClient, scope: SignOutScope = 'this'): Promise<void> {
  await client.backend.signOut?.(scope);
  if (scope === 'others') return;
  client.refuseTokens();
  const { draftScope } = client;
  const forgotten = draftScope ? Promise.all([forgetDrafts(draftScope), forgetAnswers(client)]) : undefined;
  // Nobody waits for the browser's storage to see that they are out.
  client.enter();
  await forgotten;
}

/** How many texts signing out would delete. */
export const countUnsent = async ({ draftScope }: PortalClient): Promise<number> =>
  draftScope ? countDrafts(draftScope) : 0;
