import type { WorldTicket } from '../world.js';
import { file, notes, says, sets, ticket } from './ticket.js';

/** Tickets of people without a company. */
export const otherTickets: readonly WorldTicket[] = [
  ticket({
    number: 1003,
    from: 'nina',
    subject: 'Does the Dial fit on a German wall box?',
    properties: { product: 'Dial' },
    thread: [
      says('nina', '339d 4h', 'I would like to use a Dial at home. Does it fit on a round 60 mm wall box?'),
      says(
        'mia',
        '339d 2h',
        'Hello Nina,\n\nyes. The back plate has holes for 60 mm, and the ring covers the box completely.',
        { then: 'solved' },
      ),
      sets('mia', '329d', 'closed'),
    ],
  }),
  ticket({
    number: 1007,
    from: 'dave',
    subject: 'API: how many requests a minute?',
    properties: { product: 'API' },
    thread: [
      says(
        'dave',
        '305d 5h',
        'I build reports for several of your customers. How many requests a minute may one key make?',
      ),
      says(
        'noor',
        '305d 3h',
        'Hello Dave,\n\n120 a minute, and each answer says in "RateLimit-Remaining" how many are left. For reports, /v2/readings takes a whole month in one request.',
      ),
      says('dave', '305d 1h', 'A month in one request changes everything. Thanks!'),
      sets('noor', '305d', 'solved'),
      sets('noor', '295d', 'closed'),
    ],
  }),
  ticket({
    number: 1011,
    from: 'piotr',
    subject: 'Czy termostat działa z pompą ciepła?',
    properties: { product: 'Dial' },
    thread: [
      says(
        'piotr',
        '270d 6h',
        'Dzień dobry, mam w domu pompę ciepła i ogrzewanie podłogowe. Czy Dial może nią sterować?',
      ),
      says(
        'tomasz',
        '270d 4h',
        'Dzień dobry,\n\nDial może sterować pompą przez styk bezpotencjałowy albo OpenTherm. Jaki model pompy Pan ma? Sprawdzę na liście zgodności.',
      ),
      says('piotr', '269d 7h', 'Już znalazłem swój model na liście. Dziękuję za wskazówkę.'),
      sets('tomasz', '269d 6h', 'solved'),
      sets('tomasz', '259d', 'closed'),
    ],
  }),
  ticket({
    number: 1017,
    from: 'dave',
    subject: 'Readings endpoint returns local time without offset',
    properties: { product: 'API' },
    thread: [
      says(
        'dave',
        '214d 3h',
        'In /v2/readings the field "time" has no offset. In autumn, when the clocks change, one hour appears twice. Example attached.',
        {
          files: [
            file('readings.txt', '{ "time": "01:30:00", "value": 20.1 }', '{ "time": "03:00:00", "value": 20.3 }'),
          ],
        },
      ),
      notes('noor', '214d 2h', 'He is right. API 2.2 sends UTC with Z.'),
      says(
        'noor',
        '214d 1h',
        'Hello Dave,\n\nyou are right, and we should not have shipped it like that. With the header "Tarnfield-Version: 2.2" all times are UTC and end in Z.',
      ),
      says('dave', '213d 5h', 'Perfect with 2.2.'),
      sets('noor', '213d 4h', 'solved'),
      sets('noor', '203d', 'closed'),
    ],
  }),
  ticket({
    number: 1024,
    from: 'nina',
    subject: 'Cancel my trial',
    inbox: 'billing',
    thread: [
      says('nina', '133d 5h', 'Please cancel my trial account, I am moving house. It was a pleasure.'),
      says('tomasz', '133d 3h', 'Hello Nina,\n\ncancelled, nothing will be charged. All the best for the new house!', {
        then: 'closed',
      }),
    ],
  }),
  ticket({
    number: 1036,
    from: 'dave',
    subject: 'Two-step sign-in asks for a code every time',
    properties: { product: 'App' },
    thread: [
      says('dave', '24d 3h', 'The app asks for a code on each start, although I tick "remember this phone".'),
      says(
        'mia',
        '24d',
        'Hello Dave,\n\nthis happens when the phone clears app data on exit. Which phone do you have, and is a battery saver active?',
      ),
      says('dave', '23d 22h', 'It was the battery saver. Solved!'),
      sets('mia', '23d 20h', 'closed'),
    ],
  }),
  ticket({
    number: 1053,
    from: 'piotr',
    subject: 'Termostat nie łączy się po zmianie routera',
    properties: { product: 'Dial' },
    thread: [
      says(
        'piotr',
        '6d 2h',
        'Dzień dobry, po zmianie routera Dial pokazuje „brak sieci”. Telefon łączy się bez problemu.',
      ),
      says(
        'tomasz',
        '5d 23h',
        'Dzień dobry,\n\nDial łączy się tylko w paśmie 2,4 GHz. Czy nowy router ma osobną nazwę dla tego pasma?',
      ),
    ],
  }),
  ticket({
    number: 1059,
    from: 'dave',
    subject: 'Sandbox account for automated tests',
    properties: { product: 'API' },
    unreadBy: ['dave'],
    thread: [
      says(
        'dave',
        '2d 1h',
        'Is there a sandbox with made-up buildings? I would rather not run my tests against a customer’s data.',
      ),
      notes('noor', '1d 22h', 'Sandbox exists for partners. He is not one yet, but he finds our bugs: give him one.'),
      says(
        'noor',
        '1d 21h',
        'Hello Dave,\n\nthere is, with three buildings and two years of readings. I have made you an account; may I send the invitation to dave@example.com?',
      ),
    ],
  }),
  ticket({
    number: 1062,
    from: 'piotr',
    subject: 'Instrukcja w języku polskim',
    thread: [
      says('piotr', '20h 20m', 'Dzień dobry, w pudełku była tylko instrukcja po angielsku. Gdzie znajdę polską?'),
    ],
  }),
  ticket({
    number: 1065,
    from: 'nina',
    subject: 'Gift voucher for a Dial?',
    thread: [
      says(
        'nina',
        '3h',
        'Do you sell vouchers? My neighbour liked the Dial so much that I would like to give her one.',
      ),
    ],
  }),
  ticket({
    number: 1068,
    from: 'dave',
    subject: 'Sample rate of the humidity sensor',
    properties: { product: 'Sensor' },
    thread: [says('dave', '25m', 'The docs say one reading a minute, my data has one every five. Which is right?')],
  }),
];
