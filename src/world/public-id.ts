const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The public id of a thing of the world, for links that are the same in every store and on every day: 128 bits in
 * base64url, four FNV-1a hashes of its name. Stable, not secret; things that people make get random ids.
 */
export function publicIdOf(
  kind: 'ticket' | 'message' | 'file' | 'contact' | 'company' | 'staff' | 'inbox' | 'domain',
  id: string,
) {
  const words = [0, 1, 2, 3].map((seed) => hash(`${seed} ${kind} ${id}`));
  const bytes = words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
  return base64url(bytes);
}

/** Bytes in base64url without padding. */
export function base64url(bytes: Iterable<number>): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += alphabet[(held >>> bits) & 63];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(held << (6 - bits)) & 63] : text;
}

function hash(text: string): number {
  let word = 0x811c9dc5;
  for (const char of text) word = Math.imul(word ^ (char.codePointAt(0) ?? 0), 0x01000193);
  // FNV leaves neighbours alike; a final mix spreads them.
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
