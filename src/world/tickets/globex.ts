import type { WorldTicket } from '../world.js';
import { notes, says, ticket } from './ticket.js';

const of = ['globex'];

export const globexTickets: readonly WorldTicket[] = [
  ticket({
    number: 1055,
    from: 'carol',
    of,
    subject: 'Faktura za wrzesień bez numeru zamówienia',
    inbox: 'billing',
    unreadBy: ['carol'],
    thread: [
      says(
        'carol',
        '4d 3h',
        'Dzień dobry,\n\nna fakturze za wrzesień zabrakło naszego numeru zamówienia (PO 77-1204). Bez niego księgowość nie może jej zaksięgować. Proszę o korektę.\n\nPozdrawiam\nCarol Zielińska',
      ),
      notes('tomasz', '3d 22h', 'Numer zamówienia był w polu „Uwagi”, nie trafił na wydruk. Poprawione u źródła.'),
      says(
        'tomasz',
        '3d 21h',
        'Dzień dobry Pani Carol,\n\nprzepraszamy za pominięcie numeru. Korektę wyślemy dziś do końca dnia. Czy numer PO 77-1204 ma się pojawiać także na kolejnych fakturach?',
      ),
    ],
  }),
  ticket({
    number: 1063,
    from: 'jakub',
    of,
    subject: 'Głowica w pokoju 214 stale pokazuje 31°C',
    properties: { product: 'Valve' },
    thread: [
      says(
        'jakub',
        '5h 10m',
        'Dzień dobry, w pokoju 214 głowica od rana pokazuje 31°C, choć w pokoju jest chłodno. Wymiana baterii nie pomogła.',
      ),
    ],
  }),
  ticket({
    number: 1047,
    from: 'erin',
    of,
    subject: 'Add two shops to our account',
    thread: [
      says(
        'erin',
        '11d 2h',
        'We open two more shops in November, 6 thermostats each. What do you need from me to add them?',
      ),
      says(
        'mia',
        '10d 23h',
        'Hello Erin,\n\nonly the two addresses and the date of the installation. The buildings will then appear in your console, empty until the hubs are online.',
      ),
    ],
  }),
];
