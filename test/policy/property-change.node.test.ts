import { expect, test } from 'vitest';

import { type PropertyFacts, readChanges, withChanges } from '../../src/policy/index.js';

const define = (name: string, type: PropertyFacts['type'], ...options: string[]): PropertyFacts => ({
  name,
  type,
  options: type === 'choice' ? options.map((value) => ({ value })) : null,
});

const known = [
  define('product', 'choice', 'hub', 'dial'),
  define('site', 'text'),
  define('units', 'number'),
  define('installed', 'date'),
  define('urgent', 'boolean'),
  // An owner may show it as a column; support follows it as a link.
  define('articleUrl', 'text'),
];

test.each([
  ['product', 'hub', 'hub'],
  ['site', '  Hall 4\n', 'Hall 4'],
  ['site', 'a'.repeat(2000), 'a'.repeat(2000)],
  ['units', '-4.5', '-4.5'],
  ['units', '999999999', '999999999'],
  ['installed', '2028-02-29', '2028-02-29'],
  ['urgent', 'false', 'false'],
  ['product', null, null],
  ['units', ' \t', null],
])('%s takes %j', (name, value, kept) => {
  expect(readChanges(known, { [name]: value })).toEqual({ changes: { [name]: kept }, faults: [] });
});

test.each([
  ['product', 'Hub', 'invalid_value'],
  ['site', 'a\0b', 'invalid_format'],
  ['site', '\ud800', 'invalid_format'],
  ['site', 'a'.repeat(2001), 'too_big'],
  ['units', '4,5', 'invalid_format'],
  ['units', '1234567890', 'invalid_format'],
  ['installed', '2026-02-29', 'invalid_format'],
  ['installed', '2026-04-31', 'invalid_format'],
  ['installed', '2026-00-01', 'invalid_format'],
  ['installed', '20260101', 'invalid_format'],
  ['urgent', 'TRUE', 'invalid_value'],
  ['articleUrl', 'https://example.com/', 'unknown'],
  ['articleUrl', null, 'unknown'],
  ['toString', 'x', 'unknown'],
  ['batch', null, 'unknown'],
])('%s refuses %j', (name, value, code) => {
  expect(readChanges(known, { [name]: value }).faults).toEqual([{ path: `properties.${name}`, code }]);
});

test('what is not named stays, also what customers do not see', () => {
  const before = { site: 'Hall 4', batch: '7', units: '1' };
  expect(withChanges(before, { units: null, product: 'hub' })).toEqual({ site: 'Hall 4', batch: '7', product: 'hub' });
  expect(before.units).toBe('1');
});
