import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { htmlVersion } from '../../../src/server/index/html.js';
import { createSanitise } from '../../../src/server/node/sanitise.js';

const sanitise = createSanitise();

test.each([
  ['words and their weight', '<p>Hello <b>you</b><br>there</p>', '<p>Hello <b>you</b><br />there</p>'],
  [
    'tables',
    '<table border="1"><tr><td colspan="2" bgcolor="red">1</td></tr></table>',
    '<table><tr><td colspan="2">1</td></tr></table>',
  ],
  ['direction and language', '<p dir="rtl" lang="ar">مرحبا</p>', '<p dir="rtl" lang="ar">مرحبا</p>'],
  [
    'links to the web, mail and telephone',
    '<a href="https://a.example/?q=1&amp;r=2" target="x">a</a><a href="mailto:a@b.example">b</a><a href="tel:+48">c</a>',
    '<a href="https://a.example/?q=1&amp;r=2">a</a><a href="mailto:a@b.example">b</a><a href="tel:+48">c</a>',
  ],
  [
    'the size of an image',
    '<img src="cid:1" width="300" height="200">',
    '<img src="cid:1" width="300" height="200" />',
  ],
  [
    'images of the web and of the message',
    '<img src="https://a.example/1.png" alt="One"><img src="cid:two@mail">',
    '<img src="https://a.example/1.png" alt="One" /><img src="cid:two@mail" />',
  ],
])('keeps %s', (_, html, expected) => {
  expect(sanitise(html)).toBe(expected);
});

test.each([
  ['a script', 'a<script>alert(1)</script>b', 'ab'],
  ['a sheet, a title and a template', '<title>T</title><style>*{}</style><template>x</template>ab', 'ab'],
  ['a drawing', 'a<svg><script>1</script><text>x</text></svg>b', 'ab'],
  ['a form, but not what is written in it', '<form action="/x"><button>ab</button><input value="x"></form>', 'ab'],
  [
    'handlers, names and looks',
    '<b onclick="x" style="x" class="x" id="x" slot="x" part="x" is="x">ab</b>',
    '<b>ab</b>',
  ],
  ['addresses that run', '<a href="javascript:x">ab</a>', '<a>ab</a>'],
  [
    'addresses that run, in disguise',
    '<a href=" java&#10;script:x">ab</a><a href="vbscript:x"></a>',
    '<a>ab</a><a></a>',
  ],
  [
    'addresses of the page itself',
    '<a href="/admin">ab</a><a href="//a.example">c</a><img src="/x.png">',
    '<a>ab</a><a>c</a>',
  ],
  ['images in the address', '<img src="data:image/png;base64,AAAA">ab', 'ab'],
  ['an image that nobody can see', '<img src="https://a.example/open.gif" width="1" height="1">ab', 'ab'],
  ['comments and what Outlook hides in them', 'a<!--[if mso]><b>x</b><![endif]-->b', 'ab'],
])('leaves out %s', (_, html, expected) => {
  expect(sanitise(html)).toBe(expected);
});

test('what is too long, too deep or of too many nodes is not there; its text is', () => {
  expect(sanitise('a'.repeat(512 * 1024))).not.toBeNull();
  expect(sanitise('a'.repeat(512 * 1024 + 1))).toBeNull();
  expect(sanitise('<br>'.repeat(5000))).not.toBeNull();
  expect(sanitise('<br>'.repeat(5001))).toBeNull();
  const deep = sanitise(`${'<div>'.repeat(1000)}ab`);
  expect(deep?.match(/<div>/g)?.length).toBeLessThanOrEqual(100);
  expect(deep).toContain('ab');
});

test('another release of the library is another version of what it makes', () => {
  const { version } = JSON.parse(readFileSync('node_modules/sanitize-html/package.json', 'utf8')) as {
    version: string;
  };
  // Who changes the one changes the other: then all that is kept is made anew.
  expect([htmlVersion, version]).toEqual([1, '2.17.5']);
});
