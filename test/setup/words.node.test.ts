import { expect, test } from 'vitest';

import en from '../../src/elements/portal-setup/words/en.json' with { type: 'json' };
import pl from '../../src/elements/portal-setup/words/pl.json' with { type: 'json' };
import { baseOf, isCounted, placeholders } from '../i18n/catalogues.js';

const english: Readonly<Record<string, string>> = en;
const polish: Readonly<Record<string, string>> = pl;
const keysOf = (words: object) => [...new Set(Object.keys(words).map(baseOf))].sort();

test('owners read Polish wherever they read English', () => expect(keysOf(polish)).toEqual(keysOf(english)));

test('what is counted has exactly the plural forms of Polish', () => {
  const counted = [...new Set(Object.keys(english).filter(isCounted).map(baseOf))];
  expect(counted.length).toBeGreaterThan(5);
  const { pluralCategories } = new Intl.PluralRules('pl').resolvedOptions();
  const wanted = counted.flatMap((key) => pluralCategories.map((category) => `${key}_${category}`));
  expect(
    Object.keys(polish)
      .filter((key) => counted.includes(baseOf(key)))
      .toSorted(),
  ).toEqual(wanted.toSorted());
});

test('both fill in the same values, and none is left in English', () => {
  for (const [key, text] of Object.entries(polish)) {
    const original = english[key] ?? english[`${baseOf(key)}_other`] ?? '';
    expect(placeholders(text), key).toEqual(placeholders(original));
    expect(text, key).not.toBe(original);
  }
});
