import { describe, expect, test } from 'vitest';

import english from '../../src/i18n/en.json' with { type: 'json' };
import more from '../../src/i18n/en.more.json' with { type: 'json' };
import signIn from '../../src/i18n/en.sign-in.json' with { type: 'json' };
import polish from '../../src/i18n/pl.json' with { type: 'json' };
import { addEnglish, loadCatalogue, supportedLocale, translate } from '../../src/i18n/translate.js';

const catalogues: Record<string, Record<string, string>> = { en: { ...english, ...more, ...signIn }, pl: polish };
const plural = /_(zero|one|two|few|many|other)$/;

const keysOf = (language: string) => [
  ...new Set(Object.keys(catalogues[language] ?? {}).map((key) => key.replace(plural, ''))),
];
const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

describe.each(Object.keys(catalogues))('the catalogue of %s', (language) => {
  const catalogue = catalogues[language] ?? {};

  test('has every key, and no other', () => {
    expect(keysOf(language).sort()).toEqual(keysOf('en').sort());
  });

  test('has exactly the plural forms of the language', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const forms = Object.keys(catalogue).filter((key) => plural.test(key));
    const counted = new Set(forms.map((key) => key.replace(plural, '')));
    const expected = [...counted].flatMap((key) => pluralCategories.map((category) => `${key}_${category}`));
    expect(counted.size).toBeGreaterThan(0);
    expect(forms.toSorted()).toEqual(expected.toSorted());
  });

  test('fills in the same names as English', () => {
    for (const [key, text] of Object.entries(catalogue)) {
      const base = key.replace(plural, '');
      const original = catalogues['en']?.[key] ?? catalogues['en']?.[`${base}_other`] ?? '';
      expect(placeholders(text), key).toEqual(placeholders(original));
    }
  });
});

test.each([
  [0, '0 zgłoszeń'],
  [1, '1 zgłoszenie'],
  [2, '2 zgłoszenia'],
  [5, '5 zgłoszeń'],
  [12, '12 zgłoszeń'],
  [22, '22 zgłoszenia'],
  [25, '25 zgłoszeń'],
  [1.5, '1,5 zgłoszenia'],
])('says %d in Polish as "%s"', async (count, words) => {
  await loadCatalogue('pl');
  expect(translate('pl', 'list.count', { count })).toBe(words);
});

test('takes the page’s own words first, key by key', () => {
  const messages = { en: { 'list.count_one': '{{count}} request', 'list.heading': 'Requests' } };
  expect(translate('en', 'list.heading', {}, messages)).toBe('Requests');
  expect(translate('en', 'list.count', { count: 1 }, messages)).toBe('1 request');
  expect(translate('en', 'list.count', { count: 2 }, messages)).toBe('2 tickets');
  expect(translate('en-GB', 'list.heading', {}, messages)).toBe('Requests');
});

test('fills in values as they are', () => {
  const args = { company: '<b>$& {{value}}</b>', property: 'role', value: 'manager' };
  expect(translate('en', 'why.condition', args)).toBe('your company: <b>$& {{value}}</b>, because role = manager');
});

test('speaks English where it has no other words', () => {
  expect(supportedLocale('pl-PL')).toBe('pl-PL');
  expect(supportedLocale('EN-us')).toBe('EN-us');
  expect(supportedLocale('xx')).toBe('en');
  addEnglish({ 'reply.sent': 'Gone' });
  expect(translate('xx', 'reply.sent')).toBe('Gone');
  addEnglish(more);
});
