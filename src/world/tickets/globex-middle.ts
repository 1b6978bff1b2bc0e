import type { WorldTicket } from '../world.js';
import { file, notes, says, sets, ticket } from './ticket.js';

const of = ['globex'];

/** Globex's tickets of the last half year, without the newest. */
export const globexMiddle: readonly WorldTicket[] = [
  ticket({
    number: 1021,
    from: 'diego',
    of,
    subject: 'API key stopped working after the weekend',
    properties: { product: 'API' },
    thread: [
      says(
        'diego',
        '170d 5h',
        'Our booking system gets 401 since Saturday. Nobody changed the key. A log is attached.',
        {
          files: [
            file(
              'booking-api.log',
              'Sat 00:00:02 GET /v2/rooms 401 key_expired',
              'Sat 00:05:02 GET /v2/rooms 401 key_expired',
            ),
          ],
        },
      ),
      notes('noor', '170d 4h', 'Trial key, 90 days. The reminder went to a mailbox that nobody reads.'),
      says(
        'noor',
        '170d 3h',
        'Hello Diego,\n\nthe log names the reason: that was a trial key, and those end after 90 days. Please make a new one under "API keys" and choose "No end date". Our reminder went to an old address; I have entered yours.',
      ),
      says('diego', '170d 2h', 'New key in place, rooms are back.'),
      sets('noor', '170d 1h', 'solved'),
    ],
  }),
  ticket({
    number: 1023,
    from: 'jakub',
    of,
    subject: 'Klimatyzacja i ogrzewanie pracują jednocześnie',
    properties: { product: 'Console', site: 'Hotel Sopot' },
    thread: [
      says(
        'jakub',
        '146d 6h',
        'W sali konferencyjnej w południe działa klimatyzacja, a głowice nadal grzeją. Jak to powiązać?',
      ),
      says(
        'tomasz',
        '146d 3h',
        'Dzień dobry,\n\nw „Regułach” jest gotowa reguła „Albo grzanie, albo chłodzenie”. Potrzebuje jednego czujnika w sali, najlepiej z dala od nawiewu.',
      ),
      says('jakub', '145d 5h', 'Reguła włączona, głowice się zamknęły. Ile czasu mija do ponownego włączenia grzania?'),
      says('tomasz', '145d 4h', 'Domyślnie 30 minut od wyłączenia klimatyzacji. Można to zmienić w tej samej regule.', {
        then: 'solved',
      }),
    ],
  }),
  ticket({
    number: 1026,
    from: 'zofia',
    of,
    subject: 'Zgubiony termostat z pokoju 118',
    properties: { product: 'Dial', site: 'Hotel Sopot', serial: 'TD-31229', units: '1', installed: '2025-03-14' },
    thread: [
      says(
        'zofia',
        '110d 7h',
        'Po remoncie zginął termostat z pokoju 118. Czy da się sprawdzić, kiedy ostatnio był w zasięgu?',
      ),
      notes('tomasz', '110d 6h', 'Ostatni sygnał w środę o 16:12, moc 9%, potem cisza. Wygląda na magazyn w piwnicy.'),
      says(
        'tomasz',
        '110d 5h',
        'Dzień dobry,\n\nostatni sygnał odebraliśmy w środę o 16:12 i był bardzo słaby, jak z piwnicy albo garażu. Proszę zajrzeć do magazynu ekipy remontowej.',
      ),
      says('zofia', '109d 8h', 'Był w kartonie z klamkami w piwnicy! Dziękuję.'),
      sets('tomasz', '109d 7h', 'solved'),
    ],
  }),
  ticket({
    number: 1029,
    from: 'carol',
    of,
    subject: 'Szkolenie dla recepcji: 3 terminy',
    thread: [
      says(
        'carol',
        '76d 5h',
        'Dzień dobry,\n\nchcielibyśmy przeszkolić recepcje wszystkich hoteli, razem około 25 osób. Czy możliwe są trzy terminy zdalne po godzinie, najlepiej rano?',
      ),
      says(
        'tomasz',
        '76d 2h',
        'Dzień dobry Pani Carol,\n\nproponuję wtorek, czwartek i kolejny wtorek, zawsze od 9:00 do 10:00. Zaproszenia już wysłałem, w razie potrzeby można je jeszcze przesunąć.',
      ),
      says('carol', '75d 6h', 'Terminy pasują. Dziękuję!'),
      says(
        'tomasz',
        '68d 3h',
        'Dzień dobry,\n\nszkolenia za nami, dziękuję za liczny udział. Nagranie i materiały są dostępne w konsoli w zakładce „Pomoc”.',
        { then: 'solved' },
      ),
    ],
  }),
  ticket({
    number: 1030,
    from: 'diego',
    of,
    subject: 'Return of two hubs that we do not need',
    properties: { product: 'Hub 2', site: 'Harbour hotel', serial: 'TH-20502', units: '2' },
    thread: [
      says(
        'diego',
        '66d 4h',
        'Two hubs are enough in the end, the signal is good on all floors. How do we return the other two? They were never plugged in.',
      ),
      says(
        'mia',
        '66d 2h',
        'Hello Diego,\n\ngood for you! The return label is attached. We refund both as soon as the parcel is here.',
        {
          files: [file('return-label.txt', 'RETURN R-3391', 'Tarnfield Ltd, Returns, Dock 2', '2 x Hub 2, unused')],
        },
      ),
      says('diego', '61d 5h', 'Sent today with the afternoon collection.'),
      notes('mia', '58d 6h', 'Parcel here, one of the two had been plugged in. Refunding both anyway.'),
      says('mia', '58d 5h', 'Both hubs arrived and the refund is booked. Thank you, Diego.', { then: 'solved' }),
    ],
  }),
  ticket({
    number: 1032,
    from: 'jakub',
    of,
    subject: 'Czujnik CO₂ miga na czerwono w sali śniadaniowej',
    properties: { product: 'Sensor', site: 'Hotel Sopot', serial: 'TS-51904', units: '1', installed: '2025-03-18' },
    thread: [
      says(
        'jakub',
        '49d 4h',
        'Przy pełnej sali czujnik miga na czerwono i goście pytają, czy to awaria. Czy można wyłączyć miganie?',
      ),
      says(
        'tomasz',
        '49d 2h',
        'Dzień dobry,\n\nto nie awaria: czerwony oznacza ponad 1400 ppm, czyli pora przewietrzyć. Diodę można wyłączyć w ustawieniach czujnika, powiadomienia dla obsługi pozostaną.',
      ),
      says('jakub', '48d 6h', 'Wyłączyliśmy diodę, a obsługa dostaje powiadomienie przy 1000 ppm. Tak jest najlepiej.'),
      sets('tomasz', '48d 5h', 'solved'),
    ],
  }),
  ticket({
    number: 1034,
    from: 'zofia',
    of,
    subject: 'Zmiana adresu e-mail do powiadomień',
    properties: { product: 'Console', site: 'Hotel Sopot' },
    thread: [
      says(
        'zofia',
        '35d 6h',
        'Proszę o zmianę adresu do powiadomień o awariach na recepcja.sopot@globex.example. Obecny należy do osoby, która już u nas nie pracuje.',
      ),
      notes('tomasz', '35d 5h', 'Zofia nie jest właścicielem konta, potrzebna zgoda Carol. Zadzwoniłem, potwierdziła.'),
      says(
        'tomasz',
        '35d 4h',
        'Dzień dobry,\n\nadres został zmieniony, po potwierdzeniu przez Panią Carol. Na nowy adres wysłaliśmy wiadomość próbną.',
        { then: 'solved' },
      ),
    ],
  }),
  ticket({
    number: 1037,
    from: 'diego',
    of,
    subject: 'Radiators of the lobby never get warm',
    properties: { product: 'Valve', site: 'Harbour hotel', serial: 'TV-41310', units: '4', installed: '2025-02-07' },
    thread: [
      says(
        'diego',
        '22d 7h',
        'The four big radiators in the lobby stay at 30 °C although the valves say "open 100 %". The rooms above are fine.',
      ),
      says(
        'mia',
        '22d 5h',
        'Hello Diego,\n\nif the valves are open and the radiators stay lukewarm, little water gets there. When were these radiators bled the last time?',
      ),
      says('diego', '21d 8h', 'Nobody remembers. Our plumber comes on Friday.'),
      says('mia', '21d 7h', 'Good. I leave this open; please tell us what he finds.'),
      says('diego', '18d 4h', 'He took out half a bucket of air. The lobby is warm.'),
      sets('mia', '18d 3h', 'solved'),
    ],
  }),
  ticket({
    number: 1041,
    from: 'carol',
    of,
    subject: 'Zestawienie oszczędności dla zarządu',
    properties: { product: 'Console' },
    thread: [
      says(
        'carol',
        '17d 5h',
        'Dzień dobry,\n\nna posiedzenie zarządu potrzebuję porównania zużycia rok do roku dla 3 hoteli, z uwzględnieniem pogody. Czy konsola to potrafi?',
      ),
      says(
        'tomasz',
        '17d 2h',
        'Dzień dobry Pani Carol,\n\ntak, w „Raportach” proszę wybrać „Rok do roku” i zaznaczyć „Korekta według stopniodni”. Dla pewności przygotowałem też plik, jest w załączniku.',
        {
          files: [
            file(
              'rok-do-roku.csv',
              'hotel;poprzedni rok (MWh);ten rok (MWh);zmiana',
              'Sopot;412;347;-16%',
              'Toruń;288;251;-13%',
              'Harbour;530;441;-17%',
            ),
          ],
        },
      ),
      says('carol', '16d 6h', 'Zarząd był pod wrażeniem. Dziękuję, Panie Tomaszu!'),
      sets('tomasz', '16d 5h', 'solved'),
    ],
  }),
];
