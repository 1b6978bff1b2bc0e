import type { WorldTicket } from '../world.js';
import { notes, says, sets, ticket } from './ticket.js';

const of = ['acme'];

export const acmeTickets: readonly WorldTicket[] = [
  ticket({
    number: 1058,
    from: 'alice',
    of,
    subject: 'Hub on the 3rd floor drops offline every night',
    properties: { product: 'Hub 2', site: 'Acme, Mill Street 4' },
    unreadBy: ['alice', 'bob'],
    thread: [
      says(
        'alice',
        '2d 5h',
        'Hi,\n\nsince Monday the hub on our 3rd floor goes offline at about 2:10 every night and comes back at 2:25. The other two hubs are fine. Nothing changed on our network that I know of.\n\nBest,\nAlice',
        {
          files: [
            {
              name: 'hub-3f.log',
              type: 'text/plain',
              text: '02:10:04 link down (eth0)\n02:10:09 retry 1 of 5\n02:11:09 retry 2 of 5\n02:25:31 link up (eth0)\n02:25:33 cloud session resumed\n',
            },
          ],
        },
      ),
      notes(
        'mia',
        '2d 3h',
        'Same 15 minutes every night: looks like their switch reboots for updates. Ask before we swap the hub.',
      ),
      says(
        'mia',
        '2d 2h',
        'Hello Alice,\n\nthank you for the log. The cable link itself goes down ("link down (eth0)"), so the hub loses its switch, not our cloud. Could you ask whoever runs your network if the switch on the 3rd floor restarts at 2:10, perhaps for updates?\n\nMia',
      ),
      says(
        'alice',
        '1d 4h',
        'You were right: IT set a nightly restart last week. They will move it to Sunday. Can the hub keep the schedule running while it has no network?',
      ),
      says(
        'mia',
        '3h 20m',
        'Good to hear. Yes: thermostats keep their last schedule for 72 hours without a hub, so a restart on Sunday will not be felt in the rooms.\n\nMay I solve this ticket, or would you like to wait for the weekend?',
      ),
    ],
  }),
  ticket({
    number: 1061,
    from: 'priya',
    of,
    subject: 'CSV export stops at 10,000 rows',
    properties: { product: 'Console' },
    participants: ['dave'],
    unreadBy: ['bob'],
    thread: [
      says(
        'priya',
        '1d 6h',
        'Our auditor needs all readings of the last quarter. The export in the console ends after exactly 10,000 rows, without any warning. Dave, who builds our reports, is in copy.',
      ),
      says(
        'dave',
        '1d 5h',
        'To add some detail: the file ends in the middle of 14 August, and the last line is complete, so it does not look like a broken download.',
      ),
      notes('noor', '1d 1h', 'Known limit, will be lifted with the new export (PLAT-482). Until then: month by month.'),
      says(
        'noor',
        '22h',
        'Hello Priya, hello Dave,\n\nyou have found a limit that the console should tell you about. Until it does: please export month by month, that keeps each file below 10,000 rows.',
        { then: 'open' },
      ),
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
];
