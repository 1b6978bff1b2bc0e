import { beforeAll, expect, test } from 'vitest';

import { addEnglish, isLoaded, loadCatalogue, supportedLocale, translate } from '../../src/i18n/translate.js';
import { en } from './catalogues.js';

beforeAll(async () => {
  addEnglish(en);
  await Promise.all(['pl', 'de', 'ar'].map(loadCatalogue));
});

test('takes the page’s own words first, key by key', () => {
  const messages = { en: { 'error.wait_one': 'Wait {{count}} minute.', 'list.heading': 'Requests' } };
  expect(translate('en', 'list.heading', {}, messages)).toBe('Requests');
  expect(translate('en', 'error.wait', { count: 1 }, messages)).toBe('Wait 1 minute.');
  expect(translate('en', 'error.wait', { count: 2 }, messages)).toBe('Too many attempts. Try again in 2 minutes.');
  expect(translate('en-GB', 'list.heading', {}, messages)).toBe('Requests');
});

test('takes the page’s words of a region before those of its language', () => {
  const messages = { en: { retry: 'Again', turn: 'You' }, 'en-GB': { retry: 'Once more, please' } };
  expect(translate('en-GB', 'retry', {}, messages)).toBe('Once more, please');
  expect(translate('en-GB', 'turn', {}, messages)).toBe('You');
  expect(translate('en-US', 'retry', {}, messages)).toBe('Again');
  expect(translate('en-GB', 'support', {}, messages)).toBe('Support');
});

test('fills in values as they are', () => {
  const args = { company: '<b>$& {{value}}</b>', property: 'role', value: 'manager' };
  expect(translate('en', 'why.condition', args)).toBe('your company: <b>$& {{value}}</b>, because role = manager');
});

test.each([
  ['pl-PL', 'pl-PL'],
  ['EN-us', 'EN-us'],
  ['DE', 'DE'],
  ['zh-Hant-TW', 'en'],
  ['xx', 'en'],
  ['en_GB', 'en'],
  ['constructor', 'en'],
  ['', 'en'],
  ['en-XA', 'en-XA'],
  ['ar-XB', 'ar-XB'],
])('is asked for "%s" and speaks %s', (asked, spoken) => {
  expect(supportedLocale(asked)).toBe(spoken);
});

test('says of a region what its language says', async () => {
  await loadCatalogue('pl-PL');
  expect(isLoaded('pl-PL')).toBe(true);
  expect(translate('pl-PL', 'retry')).toBe('Spróbuj ponownie');
});

test('counts in Arabic, in each of its six ways', () => {
  const counts = [0, 1, 2, 3, 11, 100];
  expect(counts.map((count) => translate('ar-u-nu-latn', 'list.count', { count }))).toEqual([
    '0 تذكرة',
    '1 تذكرة',
    'تذكرتان',
    '3 تذاكر',
    '11 تذكرة',
    '100 تذكرة',
  ]);
});

test('speaks English where it has no other words', () => {
  addEnglish({ 'reply.sent': 'Gone' });
  expect(translate('xx', 'reply.sent')).toBe('Gone');
  addEnglish(en);
});
