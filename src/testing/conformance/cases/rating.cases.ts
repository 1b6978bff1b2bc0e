import { equal, fails, holds } from '../check.js';
import type { ConformanceCase, ConformanceWorld } from '../world.js';
import { key, ticketId } from './asking.js';

const comment = 'It took two days.\n\nBut it works: <b>thanks</b> & "bye" ';

/** Ticket 2 is closed; Alice asked, and Bob sees it through the company. */
async function closedTicket(world: ConformanceWorld) {
  return { id: await ticketId(world, 2), alice: await world.visitor('alice'), bob: await world.visitor('bob') };
}

export const ratingCases: readonly ConformanceCase[] = [
  {
    name: 'keeps what the requester thinks of the help, and its comment',
    async run(world) {
      const { id, alice } = await closedTicket(world);
      const before = await alice.getTicket(id);
      equal([before.rating, before.actions.includes('rate')], [null, true], 'before');
      const rated = await alice.rate(id, { rating: 4, comment });
      equal([rated.rating, rated.ratingComment], [4, comment], 'the answer');
      equal(await alice.getTicket(id), rated, 'the same ticket asked for');
      equal(rated.updatedAt, before.updatedAt, 'nothing of it is an event of the ticket');
    },
  },
  {
    name: 'replaces a rating by the next one, comment and all',
    async run(world) {
      const { id, alice } = await closedTicket(world);
      await alice.rate(id, { rating: 1, comment });
      const again = await alice.rate(id, { rating: 5 });
      equal([again.rating, again.ratingComment ?? null], [5, null], 'the last word');
    },
  },
  {
    name: 'tells nobody else of a rating',
    async run(world) {
      const { id, alice, bob } = await closedTicket(world);
      const [before, thread] = [await bob.getTicket(id), await alice.listMessages(id)];
      await alice.rate(id, { rating: 2, comment });
      equal(await bob.getTicket(id), before, 'the ticket for a colleague');
      equal((await alice.listMessages(id)).items, thread.items, 'the thread');
    },
  },
  {
    name: 'rates only where the ticket’s actions say so',
    async run(world) {
      const { id, alice, bob } = await closedTicket(world);
      await fails(bob.rate(id, { rating: 3 }), 'forbidden');
      await fails((await world.visitor('carol')).rate(id, { rating: 3 }), 'not-found');
      const open = await ticketId(world, 1);
      holds(!(await alice.getTicket(open)).actions.includes('rate'), 'nobody rates what is not done');
      await fails(alice.rate(open, { rating: 3 }), 'forbidden');
      await fails((await world.visitor()).rate(id, { rating: 3 }), 'unauthenticated');
      equal((await alice.getTicket(id)).rating, null, 'nothing is kept');
    },
  },
  {
    name: 'takes whole numbers from 1 to 5, and comments that say something',
    async run(world) {
      const { id, alice } = await closedTicket(world);
      for (const rating of [0, 6, 2.5, -1, Number.NaN]) {
        const { fields } = await fails(alice.rate(id, { rating }), 'invalid');
        equal(fields?.[0]?.path, 'rating', `field for a rating of ${rating}`);
      }
      for (const wrong of [' \n', 'a\0b', 'a'.repeat(20_001)]) {
        const { fields } = await fails(alice.rate(id, { rating: 3, comment: wrong }), 'invalid');
        equal(fields?.[0]?.path, 'comment', `field for a comment of ${wrong.length} characters`);
      }
      equal((await alice.getTicket(id)).rating, null, 'nothing is kept');
    },
  },
  {
    name: 'keeps a rating when the ticket is opened again, and takes no other until it is closed',
    needs: ['reply'],
    async run(world) {
      const { id, alice } = await closedTicket(world);
      await alice.rate(id, { rating: 2 });
      await alice.reply(id, { body: 'It is broken again' }, { idempotencyKey: key() });
      equal((await alice.getTicket(id)).rating, 2, 'of the open ticket');
      await fails(alice.rate(id, { rating: 1 }), 'forbidden');
    },
  },
];
