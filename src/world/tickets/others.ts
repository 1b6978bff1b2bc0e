import type { WorldTicket } from '../world.js';
import { says, sets, ticket } from './ticket.js';

/** Of people without a company, and one of Acme by somebody whose primary company is Globex. */
export const otherTickets: readonly WorldTicket[] = [
  ticket({
    number: 1052,
    from: 'erin',
    of: ['acme'],
    subject: 'Old thermostats from the Acme office: can we reuse them?',
    thread: [
      says(
        'erin',
        '6d 7h',
        'I am clearing out the small Acme office in Hill Road. May its four Dials be used at another address, or are they tied to the building?',
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
    number: 1036,
    from: 'dave',
    subject: 'Two-step sign-in asks for a code every time',
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
];
