import { EncryptJWT, base64url, jwtDecrypt } from 'jose';

/** Keys for one purpose each, derived from the server's secret (HKDF-SHA-256, 32 bytes). */
export async function deriveKey(secret: Uint8Array, purpose: string): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', secret as BufferSource, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(purpose);
  const salt = new Uint8Array(32);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, 256));
}

/** A cursor leads on for an hour. */
export const cursorSeconds = 3600;

export interface Sealer {
  /** Encrypts `payload` for `seconds`. Nobody but this server can read or make one. */
  seal(payload: Record<string, unknown>, seconds: number): Promise<string>;
  /** `null` for anything that this purpose did not seal, or that has run out. */
  open(text: string): Promise<Record<string, unknown> | null>;
}

/** Base64 leaves bits unused and its decoder passes over white space: of all spellings only the one that was given out counts. */
const isAsSealed = (text: string): boolean =>
  text.split('.').every((part) => base64url.encode(base64url.decode(part)) === part);

/** Seals for one purpose: what is sealed for another does not open. */
export function createSealer(secret: Uint8Array, purpose: string, clock: () => Date): Sealer {
  const key = deriveKey(secret, purpose).then((bytes) =>
    crypto.subtle.importKey('raw', bytes as BufferSource, 'AES-GCM', false, ['encrypt', 'decrypt']),
  );
  return {
    async seal(payload, seconds) {
      const expires = new Date(clock().getTime() + seconds * 1000);
      return new EncryptJWT({ sealed: payload })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(expires)
        .encrypt(await key);
    },
    async open(text) {
      try {
        if (!isAsSealed(text)) return null;
        const { payload } = await jwtDecrypt(text, await key, {
          currentDate: clock(),
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return payload.sealed as Record<string, unknown>;
      } catch {
        return null;
      }
    },
  };
}
