import { expect, test } from 'vitest';

import { splitQuote } from '../../src/content/quotes.js';

test.each([
  ['an answer alone', 'Thanks!', ''],
  ['a quote below it', 'Thanks!', '> Is it better?'],
  ['the line that introduces it', 'Thanks!', 'On Monday, Mia Lindqvist wrote:\n> Is it better?\n>\n> Mia'],
  [
    'an introduction in two lines',
    'Thanks!',
    'On Mon, Nov 2, 2026 at 9:00 AM Mia Lindqvist\n<mia@example.com> wrote:\n> Is it better?',
  ],
  ['an introduction in Polish', 'Dziękuję!', 'W dniu 2.11.2026 Mia napisała:\n> Czy jest lepiej?'],
  ['a divider of Outlook', 'Thanks!', '-----Original Message-----\nFrom: Mia\nSubject: Hub'],
  ['a divider in German', 'Danke!', '----- Ursprüngliche Nachricht -----\nVon: Mia'],
])('takes apart %s', (_, text, quoted) => {
  expect(splitQuote(quoted ? `${text}\n\n${quoted}\n` : text)).toEqual({ text, quoted });
});

test.each([
  ['answers between quotes', '> Which room?\nThe hall.\n> Which floor?\nThe third.'],
  ['nothing but a quote', '> Which room?'],
  ['a list of hyphens', 'Rooms:\n--\nHall'],
  ['a comparison', 'a > b'],
])('leaves %s as it is', (_, text) => {
  expect(splitQuote(text)).toEqual({ text, quoted: '' });
});

test('a line before the quote that says something stays with the answer', () => {
  expect(splitQuote('No, it is not:\n\nit still blinks.\n> Is it better?')).toEqual({
    text: 'No, it is not:\n\nit still blinks.',
    quoted: '> Is it better?',
  });
});
