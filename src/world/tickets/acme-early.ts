import type { WorldTicket } from '../world.js';
import { file, notes, says, sets, ticket } from './ticket.js';

const of = ['acme'];

/** Acme's older tickets. */
export const acmeEarly: readonly WorldTicket[] = [
  ticket({
    number: 1001,
    from: 'alice',
    of,
    subject: 'First hub: the light stays orange',
    properties: { product: 'Hub 2', site: 'Mill Street 4', serial: 'TH-20417', units: '1' },
    thread: [
      says(
        'alice',
        '352d 6h',
        'Hello,\n\nour first hub arrived today. It has been blinking orange for an hour. The leaflet says that it should turn white after five minutes. What am I missing?\n\nAlice Moreau, Acme',
      ),
      says(
        'mia',
        '352d 4h',
        'Hello Alice, and welcome!\n\nOrange means that the hub has power but no way out to the internet. It needs TCP port 8883 outgoing; company firewalls often close it. Could your network people open it for the address on the back of the hub?',
      ),
      says(
        'alice',
        '351d 7h',
        'They opened it this morning and the light turned white within seconds. Thank you for the quick answer.',
      ),
      says(
        'mia',
        '351d 6h',
        'Lovely. I have added the port to the first page of the leaflet, too: you were not the first to ask.',
        { then: 'solved' },
      ),
      sets('mia', '341d', 'closed'),
    ],
  }),
  ticket({
    number: 1005,
    from: 'priya',
    of,
    subject: 'Move a room from one floor to another',
    properties: { product: 'Console' },
    thread: [
      says(
        'priya',
        '322d 3h',
        'We sorted meeting room 2.17 under the wrong floor. Do we have to pair its Dial again to move it?',
      ),
      says(
        'noor',
        '322d 1h',
        'Hello Priya,\n\nno need to touch the device. In the console open the room, choose "Edit", and pick the right floor. Its history moves along.',
      ),
      says('priya', '322d', 'Found it. It is a bit hidden behind the three dots, but it works.'),
      notes('noor', '321d 23h', 'Third person this month who looked for "Edit" in the wrong place. Told design.'),
      sets('noor', '321d 22h', 'solved'),
      sets('noor', '311d', 'closed'),
    ],
  }),
  ticket({
    number: 1009,
    from: 'bob',
    of,
    inbox: 'billing',
    subject: 'Please put our VAT number on the invoices',
    thread: [
      says(
        'bob',
        '288d 5h',
        'Our accountants cannot use invoices without our VAT number. Please add GB 123 4567 89 to the last one and to all that follow.',
      ),
      says(
        'tomasz',
        '288d 2h',
        'Hello Bob,\n\nthe number is in your account now. A corrected copy of the last invoice is attached.',
        {
          files: [
            file(
              'invoice-2211-corrected.txt',
              'TARNFIELD LTD',
              'Invoice 2211 (corrected copy)',
              'Customer: Acme, VAT GB 123 4567 89',
              '12 x Dial, 3 x Hub 2',
              'Total net 2,148.00',
            ),
          ],
          then: 'solved',
        },
      ),
      sets('tomasz', '278d', 'closed'),
    ],
  }),
  ticket({
    number: 1013,
    from: 'liam',
    of,
    subject: 'RE: Your order of 12 radiator valves',
    properties: { product: 'Valve', serial: 'TV-40881', units: '2' },
    thread: [
      says(
        'liam',
        '252d 8h',
        'Hi team,\n\ntwo of the twelve valves came without an adapter ring:\n\n  Serial      Room   Adapter\n  TV-40881    0.04   missing\n  TV-40886    0.11   missing\n\nThe others are fitted and look great. Could you send two rings (M30 x 1.5)?\n\nThanks,\nLiam Okafor\nFacilities, Acme',
        {
          html: '<div dir="ltr"><p>Hi team,</p><p>two of the twelve valves came without an <b>adapter ring</b>:</p><table><tr><th>Serial</th><th>Room</th><th>Adapter</th></tr><tr><td>TV-40881</td><td>0.04</td><td>missing</td></tr><tr><td>TV-40886</td><td>0.11</td><td>missing</td></tr></table><p>The others are fitted and look great. Could you send two rings (M30&nbsp;x&nbsp;1.5)?</p><p>Thanks,<br>Liam Okafor<br><i>Facilities, Acme</i></p><img src="https://mail.acme.example/open.gif?id=8841" width="1" height="1" alt=""></div>',
        },
      ),
      notes(
        'tomasz',
        '252d 7h',
        'Packing list says 12 rings. Check the box size with the warehouse: this is the second order with two missing.',
      ),
      says(
        'tomasz',
        '252d 6h',
        'Hello Liam,\n\nthank you for the list. Two rings leave our warehouse today and should be with you on Thursday; no charge, of course.',
      ),
      says('liam', '248d 3h', 'Arrived and fitted. All twelve report now.'),
      sets('tomasz', '248d 1h', 'solved'),
      sets('tomasz', '238d', 'closed'),
    ],
  }),
  ticket({
    number: 1016,
    from: 'alice',
    of,
    subject: 'App shows yesterday’s temperatures',
    properties: { product: 'App' },
    thread: [
      says(
        'alice',
        '224d 4h',
        'On my phone all rooms show the values of yesterday evening, while the console in the browser is right. I signed out and in again, no change.',
      ),
      says(
        'noor',
        '224d 2h',
        'Hello Alice,\n\nthe app keeps the last values it has and marks them with a small clock. Is the clock there? If so the phone cannot reach us: a VPN profile is the usual reason.',
      ),
      says('alice', '223d 23h', 'Clock: yes. VPN: yes, our new one, since Monday. Without it everything is fresh.'),
      notes(
        'noor',
        '223d 22h',
        'Their VPN blocks web sockets. Sent the list of hosts to Bob last month; it seems nobody acted on it.',
      ),
      says(
        'noor',
        '223d 21h',
        'Then we have found it. Your network people need to let app.tarnfield.example pass; Bob has the list of addresses from us.',
      ),
      says('alice', '220d 5h', 'Done, works with VPN as well. Thanks!'),
      sets('noor', '220d 4h', 'solved'),
      sets('noor', '210d', 'closed'),
    ],
  }),
  ticket({
    number: 1019,
    from: 'marek',
    of,
    subject: 'Harmonogram świąteczny w magazynie',
    properties: { product: 'Console', site: 'Magazyn Gdynia' },
    thread: [
      says(
        'marek',
        '192d 7h',
        'Dzień dobry,\n\nczy mogę ustawić w magazynie w Gdyni osobny harmonogram na dni ustawowo wolne od pracy? Teraz ogrzewanie włącza się o 5:00 także w święta.',
      ),
      says(
        'tomasz',
        '192d 5h',
        'Dzień dobry,\n\ntak. W konsoli proszę otworzyć „Harmonogramy”, a potem „Kalendarz świąt” i wybrać Polskę. W zaznaczone dni obowiązuje wtedy harmonogram „Poza godzinami pracy”.',
      ),
      says('marek', '192d 4h', 'Działa, dziękuję. Czy Wigilia też jest uwzględniona?'),
      says(
        'tomasz',
        '192d 3h',
        'Tak, od tego roku Wigilia jest na liście. Własne dni wolne można dodać przyciskiem „Dodaj dzień”.',
        { then: 'solved' },
      ),
      sets('tomasz', '182d', 'closed'),
    ],
  }),
  ticket({
    number: 1025,
    from: 'yael',
    of,
    subject: 'שאלה על חיישן הלחות בחדר השרתים',
    properties: { product: 'Sensor', serial: 'TS-51730', units: '1', installed: '2024-09-19' },
    thread: [
      says(
        'yael',
        '121d 6h',
        'שלום,\n\nחיישן הלחות (Sensor) בחדר השרתים מראה 78% כבר שלושה ימים, אבל מכשיר אחר באותו חדר מראה 45%. האם אפשר לכייל אותו מרחוק, או שצריך להחליף אותו?\n\nתודה,\nיעל',
      ),
      notes(
        'noor',
        '121d 4h',
        'I can read Hebrew, taking this one. Raw values are flat at 78.0: the element is stuck, not badly calibrated.',
      ),
      says(
        'noor',
        '121d 3h',
        'שלום יעל,\n\nתודה על הפנייה. לפי הנתונים החיישן נתקע על ערך אחד, וכיול לא יעזור. נשלח לך חיישן חדש (TS-2290) עוד היום, ואין צורך להחזיר את הישן.',
      ),
      says('yael', '116d 5h', 'החיישן החדש הגיע ומראה 44%. תודה רבה!'),
      sets('noor', '116d 4h', 'solved'),
    ],
  }),
  ticket({
    number: 1027,
    from: 'alice',
    of,
    deleted: true,
    subject: 'Test, please ignore',
    thread: [says('alice', '98d 2h', 'Testing whether mails from the new scanner arrive.')],
  }),
  ticket({
    number: 1028,
    from: 'bob',
    of,
    inbox: 'billing',
    subject: 'Ten more seats in the console: what will they cost?',
    thread: [
      says(
        'bob',
        '87d 6h',
        'From next quarter ten more people should be able to see their building in the console. They only look, they change nothing. What would that cost us?',
      ),
      notes('tomasz', '87d 4h', 'Viewers have been free since spring, but the price page still says otherwise.'),
      says(
        'tomasz',
        '87d 3h',
        'Hello Bob,\n\nnothing: people with the right "View" are free, in any number. The price list on our site said otherwise until this morning, I am sorry about that.',
      ),
      says('bob', '87d 2h', 'That is the best answer I have had this week.'),
      sets('tomasz', '87d 1h', 'solved'),
    ],
  }),
  ticket({
    number: 1031,
    from: 'marek',
    of,
    subject: 'Brama nr 3: czujnik otwarcia nie wyłącza ogrzewania',
    properties: { product: 'Sensor', site: 'Magazyn Gdynia', serial: 'TS-51688', units: '1', installed: '2024-11-05' },
    thread: [
      says(
        'marek',
        '57d 5h',
        'Dzień dobry,\n\nprzy bramie nr 3 czujnik zgłasza otwarcie, ale nagrzewnica działa dalej. Przy bramach 1 i 2 wszystko jest w porządku.',
      ),
      says(
        'tomasz',
        '57d 3h',
        'Dzień dobry Panie Marku,\n\nczy brama nr 3 jest przypisana do tej samej strefy co nagrzewnica? Widzę ją w strefie „Biuro”, a nagrzewnicę w strefie „Hala”.',
      ),
      says(
        'marek',
        '56d 7h',
        'Rzeczywiście, była w złej strefie. Po zmianie nagrzewnica wyłącza się po 30 sekundach. Czy to opóźnienie da się skrócić?',
      ),
      says(
        'tomasz',
        '56d 5h',
        'Tak, najmniej do 10 sekund: „Strefa”, „Reguły”, „Opóźnienie”. Krótszego nie zalecamy, bo nagrzewnica włączałaby się zbyt często.',
      ),
      says('marek', '56d 4h', '10 sekund wystarczy. Dziękuję za pomoc!'),
      sets('tomasz', '56d 3h', 'solved'),
    ],
  }),
];
