import { equal, fails, holds } from '../check.js';
import type { ConformanceCase } from '../world.js';
import { allTickets, numbers, requesterOf, statusOf, ticketId } from './asking.js';

/** Of no contact. */
const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

const paths = async (call: Promise<unknown>) => (await fails(call, 'invalid')).fields?.map(({ path }) => path);

export const filterCases: readonly ConformanceCase[] = [
  {
    name: 'filters by whose turn it is',
    async run(world) {
      const bob = await world.visitor('bob');
      equal(await numbers(bob, { turn: 'support' }), [1, 6, 9, 11], 'support’s turn');
      equal(await numbers(bob, { turn: 'contact' }), [3], 'the customer’s turn');
      equal(await numbers(bob, { turn: 'support', state: 'closed' }), [], 'a closed ticket is nobody’s turn');
      equal(await numbers(bob, { turn: 'support', status: statusOf(world, 3).id }), [], 'a status of the other’s turn');
      await world.staff.reply(await ticketId(world, 6), 'Have you tried the other valve?');
      equal(await numbers(bob, { turn: 'contact' }), [3, 6], 'the customer’s turn after an answer of support');
    },
  },
  {
    name: 'filters by who asked',
    async run(world) {
      const bob = await world.visitor('bob');
      const alice = await requesterOf(bob, 1);
      equal(await numbers(bob, { requester: alice }), [1, 2], 'what alice asked');
      equal(await numbers(bob, { requester: alice, state: 'closed' }), [2], 'of that, what is closed');
      equal(await numbers(bob, { requester: alice, q: 'Subject of ticket 2' }), [2], 'of that, what is found');
      equal(await numbers(bob, { requester: alice, scope: 'mine' }), [], 'what alice asked, of bob’s own');
      equal(await numbers(bob, { requester: await requesterOf(bob, 3) }), [3, 9, 11], 'what bob asked');
      for (const sort of ['-updated', 'created', '-number', 'status'] as const) {
        const { length } = await allTickets(bob, { requester: alice, sort, limit: 1 });
        equal(length, 2, `what alice asked, page by page by ${sort}`);
      }
      equal(
        await numbers(await world.visitor('dave'), { requester: await requesterOf(bob, 11) }),
        [11],
        'dave takes part',
      );
    },
  },
  {
    name: 'tells nothing about somebody whose tickets the contact does not see',
    async run(world) {
      const [alice, bob, carol] = [
        await world.visitor('alice'),
        await world.visitor('bob'),
        await world.visitor('carol'),
      ];
      equal(await numbers(bob, { requester: await requesterOf(carol, 4) }), [], 'somebody of another company');
      equal(
        await numbers(alice, { requester: await requesterOf(bob, 3) }),
        [],
        'a colleague whose tickets alice does not see',
      );
      equal(await numbers(bob, { requester: unknownId }), [], 'nobody');
      equal(await numbers(bob, { requester: 'nobody' }), [], 'what cannot be an id');
      equal(await numbers(bob, { requester: unknownId, q: 'Subject' }), [], 'nobody, in a search');
    },
  },
  {
    name: 'refuses a turn that there is not, and an empty requester',
    async run(world) {
      const bob = await world.visitor('bob');
      equal(await paths(bob.listTickets({ turn: 'nobody' as 'contact' })), ['turn'], 'fields for a turn');
      equal(await paths(bob.listTickets({ requester: '' })), ['requester'], 'fields for a requester');
    },
  },
  {
    name: 'refuses a cursor of another turn or requester',
    async run(world) {
      const bob = await world.visitor('bob');
      const [alice, self] = [await requesterOf(bob, 1), await requesterOf(bob, 3)];
      const mine = await bob.listTickets({ limit: 1, requester: self });
      const support = await bob.listTickets({ limit: 1, turn: 'support' });
      holds(mine.nextCursor !== null && support.nextCursor !== null, 'there is a second page');
      await fails(bob.listTickets({ limit: 1, requester: alice, cursor: mine.nextCursor }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: mine.nextCursor }), 'invalid');
      await fails(bob.listTickets({ limit: 1, turn: 'contact', cursor: support.nextCursor }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: support.nextCursor }), 'invalid');
    },
  },
];
