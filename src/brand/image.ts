import { sizeOf } from './image-size.js';

/** Pictures of a brand. No SVG: a picture is to be nothing but a picture, also where it is opened by itself. */

export type BrandImage = 'logo' | 'icon';

/** The largest, in bytes. */
export const imageBytes = 64 * 1024;

const signatures: readonly (readonly [type: string, at: number, bytes: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['image/x-icon', 0, [0x00, 0x00, 0x01, 0x00]],
];

/** The type of a picture by its first bytes; `null` for what is none that we take. */
export const imageTypeOf = (bytes: Uint8Array): string | null =>
  signatures.find(([, at, signature]) => signature.every((byte, index) => bytes[at + index] === byte))?.[0] ?? null;

/** What follows `data:` and the type, as bytes. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

export interface Picture {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In points, so that a page keeps its place free. */
  readonly width: number;
  readonly height: number;
}

/** The picture that an address `data:` holds; `null` when it is none of the type that it names. */
export function readImage(address: string): Picture | null {
  const [, type, base64 = ''] = /^data:([a-z/-]+);base64,(.*)$/.exec(address) ?? [];
  if (type === undefined || base64.length % 4 !== 0) return null;
  const bytes = bytesOf(base64);
  const size = imageTypeOf(bytes) === type ? sizeOf(type, bytes) : null;
  return size && { type, bytes, ...size };
}

/** A picture as `data:`; `null` for what is none that we take. */
export function imageAddress(bytes: Uint8Array): string | null {
  const type = imageTypeOf(bytes);
  if (!type || !sizeOf(type, bytes)) return null;
  return `data:${type};base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}
