import { beforeAll, describe, expect, test } from 'vitest';

import { addEnglish, loadCatalogue, translate } from '../../src/i18n/translate.js';
import { accented, mirrored } from '../../src/i18n/pseudo.js';
import { en, placeholders } from './catalogues.js';

beforeAll(() => Promise.all(['en-XA', 'ar-XB'].map(loadCatalogue)));

describe.each([
  ['en-XA', accented(en)],
  ['ar-XB', mirrored(en)],
])('%s', (_, catalogue) => {
  test('keeps every placeholder, and no key is missing', () => {
    for (const [key, text] of Object.entries(en))
      expect(placeholders(catalogue[key] ?? ''), key).toEqual(placeholders(text));
    expect(catalogue['no-such-key']).toBeUndefined();
  });
});

test('en-XA has no English letter left, stands in brackets, and is about 40 % longer', () => {
  const made = accented(en);
  const length = (texts: readonly (string | undefined)[]) => texts.join('').replace(/{{\w+}}/g, '').length;
  for (const key of Object.keys(en)) {
    expect(made[key]?.replace(/{{\w+}}/g, ''), key).toMatch(/^\[[^A-Za-z]*\]$/);
  }
  const growth = length(Object.keys(en).map((key) => made[key])) / length(Object.values(en));
  expect(growth).toBeGreaterThan(1.35);
  expect(growth).toBeLessThan(1.6);
});

test('ar-XB writes every word from right to left', () => {
  expect(translate('ar-XB', 'retry')).toBe('\u202eTry\u202c \u202eagain\u202c');
});

test('they speak English words that come later, too', () => {
  addEnglish({ 'reply.sent': 'Gone', 'list.count': '{{count}} {{ticket}}' });
  expect(translate('en-XA', 'reply.sent')).toBe('[Ĝöñé ~~]');
  expect(translate('en-XA', 'list.count', { count: 2 })).toBe('[2 [ţîçķéţš ~~~] ~]');
  addEnglish(en);
});
