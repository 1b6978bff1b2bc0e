import { decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose';
import * as z from 'zod/mini';

import { ApiError } from '../api-error.js';
import type { Statement, Transaction } from '../database.js';
import type { AppDeps, Caller } from '../deps.js';
import type { PortalSettings } from '../settings/portal.js';
import { hashToken, newToken } from './session.js';
import type { Proof } from './flows.js';
import { takesDomain } from './ways-in.js';

/** Milliseconds that a nonce waits for its token. */
const nonceLifetime = 5 * 60_000;
/** Seconds that a token may live, and that clocks may differ. */
const tokenLifetime = 300;
const tolerance = 30;

/** What is wrong with a token, for whoever builds the site: it tells a stranger nothing. */
type Reason = 'malformed' | 'key' | 'signature' | 'claims' | 'expired' | 'nonce' | 'contact';

const headerSchema = z.strictObject({
  alg: z.enum(['EdDSA', 'ES256']),
  kid: z.string().check(z.minLength(1), z.maxLength(64)),
  typ: z.literal('portal-login+jwt'),
});

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max), z.regex(/^[^\0\p{Cs}]*$/u));
/** Claims that are not named here, such as a company or a role, say nothing: who belongs where is decided here. */
const claimsSchema = z.object({
  aud: z.string(),
  sub: text(255),
  email: text(254).check(z.regex(/^[^\s@]+@[^\s@]+$/)),
  email_verified: z.literal(true),
  name: z.optional(text(200)),
  iat: z.int(),
  exp: z.int(),
  jti: text(255),
  nonce: z.string().check(z.regex(/^[\w-]{43,44}$/)),
});

interface KeyRow {
  readonly algorithm: 'EdDSA' | 'ES256';
  readonly jwk: Parameters<typeof importJWK>[0];
}

const insertNonce: Statement = {
  name: 'host_nonce_insert',
  text: `INSERT INTO flows (account_id, id_hash, portal_id, kind, email, code_hash, created_at, expires_at)
    VALUES ($1, $2, $3, 'host-token', '', $2, $4, $5)`,
};
const useNonce: Statement = {
  name: 'host_nonce_use',
  text: `UPDATE flows SET used_at = $4 WHERE account_id = $1 AND portal_id = $2 AND id_hash = $3 AND kind = 'host-token'
    AND used_at IS NULL AND expires_at > $4 RETURNING id_hash`,
};
const findKey: Statement = {
  name: 'host_key',
  text: 'SELECT algorithm, jwk FROM host_keys WHERE account_id = $1 AND portal_id = $2 AND kid = $3',
};
/** Not each time: those who come at once would wait for each other. */
const noteUse: Statement = {
  name: 'host_key_used',
  text: `UPDATE host_keys SET last_used_at = $4 WHERE account_id = $1 AND portal_id = $2 AND kid = $3
    AND (last_used_at IS NULL OR last_used_at <= $4::timestamptz - interval '1 hour')`,
};
const byIdentity: Statement = {
  name: 'host_identity',
  text: `SELECT c.email FROM identities i JOIN contacts c ON c.account_id = i.account_id AND c.id = i.contact_id
    WHERE i.account_id = $1 AND i.issuer = $2 AND i.subject = $3`,
};
/** The contact of an address, and whether another customer of the site is that already. */
const byEmail: Statement = {
  name: 'host_contact',
  text: `SELECT EXISTS (SELECT FROM identities i WHERE i.account_id = c.account_id AND i.contact_id = c.id AND i.issuer = $3) AS taken
    FROM contacts c WHERE c.account_id = $1 AND lower(c.email) = lower($2)`,
};

/** @throws ApiError `unauthenticated` */
function refuse(code: Reason): never {
  throw new ApiError('unauthenticated', { fields: [{ path: 'token', code }] });
}

/** A number for one token, which this browser hands to its site just before. */
export async function issueNonce(
  deps: AppDeps,
  { account, id }: PortalSettings,
): Promise<{ nonce: string; expiresAt: string }> {
  const nonce = newToken(deps);
  const now = deps.clock();
  const expires = new Date(now.getTime() + nonceLifetime);
  await deps.database.batch({ role: 'staff', account }, [
    { statement: insertNonce, params: [account, await hashToken(deps, nonce), id, now, expires] },
  ]);
  return { nonce, expiresAt: expires.toISOString() };
}

/**
 * What the signed token of a site says: who its customer is. The signature is checked by a key of this portal and by its
 * one algorithm, then the token's time, that it is for this portal, and that its nonce was given out and is used now, once.
 *
 * @throws ApiError `unauthenticated`, with the reason in `fields`
 */
export async function acceptHostToken(
  deps: AppDeps,
  tx: Transaction,
  portal: PortalSettings,
  caller: Caller,
  token: string,
): Promise<Proof> {
  const { account, id } = portal;
  const header = readHeader(token);
  const [key] = await tx.query<KeyRow>(findKey, [account, id, header.kid]);
  if (!key || key.algorithm !== header.alg) refuse('key');
  const claims = await verify(token, key, header.kid, `${caller.base}/${portal.slug}`, deps.clock());
  const [used] = await tx.query(useNonce, [account, id, await hashToken(deps, claims.nonce), deps.clock()]);
  if (!used) refuse('nonce');
  await tx.query(noteUse, [account, id, header.kid, deps.clock()]);

  const identity = { issuer: `host-token:${portal.id}`, subject: claims.sub };
  const proof = { identity, name: claims.name ?? null, locale: null, password_hash: null };
  const [known] = await tx.query<{ email: string }>(byIdentity, [account, identity.issuer, identity.subject]);
  if (known) return { ...proof, kind: 'email', email: known.email };
  const [contact] = await tx.query<{ taken: boolean }>(byEmail, [account, claims.email, identity.issuer]);
  // Somebody else's contact is not handed over because an address has moved.
  if (contact?.taken) refuse('contact');
  const makesContacts = portal.access.kind === 'sso-only' || takesDomain(portal, claims.email);
  if (!contact && !makesContacts) refuse('contact');
  return { ...proof, kind: contact ? 'email' : 'register', email: claims.email };
}

/** May tokens be checked by it? Not every one of the right form is a point of its curve. */
export const isHostKey = (jwk: KeyRow['jwk'], algorithm: KeyRow['algorithm']): Promise<boolean> =>
  importJWK(jwk, algorithm).then(
    () => true,
    () => false,
  );

/** Names no key and no address to load one from: only ours count. */
function readHeader(token: string): z.infer<typeof headerSchema> {
  let header: unknown;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    refuse('malformed');
  }
  const read = z.safeParse(headerSchema, header);
  if (!read.success) refuse('malformed');
  return read.data;
}

async function verify(
  token: string,
  { algorithm, jwk }: KeyRow,
  issuer: string,
  audience: string,
  now: Date,
): Promise<z.infer<typeof claimsSchema>> {
  const payload = await importJWK(jwk, algorithm)
    .then((key) =>
      jwtVerify(token, key, {
        algorithms: [algorithm],
        typ: 'portal-login+jwt',
        issuer,
        audience,
        currentDate: now,
        clockTolerance: tolerance,
        maxTokenAge: tokenLifetime,
      }),
    )
    .then(
      (verified) => verified.payload,
      (error: unknown) => {
        if (error instanceof errors.JWTExpired) refuse('expired');
        if (error instanceof errors.JWTClaimValidationFailed) refuse('claims');
        if (error instanceof errors.JWSSignatureVerificationFailed) refuse('signature');
        refuse('malformed');
      },
    );
  const claims = z.safeParse(claimsSchema, payload);
  if (!claims.success || claims.data.exp - claims.data.iat > tokenLifetime) refuse('claims');
  return claims.data;
}
