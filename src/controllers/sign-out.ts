import type { SignOutScope } from '../model/index.js';
import { forgetDrafts } from '../storage/draft-store.js';
import { forgetAnswers } from './kept-answers.js';
import type { PortalClient } from './portal-client.js';

/** Ends sessions; with its own also what was typed in it is forgotten. @throws BackendError */
export async function signOut(client: PortalClient, scope: SignOutScope = 'this'): Promise<void> {
  await client.backend.signOut?.(scope);
  if (scope === 'others') return;
  client.refuseTokens();
  forgetDrafts(client.draftScope ?? '');
  const forgotten = forgetAnswers(client);
  // Nobody waits for the browser's storage to see that they are out.
  client.enter();
  await forgotten;
}
