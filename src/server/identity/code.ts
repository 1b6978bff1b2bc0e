/** Eight figures and letters of which none looks like another (Crockford's base 32): 40 bits. */
export type Code = string & { readonly [code]: true };
declare const code: unique symbol;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** A code of `random`, which is base64url of 128 random bits. */
export function writeCode(random: string): Code {
  const bytes = atob(random.replaceAll('-', '+').replaceAll('_', '/')).slice(-length);
  return Array.from({ length }, (_, at) => alphabet[bytes.charCodeAt(at) % 32]).join('') as Code;
}

/** What somebody has typed or pasted, as the code that it means; `null` when it can be none. */
export function readCode(text: string): Code | null {
  const read = text
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}_.]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return read.length === length && [...read].every((char) => alphabet.includes(char)) ? (read as Code) : null;
}
