import type { Session } from '../../model/index.js';
import { portalAnswers } from '../../wire/later-answers.js';
import { isBackendError } from '../backend-error.js';
import type { RequestOptions, TokenProvider } from '../portal-backend.js';
import type { Carried } from './rest-calls.js';

/** Fetches a nonce, has the site sign a token for it, and signs in by that. What is refused is told to the console. */
export async function signInByToken(
  send: Carried,
  provide: TokenProvider,
  options?: RequestOptions,
): Promise<Session | null> {
  const { nonce } = await send(portalAnswers.getNonce, { options });
  const token = await provide(nonce);
  if (token === null) return null;
  return send(portalAnswers.signIn, { body: { method: 'host-token', token }, options }).catch((error: unknown) => {
    const field = isBackendError(error) ? error.fields?.find(({ path }) => path === 'token') : undefined;
    // oxlint-disable-next-line no-console -- It is for whoever builds the site, and nobody else.
    if (field) console.warn(`Portico: the portal does not take the token of this site: ${field.code}.`);
    throw error;
  });
}
