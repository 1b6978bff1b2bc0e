import { expect, test } from 'vitest';

import { slugOf, suggestSlug } from '../../src/elements/portal-setup/slug.js';

test.each([
  ['Help', 'help'],
  ['Pomoc i wsparcie', 'pomoc-i-wsparcie'],
  ['Zażółć gęślą jaźń', 'zazolc-gesla-jazn'],
  ['  Größe & Co. ', 'gro-e-co'],
  ['Дом', 'help'],
  ['---', 'help'],
  ['a'.repeat(80), 'a'.repeat(50)],
])('%s becomes %s', (name, slug) => expect(slugOf(name)).toBe(slug));

test('a slug that is taken gets a number', async () => {
  const taken = new Set(['help', 'help-2']);
  expect(await suggestSlug('Help', async (slug) => !taken.has(slug))).toBe('help-3');
});

test('where all are taken it gives up, and the server says so', async () => {
  let asked = 0;
  const slug = await suggestSlug('Help', async () => {
    asked += 1;
    return false;
  });
  expect({ slug, asked }).toEqual({ slug: 'help', asked: 19 });
});
