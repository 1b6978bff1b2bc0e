import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import languages from '../../src/i18n/languages.json' with { type: 'json' };
import { supportedLocale } from '../../src/i18n/translate.js';
import { baseOf, catalogues, en, isCounted, placeholders } from './catalogues.js';

const keysOf = (catalogue: object) => [...new Set(Object.keys(catalogue).map(baseOf))].sort();

/** What is spelt alike in two languages. */
const alike: Readonly<Record<string, readonly string[]>> = {
  pl: ['column.status', 'filter.status'],
  de: ['support', 'ticket_one', 'ticket_other', 'tickets', 'login.code', 'column.status', 'filter.status'],
  ar: [],
};

/** Which numbers a form can stand for: a text of a single one may spell it out, as Arabic does. */
const numbersOf = (language: string, category: string) => {
  const rules = new Intl.PluralRules(language);
  return [...Array(200).keys()].filter((number) => rules.select(number) === category);
};

const isWord = (name: string) => /^tickets?$/i.test(name);

describe.each(Object.entries(catalogues))('the catalogue of %s', (language, catalogue) => {
  test('has every key, and no other', () => {
    expect(keysOf(catalogue)).toEqual(keysOf(en));
  });

  test('has exactly the plural forms of the language', () => {
    const { locale, pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    expect(locale, 'this machine knows the language').toBe(language);
    const forms = Object.keys(catalogue).filter(isCounted);
    const counted = new Set(forms.map(baseOf));
    const expected = [...counted].flatMap((key) => pluralCategories.map((category) => `${key}_${category}`));
    expect(counted.size).toBeGreaterThan(0);
    expect(forms.toSorted()).toEqual(expected.toSorted());
  });

  test('counts in every form whatever is counted in English', () => {
    const counted = Object.keys(en).filter(isCounted).map(baseOf);
    const own = new Set(Object.keys(catalogue).filter(isCounted).map(baseOf));
    expect(counted.filter((key) => !own.has(key))).toEqual([]);
  });

  test('fills in the same values as English, and may do without the word for a ticket', () => {
    for (const [key, text] of Object.entries(catalogue)) {
      const original = en[key] ?? en[`${baseOf(key)}_other`] ?? en[baseOf(key)] ?? '';
      const values = (of: string) => placeholders(of).filter((name) => !isWord(name));
      const [, category = ''] = /_(\w+)$/.exec(key) ?? [];
      const single = isCounted(key) && numbersOf(language, category).length === 1;
      const needed = values(original).filter((name) => !(single && name === 'count'));
      expect(
        values(text).filter((name) => name !== 'count' || !single),
        key,
      ).toEqual(needed);
    }
  });

  test('leaves the word for a ticket to the placeholder', () => {
    const words = Object.entries(catalogue)
      .filter(([key]) => /^tickets?$/.test(baseOf(key)))
      .map(([, word]) => word.toLowerCase());
    const named = Object.entries(catalogue)
      .filter(([key]) => !/^tickets?$/.test(baseOf(key)))
      .filter(([, text]) =>
        words.some((word) =>
          text
            .replace(/{{\w+}}/g, '')
            .toLowerCase()
            .includes(word),
        ),
      );
    expect(named).toEqual([]);
  });

  test('has a status, on which it depends who gets it', () => {
    const status = languages[language as keyof typeof languages]?.status;
    expect(['reviewed', 'draft']).toContain(status);
    const region = `${language}-${{ en: 'GB', pl: 'PL', de: 'AT', ar: 'EG' }[language]}`;
    expect(supportedLocale(region)).toBe(region);
    expect(supportedLocale(region, false), 'for who only has such a browser').toBe(status === 'draft' ? 'en' : region);
  });
});

test.each(Object.entries(alike))('the catalogue of %s says nothing in English', (language, expected) => {
  const isAlike = ([key, text]: [string, string]) => text.toLowerCase() === en[key]?.toLowerCase();
  const hasWords = ([, text]: [string, string]) => /\p{L}/u.test(text.replace(/{{\w+}}/g, ''));
  const same = Object.entries(catalogues[language] ?? {}).filter((entry) => isAlike(entry) && hasWords(entry));
  expect(same.map(([key]) => key)).toEqual(expected);
});

test('the languages of the README are those that there are, with their status', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| (.+?) \| `(\w+)` \| (reviewed|draft) \|$/gm)];
  expect(rows.map(([, name, language, status]) => [language, { name, status }])).toEqual(Object.entries(languages));
  expect(Object.keys(languages)).toEqual(Object.keys(catalogues));
});
