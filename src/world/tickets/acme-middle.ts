import type { WorldTicket } from '../world.js';
import { file, notes, says, sets, ticket } from './ticket.js';

const of = ['acme'];

/** Readings of one day with a hole from 14:00 to 20:00. */
const chart =
  'iVBORw0KGgoAAAANSUhEUgAAAHgAAAAwAgMAAACnAVZAAAAADFBMVEX////N0tYUWoy+PCj5wj03AAAApklEQVR42t2TQQrDMAwEjY8i9CF6Tc+lj/ET8oQ9iqWPTEpIYieWDqW0pXsQgjHCWq9T+hcNVf02vra6V3XWL9/8DTiThIuflCweVpuL0MFiyyH0Pee4GMyu54J1CnrDdevYwRn7JXDGWvbeztjqHcoRS6n9sSNma9CjwZLQ2ttiDV8sI8T1Uh1sYc5vY5hzhmEShJhhFBURFvpBvqzJdDFe+SWf1ATsRj5hMeGHlQAAAABJRU5ErkJggg==';

/** Acme's tickets of the last six weeks, without the newest. */
export const acmeMiddle: readonly WorldTicket[] = [
  ticket({
    number: 1033,
    from: 'alice',
    of,
    subject: 'Readings of room 3.08 look one hour off',
    properties: { product: 'Console', site: 'Mill Street 4' },
    thread: [
      says(
        'alice',
        '42d 7h',
        'Since we got the new schedule, room 3.08 warms up at 7:00 although its schedule says 6:00. I exported the readings of Monday, see the attached file.',
        {
          files: [
            file(
              'room-3.08.csv',
              'time,target,measured',
              '05:30,17.0,17.2',
              '06:00,17.0,17.1',
              '06:30,17.0,17.1',
              '07:00,21.0,17.1',
              '07:30,21.0,18.9',
              '08:00,21.0,20.6',
            ),
          ],
        },
      ),
      notes(
        'mia',
        '42d 5h',
        'Room has its own time zone set (UTC), left from the first installation. Fixed for 3.08, checking the others.',
      ),
      says(
        'mia',
        '42d 4h',
        'Hello Alice,\n\nthe file made it easy: 3.08 was the only room that still ran on UTC. It is set to London now, like its neighbours. Would you check tomorrow morning?',
      ),
      says('alice', '41d 1h', 'Warm at 6:00 sharp. Thank you!'),
      sets('mia', '41d', 'solved'),
    ],
  }),
  ticket({
    number: 1035,
    from: 'priya',
    of,
    subject: 'Who opened the window alarm at the weekend?',
    properties: { product: 'Console' },
    thread: [
      says(
        'priya',
        '29d 4h',
        'We had a window alarm on Saturday at 23:40 in 1.12. Can I see who was in the console and switched it off? Nobody here remembers it.',
      ),
      says(
        'noor',
        '29d 2h',
        'Hello Priya,\n\nit was switched off by its own rule: the alarm ends when the room has been above 16 °C for twenty minutes. Under "Events" every alarm shows who or what ended it.',
      ),
      says('priya', '28d 6h', 'I see it now: "ended by rule". Good to know that it was not a ghost.'),
      sets('noor', '28d 5h', 'solved'),
    ],
  }),
  ticket({
    number: 1038,
    from: 'liam',
    of,
    subject: 'Batteries of the valves last only four months',
    properties: { product: 'Valve', site: 'Mill Street 4', serial: 'TV-40880', units: '12', installed: '2024-10-21' },
    thread: [
      says(
        'liam',
        '21d 6h',
        'The data sheet promises two years. On the ground floor we change batteries every four months. All twelve valves are of the same delivery.',
      ),
      says(
        'tomasz',
        '21d 3h',
        'Hello Liam,\n\nthat is far too often. Which batteries do you use, and is the ground floor the one with the underfloor pump? Frequent small movements cost the most energy.',
      ),
      says('liam', '20d 7h', 'Standard alkaline, and yes, the pump is on that circuit.'),
      notes(
        'tomasz',
        '20d 5h',
        'Valves move 140 times a day, normal is 12. The pump makes the pressure swing. Ask for firmware 4.2 with the wider band.',
      ),
      says(
        'tomasz',
        '20d 4h',
        'Thank you. The pump makes the pressure swing, and the valves follow every time. Firmware 4.2 ignores such small swings. May we install it on your twelve valves tonight? They stay warm meanwhile.',
      ),
      says('liam', '19d 8h', 'Yes, please go ahead.'),
      says(
        'tomasz',
        '18d 9h',
        'Installed. Last night each valve moved eleven times instead of 140. Please keep an eye on the battery level for some weeks; I will do the same from here.',
        { then: 'open' },
      ),
    ],
  }),
  ticket({
    number: 1039,
    from: 'liam',
    of,
    inbox: 'partners',
    subject: 'Installer for the Leeds office',
    properties: { product: 'Hub 2' },
    thread: [
      says('liam', '20d 10h', 'Which installers near Leeds are certified for Hub 2?'),
      notes(
        'noor',
        '20d 9h',
        'Quotes of both partners for this customer are in the partner folder. Not for the portal.',
      ),
      says('noor', '20d 8h', 'Hello Liam, two partners cover Leeds; both will call you this week.'),
    ],
  }),
  ticket({
    number: 1040,
    from: 'bob',
    of,
    subject: 'Who may change schedules in the warehouse?',
    thread: [
      says(
        'bob',
        '19d 4h',
        'Two people changed the same schedule last week and each undid the work of the other. Can I limit who may edit schedules of one building?',
      ),
      says(
        'tomasz',
        '19d 1h',
        'Hello Bob,\n\nyes: Console, People, choose the person, then "Buildings". With "View" they still see temperatures, only "Manage" may edit schedules.',
      ),
      says('bob', '18d 20h', 'Exactly what I needed, thanks.'),
      sets('tomasz', '18d 19h', 'solved'),
    ],
  }),
  ticket({
    number: 1042,
    from: 'alice',
    of,
    inbox: 'billing',
    subject: 'Charged twice for one month?',
    thread: [
      says(
        'alice',
        '16d 5h',
        'Our card statement has two payments of 184.00 on the same day. We have one subscription only. Could you have a look?',
      ),
      notes(
        'tomasz',
        '16d 4h',
        'Second one is an authorisation that the bank drops by itself after 10 days. No refund needed.',
      ),
      says(
        'tomasz',
        '16d 3h',
        'Hello Alice,\n\nwe booked 184.00 once. The second line is a reservation that your bank made when it asked for confirmation; it disappears within ten days. If it is still there after that, please write and we will chase it.',
      ),
      says('alice', '9d 7h', 'It has disappeared. Thanks for the clear explanation.'),
      sets('tomasz', '9d 6h', 'solved'),
    ],
  }),
  ticket({
    number: 1044,
    from: 'greg',
    of,
    contacts: ['alice'],
    subject: 'Handover: heating of the canteen',
    properties: { product: 'Console' },
    thread: [
      says(
        'greg',
        '14d 6h',
        'Hello,\n\nI am leaving Acme at the end of the month. Alice takes over the canteen from me, please keep her informed. Open point: the canteen should follow the kitchen’s hours from next month on.',
      ),
      says(
        'mia',
        '14d 4h',
        'Hello Greg,\n\nall the best for what comes next! Alice can see this ticket from now on. Alice, would you send us the kitchen’s hours when you have them?',
      ),
      says('alice', '13d 3h', 'I will. The kitchen decides next week.'),
      says('mia', '13d 2h', 'No hurry. I keep this open until then.'),
    ],
  }),
  ticket({
    number: 1046,
    from: 'alice',
    of,
    subject: 'Hole in the temperature chart on Thursday afternoon',
    properties: { product: 'Console', site: 'Mill Street 4' },
    thread: [
      says(
        'alice',
        '12d 6h',
        'The chart of the whole 2nd floor has a hole on Thursday from 14:00 to 20:00 (see the picture). Are those readings lost?',
        {
          html: [
            '<p>The chart of the whole 2nd floor has a hole on <b>Thursday from 14:00 to 20:00</b>:</p>',
            '<p><img src="cid:chart@acme.example" width="120" height="48" alt="A chart of temperatures with a hole in it"></p>',
            '<p>Are those readings lost?</p>',
            '<p>Alice Moreau<br><a href="https://acme.example/facilities">Facilities</a></p>',
            '<p><img src="https://mail.acme.example/logo.png" width="90" height="30" alt="Acme"></p>',
          ].join(''),
          files: [{ name: 'chart-2nd-floor.png', type: 'image/png', base64: chart, contentId: 'chart@acme.example' }],
        },
      ),
      notes(
        'noor',
        '12d 4h',
        'Ingest outage of Thursday (INC-76). Hubs buffer 24 h, the backfill for region west is still running.',
      ),
      says(
        'noor',
        '12d 3h',
        'Hello Alice,\n\nthey are not lost. Our side had a fault on Thursday; your hubs kept the readings and are handing them in late. The chart should be complete by tomorrow noon.',
        { then: 'open' },
      ),
      says(
        'noor',
        '11d 4h',
        'The readings of Thursday are all there now; what became of them is on https://status.tarnfield.example/inc-76. I am sorry for the scare.',
      ),
      says(
        'alice',
        '11d 3h',
        'Confirmed, the chart is whole again.\n\nOn Thursday, Noor Haddad wrote:\n> The readings of Thursday are all there now;\n> what became of them is on https://status.tarnfield.example/inc-76.\n> I am sorry for the scare.',
        { files: [{ name: 'chart-whole.png', type: 'image/png', base64: chart }] },
      ),
      sets('noor', '11d 2h', 'solved'),
    ],
  }),
];
