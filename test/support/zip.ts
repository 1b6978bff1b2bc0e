const utf8 = new TextEncoder();

/** Numbers of two or four bytes, the least first, and bytes as they are. */
function pack(...parts: readonly (readonly [size: 2 | 4, value: number] | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      part instanceof Uint8Array ? [...part] : Array.from({ length: part[0] }, (_, at) => (part[1] >>> (8 * at)) & 255),
    ),
  );
}

/** A ZIP archive of texts by name, as they are: nobody here looks at check sums. */
export function zipOf(entries: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const packed = Object.entries(entries).map(([path, text]) => {
    const [name, bytes] = [utf8.encode(path), utf8.encode(text)];
    const sizes = pack([4, 0], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0]);
    return { name, sizes, local: pack([4, 0x04034b50], [2, 10], [2, 0], [2, 0], [4, 0], sizes, name, bytes) };
  });
  let offset = 0;
  const listed = packed.map(({ name, sizes, local }) => {
    const at = offset;
    offset += local.length;
    return pack(
      [4, 0x02014b50],
      [2, 10],
      [2, 10],
      [2, 0],
      [2, 0],
      [4, 0],
      sizes,
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, at],
      name,
    );
  });
  const list = pack(...listed);
  const count = packed.length;
  const end = pack([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, list.length], [4, offset], [2, 0]);
  return new Uint8Array([...packed.flatMap(({ local }) => [...local]), ...list, ...end]);
}
