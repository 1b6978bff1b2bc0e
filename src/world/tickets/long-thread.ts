import type { WorldTicket } from '../world.js';
import { notes, says, sets, ticket } from './ticket.js';

const rooms = ['1', '2', '3', '4'].flatMap((floor) =>
  ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'].map((door) => `${floor}.${door}`),
);

const places = [
  'next to the door',
  'behind the whiteboard',
  'by the window',
  'on the inner wall',
  'above the light switch',
];

/** What customer and support write about each room: always five messages, in one of four ways. */
function about(room: string, index: number): [alice: string, noor: string, alice: string, noor: string, alice: string] {
  const place = places[index % places.length];
  const measured = (20.4 + ((index * 7) % 13) / 10).toFixed(1);
  const signal = 58 + ((index * 11) % 37);
  switch (index % 4) {
    case 0:
      return [
        `Room ${room}: the Dial is up, ${place}. It shows ${measured} °C.`,
        `I can see ${room} in the console, with a signal of ${signal} %. Would you compare it with your thermometer?`,
        'Mine says 0.4 degrees less.',
        `I have set a correction of -0.4 for ${room}. It takes a minute to arrive.`,
        'Both show the same now. Next door.',
      ];
    case 1:
      return [
        `Now ${room}. The old screw holes are ${place}, so I would like to use those.`,
        `That is fine for ${room}, as long as no sun falls on it.`,
        'No sun there. It is paired, the ring is white.',
        `${room} reports ${measured} °C at ${signal} %. That looks right to me.`,
        'My thermometer agrees, so no correction here.',
      ];
    case 2:
      return [
        `${room} does not pair: the ring blinks orange ${place}.`,
        `The hub has not heard ${room} yet. Please hold the ring for ten seconds until it blinks white, then try again.`,
        'Done. It took the second attempt.',
        `There it is: ${room} with ${signal} %. The first attempt was still tied to our test rack.`,
        `Good. It shows ${measured} °C, which fits.`,
      ];
    default:
      return [
        `In ${room} there are two radiators. One Dial ${place} for both?`,
        'One is enough. Please pair both valves with it, the one nearer to the window first.',
        `Both valves of ${room} have turned once and are quiet now.`,
        `I see the two valves and ${measured} °C, signal ${signal} %. All three belong to ${room}.`,
        'That is how it should be.',
      ];
  }
}

/** Two rooms a day. */
const ago = (index: number, step: number) =>
  `${150 - Math.floor(index / 2)}d ${9 - (index % 2) * 4}h ${50 - step * 9}m`;

const thread = rooms.flatMap((room, index) =>
  about(room, index).flatMap((text, step) => {
    const fromStaff = step % 2 === 1;
    const said = says(fromStaff ? 'noor' : 'alice', ago(index, step), text, fromStaff ? { then: 'open' } : {});
    const noted = index % 8 === 3 && step === 3;
    return noted ? [said, notes('noor', ago(index, step), `Floor plan updated up to ${room}.`)] : [said];
  }),
);

/** Forty rooms, five messages each: the 200 messages on which long threads are tried out. */
export const longThread: WorldTicket = ticket({
  number: 1022,
  from: 'alice',
  of: ['acme'],
  subject: 'Commissioning of Mill Street 4, room by room',
  properties: { product: 'Dial', site: 'Mill Street 4', units: '36' },
  thread: [...thread, sets('noor', '130d', 'solved')],
});
