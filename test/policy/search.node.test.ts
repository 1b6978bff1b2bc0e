import { describe, expect, test } from 'vitest';

import { matches, mostWords, queryWords, snippetOf, wordsOf } from '../../src/policy/index.js';

const marked = (text: string, q: string) => {
  const snippet = snippetOf(text, q);
  return snippet?.marks.map(([from, to]) => snippet.text.slice(from, to)) ?? null;
};

describe('words of a text', () => {
  test.each([
    ['Router, is  OFFLINE!', ['router', 'is', 'offline']],
    ['#1042 (re: x_y)', ['1042', 're', 'x', 'y']],
    ['Żółw Łódź Ærø Œuvre Straße ıŞık ŠĐ', ['zolw', 'lodz', 'aero', 'oeuvre', 'strasse', 'isik', 'sd']],
    ['e\u0301t\u00e9 \u{FB01}n ½ x²', ['ete', 'fin', '12', 'x2']],
    ['ΟΔΟΣ οδος', ['οδοσ']],
    ['שָׁלוֹם', ['שלום']],
    ['हिन्दी', ['हिन्दी']],
    ['…!?', []],
    ['', []],
    ['网络不通', ['网络不通', '络不通', '不通', '通']],
    ['第3回', ['第', '3', '回']],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words.map((word) => word.normalize('NFKD')));
  });

  test('are cut at 32 characters, and every 8 where there are no spaces', () => {
    expect(wordsOf('x'.repeat(40))).toEqual(['x'.repeat(32)]);
    expect(wordsOf('\u{1D7D9}'.repeat(40))).toEqual(['1'.repeat(32)]);
    expect(wordsOf('一二三四五六七八九十')[0]).toBe('一二三四五六七八');
  });

  test('are bounded', () => {
    const text = Array.from({ length: mostWords + 50 }, (_, at) => `w${at}`).join(' ');
    expect(wordsOf(text)).toHaveLength(mostWords);
    // A word in bytes, times as many, is what one vector of the database holds.
    const longest = wordsOf('\u{10400}'.repeat(40))[0] ?? '';
    expect(new TextEncoder().encode(longest).length * mostWords).toBeLessThan(2 ** 20);
  });
});

describe('words of a query', () => {
  test.each([
    ['Offline ROUTER', ['offline', 'router']],
    ['re repair', ['repair']],
    ['%_\\\'"', []],
    ['无法连接到网络请帮助', ['无法连接到网络请', '帮助']],
  ])('%s', (q, words) => {
    expect(queryWords(q)).toEqual(words);
  });

  test('match when each begins a word, and never when there are none', () => {
    const words = wordsOf('The router in Łódź is offline');
    expect(matches(words, queryWords('off lodz'))).toBe(true);
    expect(matches(words, queryWords('off line'))).toBe(false);
    expect(matches(words, queryWords('?'))).toBe(false);
  });
});

describe('a snippet', () => {
  test('is the text around the first hit, with every hit in it marked', () => {
    const text = `${'before '.repeat(20)}the router, a Router ${'after '.repeat(20)}router`;
    const snippet = snippetOf(text, 'route');
    expect(snippet?.text).toMatch(/^….{60}route.{60}…$/);
    expect(marked(text, 'route')).toEqual(['route', 'Route']);
  });

  test('marks the letters as they were written, whatever they fold to', () => {
    expect(marked('\u{1F321}\uFE0F Zażółć e\u0301te\u0301 \u{FB01}nal Straße', 'zazol ete f stras')).toEqual([
      'Zażół',
      'e\u0301te\u0301',
      '\u{FB01}',
      'Straß',
    ]);
  });

  test('joins what touches where there are no spaces', () => {
    expect(marked('会议室的恒温器', '恒温 温器')).toEqual(['恒温器']);
  });

  test('begins no word where it cuts one, and cuts no emoji', () => {
    const text = `${'x'.repeat(30)}route${'y'.repeat(60)} router${' '.repeat(58)}\u{1F321}\u{1F321}`;
    expect(marked(text, 'route')).toEqual(['route']);
    // Half a character cannot be encoded.
    expect(() => encodeURIComponent(snippetOf(text, 'route')?.text ?? '')).not.toThrow();
    const shifted = snippetOf(`x${'\u{1F321}'.repeat(50)} router`, 'router');
    expect(() => encodeURIComponent(shifted?.text ?? '')).not.toThrow();
  });

  test('is null when nothing begins so', () => {
    expect(snippetOf('unrouted', 'route')).toBeNull();
    expect(snippetOf('anything', '…')).toBeNull();
  });
});
