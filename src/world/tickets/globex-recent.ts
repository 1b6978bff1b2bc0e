import type { WorldTicket } from '../world.js';
import { file, notes, says, sets, ticket } from './ticket.js';

const of = ['globex'];

/** Globex's tickets of the last two weeks. */
export const globexRecent: readonly WorldTicket[] = [
  ticket({
    number: 1043,
    from: 'jakub',
    of,
    subject: 'Harmonogram sprzątania a temperatura w pokojach',
    properties: { product: 'Console', site: 'Hotel Toruń' },
    thread: [
      says(
        'jakub',
        '15d 6h',
        'Czy temperatura może spadać do 18°C, kiedy pokój jest wolny, i wracać do 21°C na godzinę przed zameldowaniem?',
      ),
      says(
        'tomasz',
        '15d 3h',
        'Dzień dobry,\n\ntak, jeśli Państwa system rezerwacji przekazuje nam zameldowania. Harbour już z tego korzysta. Czy w Toruniu działa ten sam system?',
      ),
      says('jakub', '14d 5h', 'Ten sam, ale starsza wersja, 6.4.'),
      notes('tomasz', '14d 4h', 'Wersja 6.4 nie wysyła anulowań. Sprawdzić u producenta, czy wystarczy dodatek.'),
      says(
        'tomasz',
        '14d 3h',
        'Dziękuję. Pytamy producenta, czy wersja 6.4 przekazuje także anulowania. Dam znać najpóźniej w piątek.',
        { then: 'open' },
      ),
    ],
  }),
  ticket({
    number: 1045,
    from: 'diego',
    of,
    subject: 'Second factor for everybody in the console',
    properties: { product: 'Console' },
    thread: [
      says(
        'diego',
        '13d 5h',
        'Our insurance asks for a second factor for all people who can change settings. Can I make it mandatory?',
      ),
      says(
        'mia',
        '13d 2h',
        'Hello Diego,\n\nyes: Settings, "Sign-in", "Second factor: required for Manage and Owner". People are asked to set it up at their next sign-in.',
      ),
      says('diego', '12d 7h', 'Switched on. Three people were surprised, nobody was locked out.'),
      sets('mia', '12d 6h', 'solved'),
    ],
  }),
  ticket({
    number: 1047,
    from: 'erin',
    of,
    subject: 'Add two shops to our account',
    properties: { product: 'Dial', units: '12' },
    unreadBy: ['erin'],
    thread: [
      says(
        'erin',
        '11d 2h',
        'We open two more shops next month, 6 thermostats each. What do you need from me to add them?',
      ),
      says(
        'mia',
        '10d 23h',
        'Hello Erin,\n\nonly the two addresses and the dates of installation. The buildings will then appear in your console, empty until the hubs are online.',
      ),
    ],
  }),
  ticket({
    number: 1048,
    from: 'zofia',
    of,
    subject: 'Przycisk „Zamknij okno” nie znika z ekranu',
    properties: { product: 'Dial', site: 'Hotel Sopot', units: '6', installed: '2025-03-15' },
    thread: [
      says(
        'zofia',
        '10d 5h',
        'W pokojach 201–206 na termostatach cały czas widać „Zamknij okno”, mimo że okna są zamknięte.',
      ),
      says(
        'tomasz',
        '10d 3h',
        'Dzień dobry,\n\nczy w tych pokojach wymieniano ostatnio okna? Czujnik mógł zostać na starej ramie albo stracić magnes.',
      ),
      says('zofia', '9d 7h', 'Tak, w zeszłym tygodniu! Sprawdzę z ekipą, gdzie są magnesy.'),
      says(
        'zofia',
        '8d 6h',
        'Magnesy leżały w szufladzie w recepcji. Po przyklejeniu napis zniknął we wszystkich 6 pokojach.',
      ),
      sets('tomasz', '8d 5h', 'solved'),
    ],
  }),
  ticket({
    number: 1050,
    from: 'carol',
    of,
    subject: 'Termin wymiany bramek w Toruniu',
    properties: { product: 'Hub 2', site: 'Hotel Toruń', units: '4' },
    unreadBy: ['carol'],
    thread: [
      says(
        'carol',
        '8d 4h',
        'Dzień dobry,\n\nchcemy wymienić 4 stare bramki w Toruniu na Hub 2. Czy da się to zrobić jednego dnia, bez wychłodzenia pokoi?',
      ),
      notes('tomasz', '8d 2h', 'Montaż: za dwa tygodnie w czwartek wolna ekipa z Bydgoszczy. Bramki są na stanie.'),
      says(
        'tomasz',
        '8d 1h',
        'Dzień dobry Pani Carol,\n\ntak. Wymiana jednej bramki trwa około 40 minut, a termostaty przez ten czas trzymają ostatni harmonogram. Proponuję czwartek za dwa tygodnie, od 9:00. Czy ten termin Państwu odpowiada?',
      ),
    ],
  }),
  ticket({
    number: 1054,
    from: 'diego',
    of,
    subject: 'Floor plan upload fails with "file too large"',
    properties: { product: 'Console' },
    thread: [
      says(
        'diego',
        '5d 4h',
        'The floor plan of the Harbour hotel is a PDF of 31 MB. The console refuses it. What is the limit?',
      ),
      says(
        'noor',
        '5d 2h',
        'Hello Diego,\n\n20 MB. Plans from architects often carry photos; "Print to PDF" usually makes them ten times smaller. Would you try that, or send me the file?',
      ),
      says('diego', '4d 6h', '2.4 MB after printing, uploaded. Thanks.'),
      sets('noor', '4d 5h', 'solved'),
    ],
  }),
  ticket({
    number: 1055,
    from: 'carol',
    of,
    inbox: 'billing',
    subject: 'Ostatnia faktura bez numeru zamówienia',
    unreadBy: ['carol'],
    thread: [
      says(
        'carol',
        '4d 3h',
        'Dzień dobry,\n\nna ostatniej fakturze zabrakło naszego numeru zamówienia (PO 77-1204). Bez niego księgowość nie może jej zaksięgować. Proszę o korektę.\n\nPozdrawiam\nCarol Zielińska',
      ),
      notes('tomasz', '3d 22h', 'Numer zamówienia był w polu „Uwagi” i nie trafił na wydruk. Poprawione u źródła.'),
      says(
        'tomasz',
        '3d 21h',
        'Dzień dobry Pani Carol,\n\nprzepraszamy za pominięcie numeru. Korektę wyślemy dziś do końca dnia. Czy numer PO 77-1204 ma się pojawiać także na kolejnych fakturach?',
      ),
    ],
  }),
  ticket({
    number: 1057,
    from: 'zofia',
    of,
    participants: ['erin'],
    subject: 'Klucz API dla nowego systemu rezerwacji',
    properties: { product: 'API' },
    thread: [
      says(
        'zofia',
        '3d 5h',
        'Dzień dobry, firma wdrażająca system rezerwacji prosi o klucz API tylko do odczytu. Erin prowadzi to wdrożenie po naszej stronie.',
      ),
      says(
        'tomasz',
        '3d 3h',
        'Dzień dobry,\n\nklucz tylko do odczytu można utworzyć w „Kluczach API”, rola „Odczyt”. Prosimy nie wysyłać go pocztą: konsola tworzy link, który działa jeden raz.',
      ),
      says(
        'erin',
        '2d 8h',
        'Thank you, Tomasz. The link worked, the vendor has the key. May it be limited to their two addresses as well?',
      ),
      notes('tomasz', '2d 7h', 'Address lists are in beta. Enabled for this key only.'),
      says(
        'tomasz',
        '2d 6h',
        'Yes, that is possible now: open the key, then "Allowed addresses". I have switched the field on for you.',
        { then: 'open' },
      ),
    ],
  }),
  ticket({
    number: 1060,
    from: 'diego',
    of,
    subject: 'Night setback does not start in the gym',
    properties: { product: 'Console', site: 'Harbour hotel' },
    unreadBy: ['carol'],
    thread: [
      says(
        'diego',
        '1d 12h',
        'The gym stays at 20 °C all night. The schedule says 16 from 22:00. All other rooms follow it.',
      ),
      says(
        'mia',
        '1d 9h',
        'Hello Diego,\n\nthe gym has an open "Hold until changed", set on the device itself three weeks ago. Turning the ring once ends it; you can also press "Resume schedule" in the console.',
      ),
      says('diego', '1d 2h', 'Resumed. Can I see at a glance which rooms are on hold?'),
      says(
        'mia',
        '20h',
        'Yes: in the list of rooms choose the filter "On hold". Would a mail in the morning with such rooms help you? I could switch it on.',
      ),
    ],
  }),
  ticket({
    number: 1063,
    from: 'jakub',
    of,
    subject: 'Głowica w pokoju 214 stale pokazuje 31°C',
    properties: { product: 'Valve', site: 'Hotel Toruń', serial: 'TV-42077', units: '1', installed: '2025-08-11' },
    unreadBy: ['carol'],
    thread: [
      says(
        'jakub',
        '5h 10m',
        'Dzień dobry,\n\nw pokoju 214 głowica od rana pokazuje 31°C, choć w pokoju jest chłodno. Wymiana baterii nie pomogła. Dołączam odczyty.',
        {
          files: [
            file(
              'pokoj-214.csv',
              'godzina;czujnik;głowica',
              '06:00;19,1;19,4',
              '07:00;18,8;31,0',
              '08:00;18,5;31,0',
              '09:00;18,2;31,0',
            ),
          ],
        },
      ),
    ],
  }),
  ticket({
    number: 1064,
    from: 'carol',
    of,
    subject: 'Nowi pracownicy: 5 kont od przyszłego miesiąca',
    properties: { product: 'Console' },
    thread: [
      says(
        'carol',
        '4h 15m',
        'Dzień dobry,\n\nw przyszłym miesiącu zaczyna u nas 5 nowych osób w recepcji. Czy mogę założyć im konta już teraz, ale z dostępem dopiero od pierwszego dnia pracy?',
      ),
      notes('tomasz', '3h 50m', 'Jest pole „Aktywne od” w nowym formularzu, u Globex jeszcze wyłączone.'),
      says(
        'tomasz',
        '3h 40m',
        'Dzień dobry Pani Carol,\n\ntak, włączam właśnie u Państwa pole „Aktywne od” w formularzu nowej osoby. Powinno się pojawić w ciągu godziny.',
        { then: 'open' },
      ),
    ],
  }),
  ticket({
    number: 1067,
    from: 'zofia',
    of,
    subject: 'Zaproszenie do konsoli wygasło',
    properties: { product: 'Console' },
    unreadBy: ['carol'],
    thread: [
      says(
        'zofia',
        '1h 10m',
        'Dzień dobry, nowa koleżanka kliknęła zaproszenie po 8 dniach i zobaczyła „Link wygasł”. Jak wysłać je ponownie?',
      ),
    ],
  }),
];
