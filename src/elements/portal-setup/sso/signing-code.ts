import type { HostKey } from '../../../backend/setup/ways-in-backend.js';

interface Signing extends Pick<HostKey, 'kid' | 'algorithm'> {
  /** Address of the portal. */
  readonly portal: string;
}

const kinds = { EdDSA: 'ed25519', ES256: 'EC -pkeyopt ec_paramgen_curve:P-256' } as const;

/** How a key is made, and what of it the portal is told. */
export const makingCode = `openssl genpkey -algorithm ed25519 -out portal-key.pem
openssl pkey -in portal-key.pem -pubout`;

/** What the backend of a site adds: the same as `demo/host-token/sign-token.js`, for this portal and its key. */
export const signingCode = ({ portal, kid, algorithm }: Signing): string =>
  `/** What a site's own backend adds, so that customers who are signed in there need not sign in to the portal again. */
import { SignJWT, importPKCS8 } from 'jose';

const portal = '${portal}';
// Made once: openssl genpkey -algorithm ${kinds[algorithm]}. The portal's owner enters the public half, under the same name.
const [name, key] = ['${kid}', await importPKCS8(process.env.PORTAL_KEY ?? '', '${algorithm}')];

/** For the customer of this very session, and the \`nonce\` that their page sends. Never for an address out of a request. */
export function signToken({ id, email, fullName }, nonce) {
  return new SignJWT({ email, email_verified: true, name: fullName, nonce })
    .setProtectedHeader({ alg: '${algorithm}', kid: name, typ: 'portal-login+jwt' })
    .setIssuer(name)
    .setAudience(portal)
    .setSubject(String(id)) // stable, whatever their address is
    .setIssuedAt()
    .setExpirationTime('2m')
    .setJti(crypto.randomUUID())
    .sign(key);
}
`;

/** What the page of the site adds, where the portal is. */
export const askingCode = `document.querySelector('customer-portal').tokenProvider = async (nonce) => {
  const response = await fetch(\`/portal-token?nonce=\${encodeURIComponent(nonce)}\`);
  return response.ok ? response.text() : null; // null: nobody is signed in at the site
};
`;
