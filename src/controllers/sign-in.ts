import type { NewPassword, PendingSignIn, SignIn, SignInStart } from '../model/index.js';
import type { PortalClient } from './portal-client.js';

/** Ways in, each through a client: its elements and other tabs hear of it. All throw `BackendError`. */

export async function signIn(client: PortalClient, input: SignIn): Promise<void> {
  client.enter(await client.backend.signIn?.(input));
}

/** Signs in at another place, straight from a click. */
export async function signInElsewhere(client: PortalClient, connection: string): Promise<void> {
  client.enter(await client.backend.signInElsewhere?.(connection));
}

/** Goes on with what the page has come back with from there. */
export async function resumeSignIn(client: PortalClient, answer: string): Promise<void> {
  client.enter(await client.backend.resumeSignIn?.(answer));
}

/** Asks for a code. */
export async function startSignIn(client: PortalClient, input: SignInStart): Promise<PendingSignIn | undefined> {
  const pending = await client.backend.startSignIn?.(input);
  if (pending) client.expect(pending);
  return pending;
}

/** Changes the password, and so ends every session. */
export async function setPassword(client: PortalClient, input: NewPassword): Promise<void> {
  await client.backend.setPassword?.(input);
  client.enter();
}
