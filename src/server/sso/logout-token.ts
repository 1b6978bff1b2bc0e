import { jwtVerify } from 'jose';

import type { Connection } from './connections.js';
import { clockTolerance } from './id-token.js';
import { type Issuer, algorithms } from './issuers.js';
import { textOf } from './text.js';

/** Which sessions of a provider have ended. At least one of subject and sid is there. */
export interface Logout {
  readonly subject: string | null;
  readonly sid: string | null;
  /** Names this word alone. */
  readonly jti: string;
  /** When it is too old to be taken. */
  readonly until: Date;
}

/** Minutes for which a word is news. */
const news = 10;
const event = 'http://schemas.openid.net/event/backchannel-logout';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a provider says has ended (OpenID Connect Back-Channel Logout 1.0, 2.6). Returns `null` for what it has not said. */
export async function readLogoutToken(
  { metadata, keys }: Issuer,
  { clientId }: Connection,
  token: string,
  now: Date,
): Promise<Logout | null> {
  const verified = await jwtVerify(token, keys, {
    issuer: metadata.issuer,
    audience: clientId,
    algorithms,
    clockTolerance,
    maxTokenAge: `${news}m`,
    currentDate: now,
    requiredClaims: ['exp', 'jti', 'events'],
  }).catch(() => null);
  if (!verified) return null;
  const { payload, protectedHeader } = verified;
  const { typ } = protectedHeader;
  if (typ !== undefined && !/^(application\/)?logout\+jwt$/i.test(typ)) return null;
  const events = payload['events'];
  // With a nonce it would be what somebody signs in with.
  if (!isObject(events) || !isObject(events[event]) || 'nonce' in payload) return null;
  const [subject, sid, jti] = [payload.sub, payload['sid'], payload.jti].map((value) => textOf(value, 255));
  const isMalformed = (payload.sub !== undefined && !subject) || (payload['sid'] !== undefined && !sid);
  if (!jti || isMalformed || (!subject && !sid)) return null;
  const issuedAt = (payload.iat ?? 0) * 1000;
  const until = new Date(issuedAt + news * 60_000 + 2 * clockTolerance * 1000);
  return { subject: subject ?? null, sid: sid ?? null, jti, until };
}
