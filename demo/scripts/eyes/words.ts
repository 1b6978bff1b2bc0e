import { pageLanguage } from '../page.js';

const en = {
  tickets: { one: '{{n}} ticket', other: '{{n}} tickets' },
  questions: { one: '{{n}} question', other: '{{n}} questions' },
  leaks: { one: '{{n}} leak', other: '{{n}} leaks' },
  wrong: { one: '{{n}} wrong answer', other: '{{n}} wrong answers' },
  promises: { one: '{{n}} promise kept', other: '{{n}} promises kept' },
};
const pl: Record<keyof typeof en, Readonly<Record<string, string>>> = {
  tickets: { one: '{{n}} zgłoszenie', few: '{{n}} zgłoszenia', other: '{{n}} zgłoszeń' },
  questions: { one: '{{n}} pytanie', few: '{{n}} pytania', other: '{{n}} pytań' },
  leaks: { one: '{{n}} wyciek', few: '{{n}} wycieki', other: '{{n}} wycieków' },
  wrong: { one: '{{n}} błędna odpowiedź', few: '{{n}} błędne odpowiedzi', other: '{{n}} błędnych odpowiedzi' },
  promises: {
    one: '{{n}} obietnica dotrzymana',
    few: '{{n}} obietnice dotrzymane',
    other: '{{n}} obietnic dotrzymanych',
  },
};

/** A number with its noun, in the page's language. */
export function count(n: number, noun: keyof typeof en): string {
  const language = pageLanguage();
  const forms: Readonly<Record<string, string>> = (language === 'pl' ? pl : en)[noun];
  const form = forms[new Intl.PluralRules(language).select(n)] ?? forms['other'] ?? '';
  return form.replace('{{n}}', new Intl.NumberFormat(language).format(n));
}

const texts = {
  failed: {
    en: 'The server did not answer. Nothing that you typed is lost.',
    pl: 'Serwer nie odpowiedział. Nic z tego, co wpisano, nie przepadło.',
  },
  noServer: { en: 'Here is no demo server.', pl: 'Tu nie ma serwera demo.' },
  alone: { en: 'Go on without one, in this browser alone', pl: 'Kontynuuj bez serwera, tylko w tej przeglądarce' },
  asking: { en: 'Asking', pl: 'Pytam' },
  prove: { en: 'Prove it', pl: 'Udowodnij' },
  sees: { en: 'sees', pl: 'widzi' },
  refused: { en: 'refused', pl: 'odmów' },
  given: { en: 'given', pl: 'udzielono' },
  leak: { en: 'Leak', pl: 'Wyciek' },
  wrongOne: { en: 'Wrong', pl: 'Błąd' },
  ticket: { en: 'Ticket', pl: 'Zgłoszenie' },
  messages: { en: 'Thread', pl: 'Wątek' },
  file: { en: 'File', pl: 'Plik' },
  list: { en: 'List', pl: 'Lista' },
  search: { en: 'Search', pl: 'Wyszukiwanie' },
  absent: { en: 'Never there', pl: 'Nigdy nie istniało' },
  who: { en: 'Asked as', pl: 'Pyta' },
  suite: { en: 'Conformance suite in this page', pl: 'Zestaw zgodności na tej stronie' },
  broken: { en: 'not kept', pl: 'niedotrzymane' },
  skipped: {
    en: '{{n}} need a network or a server and were not asked here',
    pl: 'tu nie pytano o {{n}}, bo wymagają sieci lub serwera',
  },
  allTickets: { en: 'All tickets', pl: 'Wszystkie zgłoszenia' },
  reply: { en: 'Reply to the customer', pl: 'Odpowiedź dla klienta' },
  note: { en: 'Internal note', pl: 'Notatka wewnętrzna' },
  sendReply: { en: 'Send reply', pl: 'Wyślij odpowiedź' },
  addNote: { en: 'Add note', pl: 'Dodaj notatkę' },
  news: { en: 'new', pl: 'nowe' },
  attached: { en: 'Attached', pl: 'Załącznik' },
} as const;

export const say = (key: keyof typeof texts): string => texts[key][pageLanguage()];
