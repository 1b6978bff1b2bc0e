/** A draft key as a session hands it out: 256 bits in base64url. */
export const draftKeyOf = (byte: number): string =>
  btoa(String.fromCharCode(...new Uint8Array(32).fill(byte)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
