import { describe, expect, test } from 'vitest';

import { fileExtensions } from '../../src/policy/index.js';
import { checkFile as checkStored, checkName } from '../../src/server/writing/check-file.js';
import { zipOf } from '../support/zip.js';

/** As a file is checked that lies in a store, read from there piece by piece. */
async function checkFile(name: string, content: Uint8Array) {
  const { name: clean, kind } = checkName(name);
  for (const size of [1, 2, 1000, 1_000_000]) {
    const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_, at) =>
      content.subarray(at * size, (at + 1) * size),
    );
    const open = () =>
      new ReadableStream<Uint8Array>({
        pull(stream) {
          const piece = pieces.shift();
          if (piece) stream.enqueue(piece);
          else stream.close();
        },
      });
    await checkStored(clean, content.length, async () => open());
  }
  return { name: clean, type: kind.type };
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : part)));
/** A file of this beginning, long enough to be one. */
const long = (...parts: readonly (string | readonly number[])[]) => bytes(...parts, Array<number>(600).fill(0));

const wordTypes = (main: string) =>
  `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="application/vnd.${main}.main+xml"/></Types>`;
const office = (main: string) => zipOf({ '[Content_Types].xml': wordTypes(main), 'main.xml': '<x/>' });
const openDocument = (kind: string) => zipOf({ mimetype: `application/vnd.oasis.opendocument.${kind}` });
const movie = (brand: string) => long([0, 0, 0, 24], 'ftyp', brand, [0, 0, 0, 0], brand, brand);

/** The beginning of one file of each kind that is not text. */
const samples: Readonly<Record<string, Uint8Array>> = {
  png: long([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', Array<number>(17).fill(1), [0, 0, 0, 0], 'IDAT'),
  jpg: long([0xff, 0xd8, 0xff, 0xe0]),
  gif: long('GIF89a'),
  webp: long('RIFF', [0, 0, 0, 0], 'WEBPVP8 '),
  avif: movie('avif'),
  heic: movie('heic'),
  bmp: long('BM'),
  tif: long('II', [42, 0, 8, 0, 0, 0]),
  pdf: long('%PDF-1.7\n'),
  docx: office('openxmlformats-officedocument.wordprocessingml.document'),
  xlsx: office('openxmlformats-officedocument.spreadsheetml.sheet'),
  pptx: office('openxmlformats-officedocument.presentationml.presentation'),
  doc: long([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  odt: openDocument('text'),
  ods: openDocument('spreadsheet'),
  odp: openDocument('presentation'),
  rtf: long('{\\rtf1'),
  zip: zipOf({ 'notes.bin': 'something' }),
  mp4: movie('isom'),
  m4v: movie('M4V '),
  mov: movie('qt  '),
  webm: long([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm'),
  '3gp': movie('3gp4'),
};
const alike: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  heif: 'heic',
  tiff: 'tif',
  xls: 'doc',
  ppt: 'doc',
  msg: 'doc',
};
const isText = (extension: string) => !(extension in samples) && !(extension in alike);

describe('a file of a kind that is taken', () => {
  test.each(fileExtensions)('goes by the type of its kind: %s', async (extension) => {
    const content = isText(extension) ? utf8('Zażółć,1\r\n') : samples[alike[extension] ?? extension]!;
    const { name, type } = await checkFile(`Picture 1.${extension.toUpperCase()}`, content);
    expect(name).toBe(`Picture 1.${extension.toUpperCase()}`);
    expect(type).toMatch(/^[a-z0-9]+\/[a-z0-9.+-]+$/);
    expect(type).not.toMatch(/html|svg|script|octet/);
  });

  test.each(fileExtensions)('is refused with the bytes of another: %s', async (extension) => {
    const own = samples[alike[extension] ?? extension];
    const sameAs: Record<string, string[]> = { mp4: ['m4v'], m4v: ['mp4'] };
    for (const [other, content] of Object.entries(samples)) {
      if (content === own || sameAs[extension]?.includes(other)) continue;
      await expect(checkFile(`a.${extension}`, content), `${other} as ${extension}`).rejects.toThrow(
        'unsupported-type',
      );
    }
    const text = checkFile(`a.${extension}`, utf8('<script>alert(1)</script>'));
    await (isText(extension) ? text : expect(text).rejects.toThrow('unsupported-type'));
  });
});

test.each([
  'run.exe',
  'setup.msi',
  'go.bat',
  'go.cmd',
  'x.ps1',
  'x.js',
  'x.mjs',
  'x.vbs',
  'x.sh',
  'x.jar',
  'x.apk',
  'x.lnk',
  'x.scr',
  'page.html',
  'page.htm',
  'page.xhtml',
  'page.mhtml',
  'drawing.svg',
  'data.xml',
  'macro.docm',
  'macro.xlsm',
  'disk.iso',
  'constructor',
  '.constructor',
  'x.constructor',
  'x.toString',
  'x.png.exe',
  'x.png.',
  'x.png ',
  'png',
  'x',
  '.',
  '',
  'x.png/y',
])('a file is not taken by its name alone: %j', async (name) => {
  const picture = /\.png[. ]*$/.test(name) ? utf8('not even text \0') : samples['png']!;
  await expect(checkFile(name, picture)).rejects.toThrow('unsupported-type');
});

test.each([
  ['a program as a picture', 'a.png', long('MZ')],
  ['a page as a picture', 'a.png', utf8('<!doctype html><script>alert(1)</script>')],
  ['a drawing as a picture', 'a.jpg', utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a document with macros as one without', 'a.docx', office('ms-word.document.macroEnabled')],
  ['any archive as a document', 'a.docx', zipOf({ 'a.txt': 'text' })],
  ['a document that ends too early', 'a.docx', bytes('PK', [3, 4, 10])],
  ['a picture of nothing', 'a.png', bytes()],
  ['a program as a log', 'a.log', long('MZ')],
])('%s is refused', async (_, name, content) => {
  await expect(checkFile(name, content)).rejects.toThrow('unsupported-type');
});

describe('text', () => {
  const utf16 = (text: string, little: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * text.length));
    for (const [at, letter] of [...text].entries()) view.setUint16(2 * at, letter.charCodeAt(0), little);
    return new Uint8Array(view.buffer);
  };

  test.each([
    ['of nothing', bytes()],
    ['in UTF-8', utf8('Zażółć gęślą jaźń \u{1F321}')],
    ['in UTF-8 that says so', utf8('\ufeffname;value')],
    ['in UTF-16, the least byte first', utf16('\ufeffZażółć', true)],
    ['in UTF-16, the greatest byte first', utf16('\ufeffZażółć', false)],
    ['of an older spreadsheet (windows-1250)', bytes('za', [0xbf, 0xf3, 0xb3, 0xe6], ';1\r\n')],
    ['with the colours of a terminal', bytes([0x1b], '[31mfailed', [0x1b], '[0m\n')],
    ['that begins as a picture does', utf8('BMW: the display stays dark')],
    ['that begins as a program does', utf8('MZ 80 K')],
  ])('%s is taken', async (_, content) => {
    expect(await checkFile('a.csv', content)).toEqual({ name: 'a.csv', type: 'text/csv' });
  });

  test.each([
    ['with NUL', utf8('a\0b')],
    ['of UTF-16 that does not say so', utf16('abc', true)],
    ['of UTF-16 with half a letter', new Uint8Array([0xff, 0xfe, 0x41])],
    ['of UTF-16 with NUL', utf16('\ufeffa\0b', true)],
    ['of bytes that no text has', new Uint8Array([0x41, 0x01, 0xc3])],
  ])('%s is none', async (_, content) => {
    await expect(checkFile('a.txt', content)).rejects.toThrow('unsupported-type');
  });
});
