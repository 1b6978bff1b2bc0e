import { expect, test } from 'vitest';

import { fileSize } from '../../src/i18n/file-size.js';
import { fullTime, shortTime } from '../../src/i18n/format.js';

const now = Date.parse('2026-03-30T12:00:00Z');

test.each([
  ['2026-03-30T12:00:30Z', 'now', 'teraz'],
  ['2026-03-30T11:59:30Z', 'now', 'teraz'],
  ['2026-03-30T11:55:00Z', '5 minutes ago', '5 minut temu'],
  ['2026-03-30T09:59:00Z', '2 hours ago', '2 godziny temu'],
  ['2026-03-29T23:00:00Z', 'yesterday', 'wczoraj'],
  ['2026-03-28T23:59:00Z', '2 days ago', 'przedwczoraj'],
  ['2026-03-24T00:00:00Z', '6 days ago', '6 dni temu'],
  ['2026-03-23T23:59:00Z', 'Mar 23', '23 mar'],
  ['2025-12-31T10:00:00Z', 'Dec 31, 2025', '31 gru 2025'],
])('says %s shortly', (time, english, polish) => {
  expect(shortTime('en', time, now)).toBe(english);
  expect(shortTime('pl', time, now)).toBe(polish);
});

test('has the full date for whoever asks', () => {
  expect(fullTime('en', '2026-03-30T09:05:00Z')).toMatch(/^March 30, 2026 at 9:05\sAM$/);
  expect(fullTime('pl', '2026-03-30T09:05:00Z')).toBe('30 marca 2026 09:05');
});

test.each([
  [0, '0 bytes', '0 bajtów'],
  [1, '1 byte', '1 bajt'],
  [999, '999 bytes', '999 bajtów'],
  [1500, '1.5 kB', '1,5 kB'],
  [2_340_000, '2.3 MB', '2,3 MB'],
  [5_000_000_000, '5,000 MB', '5000 MB'],
])('says %d bytes in the largest unit', (bytes, english, polish) => {
  expect(fileSize('en', bytes)).toBe(english);
  expect(fileSize('pl', bytes)).toBe(polish);
});
