/** What a site's own backend adds, so that customers who are signed in there need not sign in to the portal again. */
import { SignJWT, importPKCS8 } from 'jose';

const portal = 'https://support.example.com/help';
// Made once: openssl genpkey -algorithm ed25519. The portal's owner enters the public half, under the same name.
const [name, key] = ['site-2026', await importPKCS8(process.env.PORTAL_KEY ?? '', 'EdDSA')];

/** For the customer of this very session, and the `nonce` that their page sends. Never for an address out of a request. */
export function signToken({ id, email, fullName }, nonce) {
  return new SignJWT({ email, email_verified: true, name: fullName, nonce })
    .setProtectedHeader({ alg: 'EdDSA', kid: name, typ: 'portal-login+jwt' })
    .setIssuer(name)
    .setAudience(portal)
    .setSubject(String(id)) // stable, whatever their address is
    .setIssuedAt()
    .setExpirationTime('2m')
    .setJti(crypto.randomUUID())
    .sign(key);
}
