/** A kind of file that customers send. */
export interface FileKind {
  /** By what it is served, whatever its sender calls it. */
  readonly type: string;
  /** What its first bytes may show it to be, by the usual extension of that; `null` for text, which begins as it likes. */
  readonly bytes: readonly string[] | null;
}

const kind = (type: string, ...bytes: string[]): FileKind => ({ type, bytes });
const text = (type = 'text/plain'): FileKind => ({ type, bytes: null });
const office = 'application/vnd.openxmlformats-officedocument';
const open = 'application/vnd.oasis.opendocument';

/**
 * What customers send, by the extension of the name. What runs where it is opened is not there: programs and scripts, documents
 * with macros, and HTML and SVG, which support would open in the browser that they work in. Who has to send one packs it.
 */
const kinds: Readonly<Record<string, FileKind>> = {
  png: kind('image/png', 'png', 'apng'),
  jpg: kind('image/jpeg', 'jpg'),
  jpeg: kind('image/jpeg', 'jpg'),
  gif: kind('image/gif', 'gif'),
  webp: kind('image/webp', 'webp'),
  avif: kind('image/avif', 'avif'),
  heic: kind('image/heic', 'heic'),
  heif: kind('image/heif', 'heic'),
  bmp: kind('image/bmp', 'bmp'),
  tif: kind('image/tiff', 'tif'),
  tiff: kind('image/tiff', 'tif'),
  pdf: kind('application/pdf', 'pdf'),
  docx: kind(`${office}.wordprocessingml.document`, 'docx'),
  xlsx: kind(`${office}.spreadsheetml.sheet`, 'xlsx'),
  pptx: kind(`${office}.presentationml.presentation`, 'pptx'),
  doc: kind('application/msword', 'cfb'),
  xls: kind('application/vnd.ms-excel', 'cfb'),
  ppt: kind('application/vnd.ms-powerpoint', 'cfb'),
  odt: kind(`${open}.text`, 'odt'),
  ods: kind(`${open}.spreadsheet`, 'ods'),
  odp: kind(`${open}.presentation`, 'odp'),
  rtf: kind('application/rtf', 'rtf'),
  zip: kind('application/zip', 'zip'),
  msg: kind('application/vnd.ms-outlook', 'cfb'),
  eml: text('message/rfc822'),
  txt: text(),
  log: text(),
  md: text('text/markdown'),
  csv: text('text/csv'),
  tsv: text('text/tab-separated-values'),
  json: text('application/json'),
  yaml: text('application/yaml'),
  yml: text('application/yaml'),
  ics: text('text/calendar'),
  mp4: kind('video/mp4', 'mp4', 'm4v'),
  m4v: kind('video/x-m4v', 'm4v', 'mp4'),
  mov: kind('video/quicktime', 'mov'),
  webm: kind('video/webm', 'webm'),
  '3gp': kind('video/3gpp', '3gp'),
};

/** The extensions of files that are taken, in lower case and without the dot. */
export const fileExtensions: readonly string[] = Object.keys(kinds);

/** The kind that a file's name says it is; `undefined` for one that is not taken. */
export function fileKindOf(name: string): FileKind | undefined {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(kinds, extension) ? kinds[extension] : undefined;
}

/** Control characters that no text has: all but white space, the form feed, the end of an old file and the escape of colours. */
// oxlint-disable-next-line no-control-regex -- it is about them
const control = /[\0-\x08\x0b\x0e-\x19\x1c-\x1f]/;

/**
 * Whether bytes can be read as text: UTF-8, UTF-16 that says so, or one of the older encodings, in which many a spreadsheet
 * writes still. There is no NUL in any of them. Reads no further than it has to.
 */
export async function isText(pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  let begun: Uint8Array = new Uint8Array();
  let decoder: TextDecoder | undefined;
  try {
    for await (const piece of pieces) {
      const bytes = begun.length ? Uint8Array.from([...begun, ...piece]) : piece;
      // The first two say which of them it is.
      begun = decoder || bytes.length > 1 ? begun.subarray(0, 0) : bytes;
      if (begun.length) continue;
      decoder ??= decoderFor(bytes);
      if (control.test(decoder.decode(bytes, { stream: true }))) return false;
    }
    // Half a letter at the end is none.
    return !control.test((decoder ?? decoderFor(begun)).decode(decoder ? undefined : begun));
  } catch {
    return false;
  }
}

/** In UTF-8 and in every older encoding the control characters are the same single bytes: one of these shows them all. */
function decoderFor([first, second]: Uint8Array): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  return new TextDecoder('windows-1252');
}
