import type { SignOutScope } from '../model/index.js';
import { countDrafts, forgetDrafts } from '../storage/draft-store.js';
import { forgetAnswers } from './kept-answers.js';
import { Outbox } from './outbox.js';
import type { PortalClient } from './portal-client.js';

/** What ends sessions; `withdraw` takes back what was agreed to as well. */
export type Ending = SignOutScope | 'withdraw';

/** Milliseconds that who signs out waits for what they have sent. */
const patience = 3000;

/** Ends sessions; with its own also what was typed in it is forgotten. @throws BackendError */
export async function signOut(client: PortalClient, scope: Ending = 'this'): Promise<void> {
  await (scope === 'withdraw' ? client.backend.withdrawConsent?.() : client.backend.signOut?.(scope));
  if (scope === 'others') return;
  client.refuseTokens();
  const { draftScope } = client;
  const forgotten = draftScope ? Promise.all([forgetDrafts(draftScope), forgetAnswers(client)]) : undefined;
  // Nobody waits for the browser's storage to see that they are out.
  client.enter();
  await forgotten;
}

/** How many texts signing out would delete. What is on its way has a moment to arrive. */
export async function countUnsent(client: PortalClient): Promise<number> {
  const { draftScope } = client;
  if (!draftScope) return 0;
  await Promise.race([Outbox.of(client).settled(), new Promise((resolve) => setTimeout(resolve, patience))]);
  return countDrafts(draftScope);
}
