import { jwtVerify } from 'jose';
import type { Configuration } from 'openid-client';

import type { Connection } from './connections.js';
import { type Issuer, algorithms } from './issuers.js';
import { SsoRefusal } from './refusal.js';
import { textOf } from './text.js';

/** Seconds that two clocks may differ. */
export const clockTolerance = 30;

/** Who the provider says it is. */
export interface Login {
  readonly issuer: string;
  readonly subject: string;
  /** Its own session, where it names one. */
  readonly sid: string | null;
  /** Asks for what may decide who a newcomer is. */
  profile(): Promise<Profile>;
}

/** What the provider says of a person. */
export interface Profile {
  /** An address that it has proven to be theirs; `null` where it does not say so. */
  readonly email: string | null;
  readonly name: string | null;
}

/** What was sent along, and has to come back. */
export interface Sent {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Where the visitor goes to sign in. */
export async function providerAddress(configuration: Configuration, callback: string, sent: Sent): Promise<URL> {
  const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client');
  return buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid email profile',
    state: sent.state,
    nonce: sent.nonce,
    code_challenge: await calculatePKCECodeChallenge(sent.verifier),
    code_challenge_method: 'S256',
  });
}

/**
 * Takes the provider's answer and everything that it has to prove: that it is for this request, from this provider, for us,
 * of now, and signed by one of its keys.
 *
 * @param answer the address that the browser came back to
 * @throws SsoRefusal `denied`, `failed`
 */
export async function acceptAnswer(
  issuer: Issuer,
  connection: Connection,
  configuration: Configuration,
  answer: URL,
  { state, nonce, verifier }: Sent,
  now: Date,
): Promise<Login> {
  const { authorizationCodeGrant } = await import('openid-client');
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
  try {
    const tokens = await authorizationCodeGrant(configuration, answer, checks);
    // Of the token itself only the connection that it came over was proven until here.
    const { payload } = await jwtVerify(tokens.id_token ?? '', issuer.keys, {
      issuer: issuer.metadata.issuer,
      audience: connection.clientId,
      algorithms,
      clockTolerance,
      // Also refuses what was made in the future.
      maxTokenAge: '10m',
      currentDate: now,
      requiredClaims: ['sub', 'exp', 'nonce'],
    });
    const subject = textOf(payload.sub, 255);
    if (payload['nonce'] !== nonce || subject === null) throw new SsoRefusal('failed', 'claims');
    return {
      issuer: issuer.metadata.issuer,
      subject,
      sid: textOf(payload['sid'], 255),
      profile: async () => {
        const named = toProfile(payload);
        const { userinfo_endpoint: more } = issuer.metadata;
        return named.email !== null || more === undefined
          ? named
          : askMore(configuration, tokens.access_token, payload.sub as string);
      },
    };
  } catch (error) {
    throw toRefusal(error);
  }
}

/** Many providers keep what they know of a person out of the token. @throws SsoRefusal `failed` */
async function askMore(configuration: Configuration, accessToken: string, subject: string): Promise<Profile> {
  const { fetchUserInfo } = await import('openid-client');
  try {
    return toProfile(await fetchUserInfo(configuration, accessToken, subject));
  } catch (error) {
    throw toRefusal(error);
  }
}

function toProfile(claims: Readonly<Record<string, unknown>>): Profile {
  const email = textOf(claims['email'], 254);
  // Whoever may write any address into a profile is not who reads its mail.
  const isProven = claims['email_verified'] === true && email !== null && /^[^\s@]+@[^\s@]+$/.test(email);
  return { email: isProven ? email : null, name: textOf(claims['name'], 200)?.trim() || null };
}

function toRefusal(error: unknown): SsoRefusal {
  if (error instanceof SsoRefusal) return error;
  const { name, code, error: said } = error as { name?: string; code?: unknown; error?: unknown };
  const turnedBack = code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' && said === 'access_denied';
  const detail = typeof code === 'string' ? code : (name ?? typeof error);
  return new SsoRefusal(turnedBack ? 'denied' : 'failed', detail, { cause: error });
}
