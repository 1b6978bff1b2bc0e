import { type MailText, type MailWords, plural } from './words.js';

// What stands after „przez”.
const minutes = (count: number) =>
  plural('pl', count, { one: 'minutę', few: 'minuty', many: 'minut', other: 'minuty' });
const days = (count: number) => plural('pl', count, { one: 'dzień', few: 'dni', many: 'dni', other: 'dnia' });

// A name is not declined, so it always stands behind the word „portal”.
const named = (portal: string) => `„${portal}”`;
const lead = (portal: string, code: string) => `${code} to Twój kod do portalu ${named(portal)}.`;
const how =
  'wpisz ten kod na stronie, na której o niego poproszono, albo otwórz poniższy odnośnik w tej samej przeglądarce.';
const valid = (count: number) => `Kod jest ważny przez ${minutes(count)} i zadziała tylko raz.`;
const nobody =
  'Jeśli to nie Ty, zignoruj tę wiadomość: bez niej i bez przeglądarki, w której poproszono o kod, nikt się nie zaloguje.';

export const pl: MailWords = {
  locale: 'pl',
  dir: 'ltr',
  greeting: (name) => (name === null ? 'Dzień dobry!' : `Dzień dobry, ${name}!`),
  address: 'Jeśli przycisk nie działa, otwórz ten adres:',
  code: {
    'sign-in': (portal, code, count): MailText => ({
      subject: `Logowanie do portalu ${named(portal)}`,
      lead: lead(portal, code),
      before: [`Aby zalogować się do portalu ${named(portal)}, ${how}`],
      button: 'Zaloguj się',
      after: [valid(count), nobody],
    }),
    register: (portal, code, count) => ({
      subject: `Potwierdź swój adres w portalu ${named(portal)}`,
      lead: lead(portal, code),
      before: [
        `Ktoś, prawdopodobnie Ty, zakłada z tym adresem konto w portalu ${named(portal)}.`,
        `Aby potwierdzić, że adres należy do Ciebie, ${how}`,
      ],
      button: 'Potwierdź adres',
      after: [
        valid(count),
        'Jeśli to nie Ty, zignoruj tę wiadomość: bez niej i bez przeglądarki, w której poproszono o kod, konto nie powstanie.',
      ],
    }),
    known: (portal, code, count) => ({
      subject: `Masz już konto w portalu ${named(portal)}`,
      lead: lead(portal, code),
      before: [
        `Ktoś, prawdopodobnie Ty, próbował założyć z tym adresem konto w portalu ${named(portal)}. Takie konto już istnieje, ` +
          'więc nic się nie zmieniło.',
        `Aby się na nie zalogować, ${how}`,
      ],
      button: 'Zaloguj się',
      after: [valid(count), nobody],
    }),
    reset: (portal, code, count) => ({
      subject: `Nowe hasło do portalu ${named(portal)}`,
      lead: lead(portal, code),
      before: [`Aby ustawić nowe hasło do portalu ${named(portal)}, ${how}`],
      button: 'Ustaw nowe hasło',
      after: [valid(count), 'Jeśli to nie Ty, zignoruj tę wiadomość: Twoje hasło się nie zmieni.'],
    }),
  },
  passwordChanged: (portal) => ({
    subject: `Zmieniono hasło do portalu ${named(portal)}`,
    lead: `Hasło do Twojego konta w portalu ${named(portal)} zostało właśnie zmienione.`,
    before: [
      'Wszystkie zalogowane urządzenia zostały wylogowane. Jeśli to Twoja zmiana, nie musisz nic robić.',
      'Jeśli nie, od razu ustaw nowe hasło.',
    ],
    button: 'Ustaw nowe hasło',
    after: [],
  }),
  invitation: (portal, content) => ({
    subject: `Zaproszenie do portalu ${named(portal)}`,
    lead: `Zapraszamy do portalu ${named(portal)}.`,
    before: ['Zobaczysz w nim swoje zgłoszenia i odpowiedzi na nie, a także wyślesz nowe.'],
    button: 'Przyjmij zaproszenie',
    after: [
      `Zaproszenie jest ważne przez ${days(content.days)}, tylko dla tego adresu, i zadziała jeden raz.`,
      'Jeśli się go nie spodziewasz, zignoruj tę wiadomość.',
    ],
  }),
};
