import type { WorldTicket } from '../world.js';
import { file, notes, says, ticket } from './ticket.js';

const of = ['acme'];

/** Acme's tickets of the last ten days. */
export const acmeRecent: readonly WorldTicket[] = [
  ticket({
    number: 1049,
    from: 'yael',
    of,
    subject: 'Webhook for CO₂ above 1,000 ppm',
    properties: { product: 'API' },
    unreadBy: ['bob'],
    thread: [
      says(
        'yael',
        '9d 5h',
        'I would like our building system to open the vents when a meeting room passes 1,000 ppm. Is there a webhook, or do I have to poll?',
      ),
      says(
        'noor',
        '9d 3h',
        'Hello Yael,\n\nthere is: POST to /v2/hooks with the event "sensor.threshold". An example is attached. We send it within a few seconds and repeat it for an hour if your side does not answer.',
        {
          files: [
            file(
              'hook.txt',
              'POST /v2/hooks',
              '{ "event": "sensor.threshold",',
              '  "metric": "co2", "above": 1000, "rooms": ["2.*"],',
              '  "url": "https://bms.acme.example/vents" }',
            ),
          ],
        },
      ),
      says('yael', '7d 6h', 'Works for single rooms. With "2.*" I get 400. Is the star not supported?'),
      notes('noor', '7d 5h', 'Star only from API 2.3, they are pinned to 2.1.'),
      says(
        'noor',
        '7d 4h',
        'It is, but only from version 2.3. Please send the header "Tarnfield-Version: 2.3" and try once more.',
      ),
    ],
  }),
  ticket({
    number: 1051,
    from: 'alice',
    of,
    subject:
      'After the update of last night the thermostats in all meeting rooms on the 1st and 2nd floor show the logo only, while those in the open-plan offices work as before and the console says "online"',
    properties: { product: 'Dial', site: 'Mill Street 4', serial: 'TD-33010', units: '9', installed: '2025-06-02' },
    unreadBy: ['alice'],
    thread: [
      says(
        'alice',
        '7d 3h',
        'The subject says it all, I am afraid: nine Dials show the logo and nothing else since this morning. The rooms are warm, but nobody can change anything. We have guests at 14:00.',
      ),
      notes(
        'mia',
        '7d 2h 50m',
        'Release 5.1.0 on Dials with the old display. Rollout stopped at 02:00, theirs were in the first wave. See INC-77.',
      ),
      says(
        'mia',
        '7d 2h 45m',
        'Hello Alice,\n\nthis is our fault: the update does not get along with displays made before 2023. We stopped it and are sending the fix to your nine rooms now. Expect a restart of one minute each, done before noon.',
        { then: 'open' },
      ),
      says('alice', '7d 1h', 'Seven are back. 1.03 and 2.11 still show the logo.'),
      says('mia', '7d', '1.03 and 2.11 had not woken up for the fix; both have it now. Could you have a look at them?'),
      says('alice', '6d 23h', 'All nine work. Just in time, thank you.'),
      says(
        'mia',
        '4d 2h',
        'Hello Alice,\n\na short report of what went wrong and what we changed is attached. Updates now wait until you release them for a building: Console, Settings, "Updates". Shall I switch that on for you?',
        {
          files: [
            file(
              'report-inc-77.txt',
              'What happened: release 5.1.0 could not draw on displays made before 2023.',
              'Who: 41 Dials of 6 customers, for 3 to 9 hours. Heating was not affected.',
              'What we changed: every display type is in the test rack; updates start with our own offices.',
            ),
          ],
        },
      ),
    ],
  }),
  ticket({
    number: 1052,
    from: 'erin',
    of,
    subject: 'Old thermostats from the Hill Road office: can we reuse them?',
    properties: { product: 'Dial', units: '4', installed: '2023-05-30' },
    thread: [
      says(
        'erin',
        '6d 7h',
        'I am clearing out Acme’s small office in Hill Road. May its four Dials be used at another address, or are they tied to the building?',
      ),
      says(
        'noor',
        '6d 4h',
        'Hello Erin,\n\nthey may move. Remove them from the building in the console first, then hold the ring for ten seconds until it blinks white.',
        { then: 'solved' },
      ),
    ],
  }),
  ticket({
    number: 1056,
    from: 'marek',
    of,
    subject: 'Raport zużycia za ostatni kwartał',
    properties: { product: 'Console', site: 'Magazyn Gdynia' },
    unreadBy: ['bob'],
    thread: [
      says(
        'marek',
        '3d 20h',
        'Dzień dobry,\n\npotrzebuję raportu zużycia energii za ostatni kwartał z podziałem na strefy. W konsoli widzę tylko sumę dla całego budynku.',
      ),
      notes('tomasz', '3d 19h', 'Podział na strefy jest w wersji próbnej. Włączyć dla konta Acme po zgodzie Boba.'),
      says(
        'tomasz',
        '3d 18h',
        'Dzień dobry Panie Marku,\n\npodział na strefy pojawi się w konsoli za kilka tygodni. Na razie przygotowałem zestawienie ręcznie, jest w załączniku. Czy taki układ Panu odpowiada?',
        {
          files: [
            file(
              'zuzycie-strefy.csv',
              'strefa;miesiąc 1 (kWh);miesiąc 2 (kWh);miesiąc 3 (kWh)',
              'Hala;412;398;1204',
              'Biuro;96;88;310',
              'Rampa;51;49;177',
            ),
          ],
        },
      ),
    ],
  }),
  ticket({
    number: 1058,
    from: 'alice',
    of,
    subject: 'Hub on the 3rd floor drops offline every night',
    properties: { product: 'Hub 2', site: 'Mill Street 4', serial: 'TH-20461', units: '1', installed: '2025-05-27' },
    unreadBy: ['alice', 'bob'],
    thread: [
      says(
        'alice',
        '2d 5h',
        'Hi,\n\nsince Monday the hub on our 3rd floor goes offline at about 2:10 every night and comes back at 2:25. The other two hubs are fine. Nothing changed on our network that I know of.\n\nBest,\nAlice',
        {
          files: [
            file(
              'hub-3f.log',
              '02:10:04 link down (eth0)',
              '02:10:09 retry 1 of 5',
              '02:11:09 retry 2 of 5',
              '02:25:31 link up (eth0)',
              '02:25:33 cloud session resumed',
            ),
          ],
        },
      ),
      notes(
        'mia',
        '2d 3h',
        'Same 15 minutes every night: looks like their switch restarts for updates. Ask before we swap the hub.',
      ),
      says(
        'mia',
        '2d 2h',
        'Hello Alice,\n\nthank you for the log. The cable link itself goes down ("link down (eth0)"), so the hub loses its switch, not our cloud. Could you ask whoever runs your network whether the switch on the 3rd floor restarts at 2:10, perhaps for updates?\n\nMia',
      ),
      says(
        'alice',
        '1d 4h',
        'You were right: IT set a nightly restart last week. They will move it to Sundays. Can the rooms keep their schedule while the hub has no network?',
      ),
      says(
        'mia',
        '3h 20m',
        'Good to hear. Yes: thermostats keep their last schedule for 72 hours without a hub, so a restart on Sunday will not be felt in the rooms.\n\nMay I mark this as solved, or would you like to wait for the weekend?',
      ),
    ],
  }),
  ticket({
    number: 1061,
    from: 'priya',
    of,
    participants: ['dave'],
    subject: 'CSV export stops at 10,000 rows',
    properties: { product: 'Console' },
    unreadBy: ['bob', 'dave'],
    thread: [
      says(
        'priya',
        '1d 6h',
        'Our auditor needs all readings of the last quarter. The export in the console ends after exactly 10,000 rows, without any warning. Dave, who builds our reports, is in copy.',
      ),
      says(
        'dave',
        '1d 5h',
        'To add some detail: the file ends in the middle of the seventh week, and the last line is complete, so it does not look like a broken download.',
      ),
      notes('noor', '1d 1h', 'Known limit, goes away with the new export (PLAT-482). Until then: month by month.'),
      says(
        'noor',
        '22h',
        'Hello Priya, hello Dave,\n\nyou have found a limit that the console should tell you about. The new export, a few weeks away, has none. Until then please export month by month: that keeps each file below 10,000 rows.',
        { then: 'open' },
      ),
    ],
  }),
  ticket({
    number: 1066,
    from: 'bob',
    of,
    subject: 'Sign-in with our company accounts',
    properties: { product: 'Console' },
    thread: [
      says(
        'bob',
        '2h 5m',
        'From next quarter our people may only use services that sign in through our own directory (OpenID Connect). Does the console support that, and what do you need from our IT?',
      ),
      notes(
        'mia',
        '1h 30m',
        'Part of the Business plan, they are on Standard until spring. Ask sales before I promise anything.',
      ),
    ],
  }),
];
