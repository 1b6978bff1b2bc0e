import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

import { zipOf } from '../../support/zip.js';

/** Files as nobody's program writes them, made here: none lies in the repository. */

export const utf8 = (text: string): Buffer => Buffer.from(text);

/** Bytes as text, as they are, or number by number. */
type Part = string | Uint8Array | readonly number[];

export const join = (...parts: readonly Part[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? utf8(part) : Buffer.from(part))));

const be32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const le16 = (value: number) => [value & 255, (value >>> 8) & 255];
const le32 = (value: number) => be32(value).toReversed();

function pngChunk(name: string, content: Uint8Array): Buffer {
  const named = join(name, content);
  return join(be32(content.length), named, be32(crc32(named)));
}

/** A picture of one point that says it has so many; `more` is written between its head and its points. */
export function png({ width = 1, height = 1, more = join(), after = '' } = {}): Buffer {
  return join(
    [0x89],
    'PNG\r\n',
    [0x1a, 0x0a],
    pngChunk('IHDR', join(be32(width), be32(height), [8, 6, 0, 0, 0])),
    more,
    pngChunk('IDAT', deflateSync(Buffer.alloc(5))),
    pngChunk('IEND', join()),
    after,
  );
}

/** Text that programs read out of a picture. */
export const pngText = (text: string): Buffer => pngChunk('tEXt', utf8(`Comment\0${text}`));

export const jpeg = (...after: readonly Part[]): Buffer =>
  join([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0], ...after, [0xff, 0xd9]);

/** The smallest picture, whose size reads as the beginning of a comment of JavaScript. */
export const gifScript = (script: string): Buffer => join('GIF89a/*', Buffer.alloc(40), `*/=1;${script};//`);

export const pdf = (between: string): Buffer =>
  join(`%PDF-1.7\n${between}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);

interface Packed {
  readonly name: string;
  readonly content: Uint8Array;
  /** What it says that it has unpacked, where that is a lie. */
  readonly claims?: number;
}

/** A ZIP archive whose entries are packed: a thousandth of what they become. */
export function packed(entries: readonly Packed[]): Buffer {
  let offset = 0;
  const locals: Buffer[] = [];
  const listed = entries.map(({ name, content, claims = content.length }) => {
    const bytes = deflateRawSync(content, { level: 9 });
    const facts = join(le32(crc32(content)), le32(bytes.length), le32(claims), le16(utf8(name).length), le16(0));
    const local = join('PK', [3, 4], le16(20), le16(0x800), le16(8), le32(0), facts, name, bytes);
    const place = join(le16(0), le16(0), le16(0), le32(0), le32(offset), name);
    offset += local.length;
    locals.push(local);
    return join('PK', [1, 2], le16(20), le16(20), le16(0x800), le16(8), le32(0), facts, place);
  });
  const list = join(...listed);
  const count = le16(entries.length);
  return join(...locals, list, 'PK', [5, 6], le32(0), count, count, le32(list.length), le32(offset), le16(0));
}

const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * 1024 * 1024);

/** Unpacked, so many mebibytes of nothing. */
export const zipBomb = (mebibytes: number): Buffer => packed([{ name: 'zeros.bin', content: zeros(mebibytes) }]);

/** Ten of the same in each of ten in each of ten. */
export function nestedBomb(): Buffer {
  let inner = zipBomb(8);
  for (let level = 0; level < 3; level++) {
    const content = inner;
    inner = packed(Array.from({ length: 10 }, (_, at) => ({ name: `${level}-${at}.zip`, content })));
  }
  return inner;
}

const types = (main: string) =>
  `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="application/vnd.${main}.main+xml"/></Types>`;
const word = 'openxmlformats-officedocument.wordprocessingml.document';

export const docx = (more: Record<string, string> = {}, main = word): Uint8Array =>
  zipOf({ '[Content_Types].xml': types(main), 'main.xml': '<x/>', ...more });

/** A document whose own list of contents unpacks to so many mebibytes of blanks. */
export const docxBomb = (mebibytes: number, claims?: number): Buffer =>
  packed([
    {
      name: '[Content_Types].xml',
      content: join(types(word), zeros(mebibytes).fill(32)),
      ...(claims !== undefined && { claims }),
    },
  ]);

/** A document of the right kind, with a picture in it that unpacks to so many mebibytes. */
export const docxWithBomb = (mebibytes: number): Buffer =>
  packed([
    { name: '[Content_Types].xml', content: utf8(types(word)) },
    { name: 'media/image1.bmp', content: zeros(mebibytes) },
  ]);

/** A chain of so many chunks of nothing before the points of a picture. */
export const pngOfChunks = (count: number): Buffer =>
  png({ more: Buffer.concat(Array.from({ length: count }, () => pngChunk('tEXt', utf8('k\0v')))) });
