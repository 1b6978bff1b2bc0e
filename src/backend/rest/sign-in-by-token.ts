import type { Session } from '../../model/index.js';
import { type AnsweredRoute, portalAnswers } from '../../wire/answers.js';
import type * as z from 'zod/mini';
import { isBackendError } from '../backend-error.js';
import type { RequestOptions, TokenProvider } from '../portal-backend.js';
import type { Call } from './rest-backend.js';

/** Sends what begins a session. */
type Send = <T>(
  route: Omit<AnsweredRoute, 'answer'> & { readonly answer?: z.ZodMiniType<T> },
  call: Call,
) => Promise<T>;

/** Fetches a nonce, has the site sign a token for it, and signs in by that. What is refused is told to the console. */
export async function signInByToken(
  send: Send,
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
