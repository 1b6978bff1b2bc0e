import type { PublicKey } from '../../../backend/setup/ways-in-backend.js';

/** Why a text is no key that a portal takes: the half that signs, one of another kind, or no key at all. */
export type KeyProblem = 'private' | 'unsupported' | 'malformed';

/** What stands before the numbers of a key in its PEM, by the kind (RFC 8410, RFC 5480). */
const heads = {
  Ed25519: '302a300506032b6570032100',
  'P-256': '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
} as const;
/** Bytes of a number. */
const size = 32;

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function readPem(label: string, body: string): PublicKey | KeyProblem {
  if (label.includes('PRIVATE')) return 'private';
  if (label !== 'PUBLIC KEY') return 'unsupported';
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(body.replace(/\s/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    return 'malformed';
  }
  const text = toHex(bytes);
  const numbers = (kind: keyof typeof heads, count: number): string[] | undefined => {
    const start = heads[kind].length / 2;
    if (!text.startsWith(heads[kind]) || bytes.length !== start + count * size) return undefined;
    return Array.from({ length: count }, (_, at) =>
      toBase64Url(bytes.subarray(start + at * size, start + (at + 1) * size)),
    );
  };
  const [x] = numbers('Ed25519', 1) ?? [];
  if (x) return { kty: 'OKP', crv: 'Ed25519', x };
  const [left, right] = numbers('P-256', 2) ?? [];
  return left && right ? { kty: 'EC', crv: 'P-256', x: left, y: right } : 'unsupported';
}

function readJwk(text: string): PublicKey | KeyProblem {
  let jwk: unknown;
  try {
    jwk = JSON.parse(text);
  } catch {
    return 'malformed';
  }
  // Further members, such as a use or a name, say nothing to a portal.
  const { kty, crv, x, y, d, k } = jwk as Readonly<Record<string, unknown>>;
  if (d !== undefined || k !== undefined) return 'private';
  if (typeof kty !== 'string') return 'malformed';
  const isNumber = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{43}$/.test(value);
  if (kty === 'OKP' && crv === 'Ed25519') return isNumber(x) ? { kty, crv, x } : 'malformed';
  if (kty === 'EC' && crv === 'P-256') return isNumber(x) && isNumber(y) ? { kty, crv, x, y } : 'malformed';
  return 'unsupported';
}

/** The public key that a text is, as PEM or as a JSON Web Key. */
export function readPublicKey(text: string): PublicKey | KeyProblem {
  const written = text.trim();
  if (written.startsWith('{')) return readJwk(written);
  // Who copies a whole file may have both halves of a pair in it.
  const blocks = [...written.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g)];
  const [[, label = '', body = ''] = []] = blocks;
  if (blocks.some(([, one = '']) => one.includes('PRIVATE'))) return 'private';
  return blocks.length === 1 ? readPem(label, body) : 'malformed';
}
