/** The longest side that we take, in points: a small file can unfold to a very large picture. */
const longest = 4096;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large a picture is, as its own beginning says; `null` where that says nothing, or too much. */
export function sizeOf(type: string, bytes: Uint8Array): Size | null {
  const [width = 0, height = 0] = readers[type]?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.length)) ?? [];
  const isFit = [width, height].every((side) => side > 0 && side <= longest);
  return isFit ? { width, height } : null;
}

type Sides = readonly [width: number, height: number] | null;

const readers: Readonly<Record<string, (view: DataView) => Sides>> = {
  'image/png': (view) => (view.byteLength < 24 ? null : [view.getUint32(16), view.getUint32(20)]),
  /** Of the first picture in it; 0 is 256. */
  'image/x-icon': (view) => (view.byteLength < 8 ? null : [view.getUint8(6) || 256, view.getUint8(7) || 256]),
  'image/webp': webp,
  'image/jpeg': jpeg,
};

/** Of its three kinds, by the name of the first chunk: with features, without loss, with loss. */
function webp(view: DataView): Sides {
  if (view.byteLength < 30) return null;
  const least = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (view.getUint32(12)) {
    case 0x56503858:
      return [least(24) + 1, least(27) + 1];
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 0x56503820:
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    default:
      return null;
  }
}

/** By the frame, before which other segments come. */
function jpeg(view: DataView): Sides {
  for (let at = 2; at + 9 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
  }
  return null;
}
