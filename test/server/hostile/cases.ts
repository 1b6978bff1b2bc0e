import { zipOf } from '../../support/zip.js';
import {
  docx,
  docxBomb,
  docxWithBomb,
  gifScript,
  jpeg,
  join,
  nestedBomb,
  packed,
  pdf,
  png,
  pngOfChunks,
  pngText,
  utf8,
  zipBomb,
} from './bytes.js';

/** A file as somebody sends it who means no good, and what becomes of it. */
export interface HostileCase {
  readonly title: string;
  /** As it stands in the form, byte by byte: also with what no browser would write there. */
  readonly name: string;
  /** What its sender says it is. */
  readonly type?: string;
  readonly bytes: () => Uint8Array;
  /** Refused with this status; or taken, under this name and served as this type. */
  readonly becomes: number | { readonly name: string; readonly type: string };
}

const html = '<!doctype html><script>alert(document.domain)</script>';
const script = 'alert(document.domain)';
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script></svg>`;
const xhtml = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${script}</script></html>`;
const text = () => utf8('Some text');
const as = (type: string) => (name: string) => ({ name, type });
const picture = as('image/png');
const bytes = as('application/octet-stream');
const plain = as('text/plain');

/** Two kinds of file in one. */
const polyglots: readonly HostileCase[] = [
  ['a picture that is a script', 'a.gif', () => gifScript(script), as('image/gif')('a.gif')],
  ['the same by the name of a script', 'a.js', () => gifScript(script), 415],
  ['the same by both names', 'a.gif.js', () => gifScript(script), 415],
  ['a document that is a page', 'a.pdf', () => pdf(html), as('application/pdf')('a.pdf')],
  ['the same by the name of a page', 'a.html', () => pdf(html), 415],
  ['a page before a document', 'a.pdf', () => join(html, pdf('')), 415],
  ['an archive behind a picture', 'a.jpg', () => jpeg(zipOf({ 'run.exe': 'MZ' })), as('image/jpeg')('a.jpg')],
  ['the same by the name of an archive', 'a.zip', () => jpeg(zipOf({ 'run.exe': 'MZ' })), 415],
  ['a program of Java behind a picture', 'a.jar', () => jpeg(zipOf({ 'META-INF/MANIFEST.MF': '' })), 415],
  ['a page behind a picture', 'a.png', () => png({ after: html }), picture('a.png')],
  ['a page within a picture', 'a.png', () => png({ more: pngText(html) }), picture('a.png')],
  ['a page behind a picture, by the name of a page', 'a.htm', () => png({ after: html }), 415],
  ['PHP within a picture', 'a.png', () => png({ more: pngText('<?php system($_GET[0]); ?>') }), picture('a.png')],
  ['PHP within a picture, by both names', 'a.php.png', () => png({ more: pngText('<?php ?>') }), picture('a.php.png')],
  [
    'a page as the comment of an archive',
    'a.zip',
    () => join(zipOf({ a: html }), html),
    as('application/zip')('a.zip'),
  ],
  ['a drawing behind a picture', 'a.gif', () => join(gifScript(''), svg), as('image/gif')('a.gif')],
  ['a page that a document of text begins with', 'a.rtf', () => join('{\\rtf1 ', html, '}'), bytes('a.rtf')],
  ['text that is a page', 'a.txt', () => utf8(html), plain('a.txt')],
  ['a table whose cells compute', 'a.csv', () => utf8("=cmd|' /C calc'!A0,1\r\n"), as('text/csv')('a.csv')],
  ['a mail that is a page', 'a.eml', () => utf8(`Content-Type: text/html\r\n\r\n${html}`), bytes('a.eml')],
  ['data that is a script', 'a.json', () => utf8(`/*{}*/${script}`), bytes('a.json')],
  ['an appointment that is a page', 'a.ics', () => utf8(`BEGIN:VCALENDAR\r\n${html}`), bytes('a.ics')],
].map(([title, name, make, becomes]) => ({ title, name, bytes: make, becomes }) as HostileCase);

/** Small here, and large where somebody opens it; or made to keep busy who looks at it. */
const bombs: readonly HostileCase[] = [
  ['an archive of 64 MiB in 64 KiB', 'a.zip', () => zipBomb(64), as('application/zip')('a.zip')],
  ['archives within archives, 8 GiB in all', 'a.zip', () => nestedBomb(), as('application/zip')('a.zip')],
  ['an archive within itself by its name', '42.zip.zip', () => nestedBomb(), as('application/zip')('42.zip.zip')],
  ['a picture of 2³¹ by 2³¹ points', 'a.png', () => png({ width: 0x7fffffff, height: 0x7fffffff }), picture('a.png')],
  ['a picture of 65,535 by 65,535 points', 'a.png', () => png({ width: 65_535, height: 65_535 }), picture('a.png')],
  ['a picture of no points', 'a.png', () => png({ width: 0, height: 0 }), picture('a.png')],
  ['a picture of 100,000 parts', 'a.png', () => pngOfChunks(100_000), picture('a.png')],
  ['a document whose contents unpack to 200 MiB', 'a.docx', () => docxBomb(200), 415],
  ['the same, which says that they are one byte', 'a.docx', () => docxBomb(200, 1), 415],
  ['the same, which says that they are 4 GiB', 'a.docx', () => docxBomb(2, 0xffffffff), 415],
  ['a document with a picture of 100 MiB', 'a.docx', () => docxWithBomb(100), bytes('a.docx')],
  [
    'an archive of 10,000 entries as a document',
    'a.docx',
    () => packed(Array.from({ length: 10_000 }, (_, at) => ({ name: `${at}`, content: utf8('x') }))),
    415,
  ],
  ['a page of a million brackets', 'a.json', () => utf8('['.repeat(1_000_000)), bytes('a.json')],
  ['entities that multiply', 'a.xml', () => utf8(`<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}">]><a>&b;</a>`), 415],
].map(([title, name, make, becomes]) => ({ title, name, bytes: make, becomes }) as HostileCase);

/** What runs in the browser that it is opened in. */
const active: readonly HostileCase[] = [
  ...['a.svg', 'a.SVG', 'a.svgz', 'a.xml', 'a.xhtml', 'a.png', 'a.jpg', 'a.pdf', 'a', '.svg', 'a.svg.', 'a.svg '].map(
    (name) => ({ title: `a drawing with a script as ${JSON.stringify(name)}`, name, bytes: () => utf8(svg) }),
  ),
  ...['a.png', 'a.gif', 'a.webp', 'a.avif', 'a.zip', 'a.docx', 'a.html', 'a.xht', 'a.mht', 'a.shtml'].map((name) => ({
    title: `a page as ${JSON.stringify(name)}`,
    name,
    bytes: () => utf8(html),
  })),
  { title: 'a page in XML as a picture', name: 'a.jpeg', bytes: () => utf8(xhtml) },
  { title: 'a page behind a byte order mark as a picture', name: 'a.png', bytes: () => join([0xef, 0xbb, 0xbf], html) },
  { title: 'a document with macros', name: 'a.docm', bytes: () => docx({}, 'ms-word.document.macroEnabled') },
  { title: 'the same as one without', name: 'a.docx', bytes: () => docx({}, 'ms-word.document.macroEnabled') },
  { title: 'a program as a picture', name: 'a.png', bytes: () => join('MZ', Buffer.alloc(600)) },
  { title: 'a program by both names', name: 'a.png.exe', bytes: () => png() },
  { title: 'a program behind many blanks', name: `a.png${' '.repeat(200)}.exe`, bytes: () => png() },
  { title: 'a program behind a NUL', name: 'a.exe\0.png', bytes: () => join('MZ', Buffer.alloc(600)) },
  { title: 'a link of Windows', name: 'a.lnk', bytes: text },
  { title: 'what Windows opens by itself', name: 'desktop.ini', bytes: text },
  { title: 'what a web server obeys', name: '.htaccess', bytes: text },
].map((one) => ({ ...one, becomes: 415 }));

/** Types that the sender says, of which nobody takes notice. */
const lies: readonly HostileCase[] = [
  'text/html',
  'image/svg+xml',
  'application/javascript',
  'text/html; charset=utf-7',
  'multipart/form-data',
  'text/plain"; x="',
  '',
  'x',
].map((type) => ({
  title: `a text that is said to be ${JSON.stringify(type)}`,
  name: 'a.txt',
  type,
  bytes: () => utf8(html),
  becomes: plain('a.txt'),
}));

/** Names that lead elsewhere, or end the header that they stand in. */
const names: readonly HostileCase[] = (
  [
    ['../../../etc/cron.d/a.txt', 'a.txt'],
    ['..\\..\\Windows\\a.txt', 'a.txt'],
    ['/etc/passwd.txt', 'passwd.txt'],
    ['\\\\host\\share\\a.txt', 'a.txt'],
    ['C:\\Users\\ann\\a.txt', 'a.txt'],
    ['C:a.txt', 'a.txt'],
    ['....//....//a.txt', 'a.txt'],
    ['%2e%2e%2fa.txt', '%2e%2e%2fa.txt'],
    ['..%00/a.txt', 'a.txt'],
    ['a\0.txt', 'a.txt'],
    ['CON.txt', '_CON.txt'],
    ['nul.txt', '_nul.txt'],
    ['com1.tar.txt', '_com1.tar.txt'],
    ['LPT9.txt', '_LPT9.txt'],
    ['console.txt', 'console.txt'],
    ['a%0d%0aset-cookie:%20a=b.txt', 'aset-cookie:%20a=b.txt'],
    ['a;filename=b.html;.txt', 'a;filename=b.html;.txt'],
    ["a'*=UTF-8''b.txt", "a'*=UTF-8''b.txt"],
    ['a%22; filename=%22b.html%22.txt', 'a"; filename="b.html".txt'],
    ['<script>alert(1)</script>.txt', 'script>.txt'],
    ['<img src=x onerror=alert(1)>.txt', '<img src=x onerror=alert(1)>.txt'],
    ['$(reboot)`reboot`.txt', '$(reboot)`reboot`.txt'],
    ['-rf.txt', '-rf.txt'],
    ['a\u202etxt.gpj.txt', 'atxt.gpj.txt'],
    ['\u2066a\u2069\u200f.txt', 'a.txt'],
    ['a\u200b\ufeff.txt', 'a.txt'],
    ['a\u2028b.txt', 'ab.txt'],
    ['zażółć \u{1F321}.txt', 'zażółć \u{1F321}.txt'],
    [`${'a'.repeat(251)}.txt`, `${'a'.repeat(251)}.txt`],
    [`${'a'.repeat(2000)}.txt`, `${'a'.repeat(251)}.txt`],
    [`${'ż'.repeat(1000)}.txt`, `${'ż'.repeat(125)}.txt`],
    ['.txt', '.txt'],
    ['   a.txt   ', 'a.txt'],
    ['. . .txt', '. . .txt'],
  ] as const
).map(([name, kept]) => ({
  title: `the name ${JSON.stringify(name.slice(0, 40))} of ${Buffer.byteLength(name)} bytes`,
  name,
  bytes: text,
  becomes: plain(kept),
}));

/** Names that are none of a file that is taken, and bytes that are none. */
const nothing: readonly HostileCase[] = [
  ...['.', '..', '...', ' ', '. .', '\u202e', '/', 'a/', 'txt', 'a.txt/.', `a.${'t'.repeat(300)}`].map((name) => ({
    title: `the name ${JSON.stringify(name.slice(0, 40))}`,
    name,
    bytes: text,
    becomes: 415,
  })),
  { title: 'a text of nothing', name: 'a.txt', bytes: () => join(), becomes: plain('a.txt') },
  { title: 'a picture of nothing', name: 'a.png', bytes: () => join(), becomes: 415 },
  { title: 'an archive of nothing', name: 'a.zip', bytes: () => join(), becomes: 415 },
  { title: 'a text of NUL', name: 'a.txt', bytes: () => Buffer.alloc(1000), becomes: 415 },
  { title: 'half a picture', name: 'a.png', bytes: () => png().subarray(0, 20), becomes: picture('a.png') },
  { title: 'half a document', name: 'a.docx', bytes: () => docx().subarray(0, 40), becomes: 415 },
];

/** Made when it is asked for, and once: bombs take a while. */
function once(make: HostileCase['bytes']): HostileCase['bytes'] {
  let made: Uint8Array | undefined;
  return () => (made ??= make());
}

export const hostileCases: readonly HostileCase[] = [
  ...polyglots,
  ...bombs,
  ...active,
  ...lies,
  ...names,
  ...nothing,
].map((one) => ({ ...one, bytes: once(one.bytes) }));
