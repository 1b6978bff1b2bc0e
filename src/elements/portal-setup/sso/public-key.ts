import type { PublicKey } from '../../../backend/setup/ways-in-backend.js';

/** Why a text is no key that a portal takes: the half that signs, one of another kind, or no key at all. */
export type KeyProblem = 'private' | 'unsupported' | 'malformed';

/** What a portal checks tokens with. */
const kinds = [{ name: 'Ed25519' }, { name: 'ECDSA', namedCurve: 'P-256' }] as const;
type Kind = (typeof kinds)[number];

const nameOf = (kind: Kind): PublicKey['crv'] => ('namedCurve' in kind ? kind.namedCurve : kind.name);

/** The numbers of a key without what is said about it, such as a use or a name. */
const bare = ({ kty, crv, x, y }: JsonWebKey): PublicKey =>
  ({ kty, crv, x, ...(y !== undefined && { y }) }) as PublicKey;

async function readPem(label: string, body: string): Promise<PublicKey | KeyProblem> {
  if (label !== 'PUBLIC KEY') return 'unsupported';
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(body.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    return 'malformed';
  }
  for (const kind of kinds) {
    try {
      const key = await crypto.subtle.importKey('spki', bytes, kind, true, ['verify']);
      return bare(await crypto.subtle.exportKey('jwk', key));
    } catch {
      // It is of another kind.
    }
  }
  return 'unsupported';
}

async function readJwk(text: string): Promise<PublicKey | KeyProblem> {
  let jwk: JsonWebKey;
  try {
    jwk = JSON.parse(text) as JsonWebKey;
  } catch {
    return 'malformed';
  }
  if (jwk.d !== undefined || jwk.k !== undefined) return 'private';
  if (typeof jwk.kty !== 'string') return 'malformed';
  const kind = kinds.find((one) => nameOf(one) === jwk.crv);
  if (!kind) return 'unsupported';
  try {
    await crypto.subtle.importKey('jwk', bare(jwk), kind, true, ['verify']);
    return bare(jwk);
  } catch {
    return 'malformed';
  }
}

/**
 * The public key that a text is, as PEM or as a JSON Web Key. By the browser's cryptography, which pages of owners always have:
 * their session lives in a cookie for secure pages alone.
 */
export async function readPublicKey(text: string): Promise<PublicKey | KeyProblem> {
  const written = text.trim();
  if (written.startsWith('{')) return readJwk(written);
  // Who copies a whole file may have both halves of a pair in it.
  const blocks = [...written.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g)];
  const [[, label = '', body = ''] = []] = blocks;
  if (blocks.some(([, one = '']) => one.includes('PRIVATE'))) return 'private';
  return blocks.length === 1 ? readPem(label, body) : 'malformed';
}
