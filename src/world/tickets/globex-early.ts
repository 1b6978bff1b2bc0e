import type { WorldTicket } from '../world.js';
import { file, notes, says, sets, ticket } from './ticket.js';

const of = ['globex'];

/** Globex's tickets of its first months. */
export const globexEarly: readonly WorldTicket[] = [
  ticket({
    number: 1002,
    from: 'carol',
    of,
    subject: 'Dostęp do konsoli dla kierowników hoteli',
    properties: { product: 'Console' },
    thread: [
      says(
        'carol',
        '347d 5h',
        'Dzień dobry,\n\nzaczynamy od trzech hoteli. Czy każdy kierownik może widzieć tylko swój budynek, a ja wszystkie trzy?\n\nPozdrawiam\nCarol Zielińska, Globex',
      ),
      says(
        'tomasz',
        '347d 2h',
        'Dzień dobry Pani Carol,\n\ntak. W „Osobach” proszę wybrać kierownika i zaznaczyć jego budynek. Pani konto ma rolę „Właściciel”, więc widzi wszystko.',
      ),
      says('carol', '346d 6h', 'Ustawione. Bardzo proste, dziękuję.'),
      sets('tomasz', '346d 5h', 'solved'),
      sets('tomasz', '336d', 'closed'),
    ],
  }),
  ticket({
    number: 1004,
    from: 'diego',
    of,
    subject: 'How many rooms can one hub serve?',
    properties: { product: 'Hub 2' },
    thread: [
      says(
        'diego',
        '331d 4h',
        'We plan 64 rooms over four floors in the Harbour hotel. Is one hub enough or should we order one per floor?',
      ),
      notes('noor', '331d 3h', 'Concrete from 1974, two hubs failed us in the hotel next door. Recommend one a floor.'),
      says(
        'noor',
        '331d 2h',
        'Hello Diego,\n\none hub could count that far, it takes 120 devices, but concrete ceilings swallow the radio. One a floor is the safe choice; if the signal is better than expected you may send one back.',
      ),
      says('diego', '330d 6h', 'Four hubs ordered.'),
      sets('noor', '330d 5h', 'solved'),
      sets('noor', '320d', 'closed'),
    ],
  }),
  ticket({
    number: 1006,
    from: 'zofia',
    of,
    subject: 'Aplikacja nie przyjmuje hasła ze znakiem „ł”',
    properties: { product: 'App' },
    thread: [
      says(
        'zofia',
        '314d 7h',
        'Dzień dobry,\n\nustawiłam w przeglądarce hasło z literą „ł”. W przeglądarce działa, a aplikacja na telefonie pisze, że hasło jest błędne.',
      ),
      says(
        'tomasz',
        '314d 5h',
        'Dzień dobry,\n\ndziękujemy za zgłoszenie, udało się nam to odtworzyć na Androidzie. Poprawka jest już w drodze do sklepu. Do tego czasu proszę użyć hasła bez polskich znaków.',
        { then: 'open' },
      ),
      says(
        'tomasz',
        '307d 4h',
        'Wersja 3.8.1 jest dostępna w sklepie i przyjmuje wszystkie polskie litery. Czy u Pani też już działa?',
      ),
      says('zofia', '306d 8h', 'Tak, po aktualizacji działa. Dziękuję!'),
      sets('tomasz', '306d 7h', 'solved'),
      sets('tomasz', '296d', 'closed'),
    ],
  }),
  ticket({
    number: 1008,
    from: 'jakub',
    of,
    subject: 'Dwa termostaty w jednym apartamencie',
    properties: { product: 'Dial', site: 'Hotel Sopot', serial: 'TD-31206', units: '2', installed: '2025-03-14' },
    thread: [
      says(
        'jakub',
        '297d 6h',
        'W apartamentach mamy dwa termostaty: w salonie i w sypialni. Gość zmienia jeden i oba się ustawiają. Jak je rozdzielić?',
      ),
      says(
        'tomasz',
        '297d 4h',
        'Dzień dobry,\n\noba termostaty są w jednej strefie, dlatego pokazują tę samą wartość. Proszę utworzyć strefę „Sypialnia” i przeciągnąć do niej drugi termostat.',
      ),
      says('jakub', '297d 1h', 'Zrobione dla wszystkich 8 apartamentów.'),
      sets('tomasz', '297d', 'solved'),
      sets('tomasz', '287d', 'closed'),
    ],
  }),
  ticket({
    number: 1010,
    from: 'carol',
    of,
    inbox: 'billing',
    subject: 'Jedna faktura zbiorcza zamiast trzech',
    thread: [
      says(
        'carol',
        '279d 5h',
        'Co miesiąc dostajemy trzy faktury, po jednej na hotel. Czy możemy otrzymywać jedną zbiorczą z podziałem na obiekty?',
      ),
      notes(
        'tomasz',
        '279d 4h',
        'Da się od kolejnego okresu, trzeba połączyć trzy subskrypcje. Rabat ilościowy przejdzie na 5%.',
      ),
      says(
        'tomasz',
        '279d 2h',
        'Dzień dobry Pani Carol,\n\noczywiście. Od następnego miesiąca będzie to jedna faktura z trzema pozycjami. Przy okazji łączna liczba urządzeń daje Państwu rabat 5%.',
      ),
      says('carol', '278d 6h', 'Świetna wiadomość, dziękuję.'),
      sets('tomasz', '278d 5h', 'solved'),
      sets('tomasz', '268d', 'closed'),
    ],
  }),
  ticket({
    number: 1012,
    from: 'diego',
    of,
    subject: 'Guests turn rooms up to 30 degrees',
    properties: { product: 'Dial', site: 'Harbour hotel', units: '64', installed: '2025-02-03' },
    thread: [
      says(
        'diego',
        '261d 3h',
        'Some guests leave with the room at 30 °C and the window open. Can we set a maximum that guests cannot pass?',
      ),
      says(
        'mia',
        '261d 1h',
        'Hello Diego,\n\nyes: building settings, "Guest limits". Most hotels choose 18 to 24. The window rule beside it turns the heating off two minutes after a window has been opened.',
      ),
      says('diego', '259d 4h', 'Both active. The first weekend already looks different.'),
      sets('mia', '259d 3h', 'solved'),
      sets('mia', '249d', 'closed'),
    ],
  }),
  ticket({
    number: 1014,
    from: 'zofia',
    of,
    subject: 'Niebieska kontrolka na bramce w recepcji',
    properties: { product: 'Hub 2', site: 'Hotel Sopot', serial: 'TH-20388', units: '1', installed: '2025-03-12' },
    thread: [
      says(
        'zofia',
        '243d 8h',
        'Dzień dobry, od wczoraj bramka w recepcji świeci na niebiesko. W instrukcji nie ma takiego koloru.',
      ),
      says(
        'tomasz',
        '243d 6h',
        'Dzień dobry,\n\nniebieski oznacza tryb parowania, zwykle po dłuższym przytrzymaniu przycisku. Proszę nacisnąć go krótko raz, kontrolka wróci do białej.',
      ),
      says('zofia', '243d 5h', 'Wróciła. Pewnie ktoś ją nacisnął przy odkurzaniu.'),
      says('tomasz', '243d 4h', 'Zdarza się częściej, niż można by sądzić. Dopisaliśmy ten kolor do instrukcji.', {
        then: 'solved',
      }),
      sets('tomasz', '233d', 'closed'),
    ],
  }),
  ticket({
    number: 1015,
    from: 'jakub',
    of,
    subject: 'Eksport zdarzeń do arkusza: polskie znaki',
    properties: { product: 'Console' },
    thread: [
      says(
        'jakub',
        '233d 4h',
        'Po otwarciu eksportu CSV w arkuszu zamiast „Świetlica” widzę „Ĺšwietlica”. Plik w załączniku.',
        {
          files: [
            file(
              'zdarzenia.csv',
              'czas,strefa,zdarzenie',
              '06:00,Świetlica,start ogrzewania',
              '06:42,Świetlica,cel osiągnięty',
            ),
          ],
        },
      ),
      notes('noor', '233d 3h', 'Brak BOM w eksporcie. Zgłoszone jako CON-1190.'),
      says(
        'tomasz',
        '233d 2h',
        'Dzień dobry,\n\nplik jest poprawny, ale arkusz nie rozpoznaje kodowania. Proszę użyć „Dane”, „Z pliku tekstowego” i wybrać UTF-8. W najbliższej wersji konsoli dodamy znacznik, dzięki któremu arkusz zrobi to sam.',
      ),
      says('jakub', '232d 7h', 'Tym sposobem działa.'),
      sets('tomasz', '231d', 'solved'),
      sets('tomasz', '221d', 'closed'),
    ],
  }),
  ticket({
    number: 1018,
    from: 'erin',
    of,
    subject: 'Opening hours of the shops in one place',
    properties: { product: 'Console' },
    thread: [
      says('erin', '203d 5h', 'We have 14 shops with the same opening hours. Do I really have to enter them 14 times?'),
      says(
        'mia',
        '203d 3h',
        'Hello Erin,\n\nno. Make a schedule template under "Schedules", then "Apply to buildings". If you change the template later, all 14 follow.',
      ),
      says('erin', '203d 1h', 'That saves me an afternoon. Thank you, Mia.'),
      sets('mia', '203d', 'solved'),
      sets('mia', '193d', 'closed'),
    ],
  }),
  ticket({
    number: 1020,
    from: 'carol',
    of,
    subject: 'Umowa powierzenia przetwarzania danych',
    thread: [
      says(
        'carol',
        '181d 6h',
        'Dzień dobry,\n\nnasz inspektor ochrony danych prosi o umowę powierzenia oraz listę podmiotów przetwarzających.',
      ),
      says(
        'tomasz',
        '181d 1h',
        'Dzień dobry Pani Carol,\n\nlistę podmiotów dołączam. Umowę wysłałem do podpisu elektronicznego na Pani adres.',
        {
          files: [
            file(
              'podmioty-przetwarzajace.txt',
              '1. Centrum danych, Frankfurt nad Menem: przechowywanie odczytów',
              '2. Operator poczty, Dublin: wysyłka powiadomień',
              '3. Biuro rachunkowe, Poznań: faktury',
            ),
          ],
        },
      ),
      says('carol', '174d 4h', 'Podpisana po obu stronach. Dziękuję.'),
      sets('tomasz', '174d 3h', 'solved'),
      sets('tomasz', '164d', 'closed'),
    ],
  }),
];
