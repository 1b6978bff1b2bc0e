import fc from 'fast-check';
import { expect, test } from 'vitest';

import { linkify } from '../../src/content/links.js';

/** Addresses in angle brackets, the rest as it is. */
const shown = (text: string) =>
  linkify(text)
    .map((piece) => (typeof piece === 'string' ? piece : `<${piece.text}|${piece.href}>`))
    .join('');

test.each([
  ['See https://example.com/a?b=1#c.', 'See <https://example.com/a?b=1#c|https://example.com/a?b=1#c>.'],
  ['(https://example.com/a_(b))', '(<https://example.com/a_(b)|https://example.com/a_(b)>)'],
  ['“http://example.com”, or not', '“<http://example.com|http://example.com>”, or not'],
  ['www.example.com!', '<www.example.com|https://www.example.com>!'],
  ['write to a.b+c@mail.example.com?', 'write to <a.b+c@mail.example.com|mailto:a.b+c@mail.example.com>?'],
  ['<https://example.com>', '<<https://example.com|https://example.com>>'],
  ['javascript:alert(1) and data:text/html,x', 'javascript:alert(1) and data:text/html,x'],
  ['https:// and www. alone', 'https:// and www. alone'],
  ['no address', 'no address'],
])('%s', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('the pieces together are the text, and every address is of the web or a mailbox', () => {
  const part = fc.constantFrom(
    'https://',
    'www.',
    'a@b.c',
    '.',
    ')',
    '(',
    ' ',
    '"',
    'javascript:',
    'x',
    '\n',
    'é',
    '[',
    '%',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const pieces = linkify(text);
      expect(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')).toBe(text);
      for (const piece of pieces)
        if (typeof piece !== 'string') expect(piece.href).toMatch(/^(?:https?:\/\/|mailto:)/i);
    }),
    { seed: 9 },
  );
});
