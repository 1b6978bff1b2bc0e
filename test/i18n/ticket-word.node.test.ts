import { beforeAll, describe, expect, test } from 'vitest';

import { addEnglish, loadCatalogue, type MessageKey, type TicketWord, translate } from '../../src/i18n/translate.js';
import { baseOf, catalogues, en, placeholders } from './catalogues.js';

beforeAll(async () => {
  addEnglish(en);
  await Promise.all(['pl', 'de', 'ar'].map(loadCatalogue));
});

const polish = catalogues['pl'] ?? {};
const sprawa: TicketWord = { one: 'sprawa', few: 'sprawy', many: 'spraw', other: 'sprawy', nominative: 'sprawy' };
const counts = [0, 1, 2, 5, 12, 22, 1.5];

/** What Polish says for each of `counts`, written by hand: with our word, and with the owner's where it differs. */
const counted: Readonly<Record<string, readonly [ours: readonly string[], own?: readonly string[]]>> = {
  'list.count': [
    ['0 zgłoszeń', '1 zgłoszenie', '2 zgłoszenia', '5 zgłoszeń', '12 zgłoszeń', '22 zgłoszenia', '1,5 zgłoszenia'],
    ['0 spraw', '1 sprawa', '2 sprawy', '5 spraw', '12 spraw', '22 sprawy', '1,5 sprawy'],
  ],
  'count.unread': [
    [
      '0 nieprzeczytanych odpowiedzi',
      '1 nieprzeczytana odpowiedź',
      '2 nieprzeczytane odpowiedzi',
      '5 nieprzeczytanych odpowiedzi',
      '12 nieprzeczytanych odpowiedzi',
      '22 nieprzeczytane odpowiedzi',
      '1,5 nieprzeczytanej odpowiedzi',
    ],
  ],
  'list.arrived': [['Nowe: 0', 'Nowe: 1', 'Nowe: 2', 'Nowe: 5', 'Nowe: 12', 'Nowe: 22', 'Nowe: 1,5']],
  'detail.earlier-shown': [
    [
      'Wczytano 0 wcześniejszych wiadomości',
      'Wczytano 1 wcześniejszą wiadomość',
      'Wczytano 2 wcześniejsze wiadomości',
      'Wczytano 5 wcześniejszych wiadomości',
      'Wczytano 12 wcześniejszych wiadomości',
      'Wczytano 22 wcześniejsze wiadomości',
      'Wczytano 1,5 wcześniejszej wiadomości',
    ],
  ],
  'reply.too-long': [
    [
      'Skróć odpowiedź do 0 znaków.',
      'Skróć odpowiedź do 1 znaku.',
      'Skróć odpowiedź do 2 znaków.',
      'Skróć odpowiedź do 5 znaków.',
      'Skróć odpowiedź do 12 znaków.',
      'Skróć odpowiedź do 22 znaków.',
      'Skróć odpowiedź do 1,5 znaku.',
    ],
  ],
  'form.subject-too-long': [
    [
      'Skróć temat do 0 znaków.',
      'Skróć temat do 1 znaku.',
      'Skróć temat do 2 znaków.',
      'Skróć temat do 5 znaków.',
      'Skróć temat do 12 znaków.',
      'Skróć temat do 22 znaków.',
      'Skróć temat do 1,5 znaku.',
    ],
  ],
  'form.message-too-long': [
    [
      'Skróć wiadomość do 0 znaków.',
      'Skróć wiadomość do 1 znaku.',
      'Skróć wiadomość do 2 znaków.',
      'Skróć wiadomość do 5 znaków.',
      'Skróć wiadomość do 12 znaków.',
      'Skróć wiadomość do 22 znaków.',
      'Skróć wiadomość do 1,5 znaku.',
    ],
  ],
  'login.unsent': [
    [
      '0 tekstów jest napisanych, ale niewysłanych. Wylogowanie je usunie.',
      'Jeden tekst jest napisany, ale niewysłany. Wylogowanie go usunie.',
      '2 teksty są napisane, ale niewysłane. Wylogowanie je usunie.',
      '5 tekstów jest napisanych, ale niewysłanych. Wylogowanie je usunie.',
      '12 tekstów jest napisanych, ale niewysłanych. Wylogowanie je usunie.',
      '22 teksty są napisane, ale niewysłane. Wylogowanie je usunie.',
      '1,5 tekstu jest napisane, ale niewysłane. Wylogowanie je usunie.',
    ],
  ],
  'rating.too-long': [
    [
      'Skróć tekst do 0 znaków.',
      'Skróć tekst do 1 znaku.',
      'Skróć tekst do 2 znaków.',
      'Skróć tekst do 5 znaków.',
      'Skróć tekst do 12 znaków.',
      'Skróć tekst do 22 znaków.',
      'Skróć tekst do 1,5 znaku.',
    ],
  ],
  'login.code-sent': [
    [
      'Jeśli adres ala@example.pl uprawnia do logowania, kod jest już w drodze. Jest ważny przez 0 minut.',
      'Jeśli adres ala@example.pl uprawnia do logowania, kod jest już w drodze. Jest ważny przez 1 minutę.',
      'Jeśli adres ala@example.pl uprawnia do logowania, kod jest już w drodze. Jest ważny przez 2 minuty.',
      'Jeśli adres ala@example.pl uprawnia do logowania, kod jest już w drodze. Jest ważny przez 5 minut.',
      'Jeśli adres ala@example.pl uprawnia do logowania, kod jest już w drodze. Jest ważny przez 12 minut.',
      'Jeśli adres ala@example.pl uprawnia do logowania, kod jest już w drodze. Jest ważny przez 22 minuty.',
      'Jeśli adres ala@example.pl uprawnia do logowania, kod jest już w drodze. Jest ważny przez 1,5 minuty.',
    ],
  ],
  'files.limits': [
    [
      'Do 0 plików, każdy do 10 MB.',
      '1 plik o wielkości do 10 MB.',
      'Do 2 plików, każdy do 10 MB.',
      'Do 5 plików, każdy do 10 MB.',
      'Do 12 plików, każdy do 10 MB.',
      'Do 22 plików, każdy do 10 MB.',
      'Do 1,5 pliku, każdy do 10 MB.',
    ],
  ],
  'files.too-many': [
    [
      'Do wiadomości można dołączyć najwyżej 0 plików. Pozostałych nie dodano.',
      'Do wiadomości można dołączyć 1 plik. Pozostałych nie dodano.',
      'Do wiadomości można dołączyć najwyżej 2 pliki. Pozostałych nie dodano.',
      'Do wiadomości można dołączyć najwyżej 5 plików. Pozostałych nie dodano.',
      'Do wiadomości można dołączyć najwyżej 12 plików. Pozostałych nie dodano.',
      'Do wiadomości można dołączyć najwyżej 22 pliki. Pozostałych nie dodano.',
      'Do wiadomości można dołączyć najwyżej 1,5 pliku. Pozostałych nie dodano.',
    ],
  ],
  'error.wait': [
    [
      'Zbyt wiele prób. Spróbuj ponownie za 0 minut.',
      'Zbyt wiele prób. Spróbuj ponownie za 1 minutę.',
      'Zbyt wiele prób. Spróbuj ponownie za 2 minuty.',
      'Zbyt wiele prób. Spróbuj ponownie za 5 minut.',
      'Zbyt wiele prób. Spróbuj ponownie za 12 minut.',
      'Zbyt wiele prób. Spróbuj ponownie za 22 minuty.',
      'Zbyt wiele prób. Spróbuj ponownie za 1,5 minuty.',
    ],
  ],
};

/** The messages that name a ticket without counting. */
const named: Readonly<Record<string, readonly [ours: string, own: string]>> = {
  'list.heading': ['Zgłoszenia', 'Sprawy'],
  'portal.back': ['Zgłoszenia', 'Sprawy'],
  'form.sent': ['Dziękujemy. Zgłoszenie #1042.', 'Dziękujemy. Sprawa #1042.'],
};

const args = { email: 'ala@example.pl', number: '#1042', size: '10 MB' };
const say = (key: string, count?: number, word?: TicketWord) =>
  translate('pl', key as MessageKey, count === undefined ? args : { ...args, count }, {}, word);

describe('Polish', () => {
  test.each(Object.entries(counted))('counts in "%s"', (key, [ours, own = ours]) => {
    expect(counts.map((count) => say(key, count))).toEqual(ours);
    expect(counts.map((count) => say(key, count, sprawa))).toEqual(own);
  });

  test.each(Object.entries(named))('names a ticket in "%s"', (key, [ours, own]) => {
    expect(say(key)).toBe(ours);
    expect(say(key, undefined, sprawa)).toBe(own);
  });

  test('has no other message with a number or the word in it', () => {
    const keys = Object.entries(polish)
      .filter(([, text]) => placeholders(text).some((name) => /^(count|tickets?)$/i.test(name)))
      .map(([key]) => baseOf(key));
    expect([...new Set(keys)].sort()).toEqual([...Object.keys(counted), ...Object.keys(named)].sort());
  });
});

describe('the word for a ticket', () => {
  const inquiry: TicketWord = { one: 'inquiry', other: 'inquiries', nominative: 'inquiries' };

  test('reads well in English, whatever its first letter', () => {
    const keys = Object.keys(en).filter((key) => placeholders(en[key] ?? '').some((name) => /^tickets?$/i.test(name)));
    const texts = keys.map((key) => translate('en', key as MessageKey, args, {}, inquiry));
    expect(texts).toContain('Your inquiries');
    expect(texts).toContain('Inquiry not found');
    expect(texts).toContain('Thank you. Your inquiry is #1042.');
    expect(texts.filter((text) => /\ba\b|ticket/i.test(text))).toEqual([]);
  });

  test('is the page’s own before the portal’s, and the portal’s before ours', () => {
    const messages = { en: { ticket_one: 'case', ticket_other: 'cases', tickets: 'cases' } };
    expect(translate('en', 'list.count', { count: 3 }, messages, inquiry)).toBe('3 cases');
    expect(translate('en', 'list.heading', {}, messages, inquiry)).toBe('Your cases');
    expect(translate('en', 'list.heading', {}, {}, inquiry)).toBe('Your inquiries');
    expect(translate('en', 'list.heading', {}, {}, null)).toBe('Your tickets');
  });

  test('gets its capital as its language writes it', () => {
    const istek = { one: 'istek', other: 'istek', nominative: 'istekler' };
    expect(translate('tr', 'list.show', {}, {}, istek)).toBe('İstekler shown');
    expect(translate('en', 'list.show', {}, {}, istek)).toBe('Istekler shown');
  });

  test('takes no other place', () => {
    expect(translate('en', 'why.company', {}, {}, inquiry)).toBe('your company: ');
  });
});
