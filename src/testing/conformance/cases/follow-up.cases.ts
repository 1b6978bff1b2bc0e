import { equal, fails } from '../check.js';
import type { ConformanceCase } from '../world.js';
import { key, ticketId } from './asking.js';

const input = { subject: 'The valve again', message: 'It is stuck once more.' };
const send = () => ({ idempotencyKey: key() });

export const followUpCases: readonly ConformanceCase[] = [
  {
    name: 'ties a new ticket to an earlier one, both ways',
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 2);
      const earlier = await alice.getTicket(id);
      equal([earlier.followUpOf, earlier.followUps], [null, []], 'before');
      const ticket = await alice.createTicket({ ...input, followUp: id }, send());
      equal(ticket.followUpOf, { id, number: 2, subject: 'Subject of ticket 2' }, 'the earlier one');
      equal(ticket.followUps, [], 'nothing goes on with the new one');
      equal(await alice.getTicket(ticket.id), ticket, 'the same ticket asked for');
      const link = { id: ticket.id, number: ticket.number, subject: input.subject };
      const after = await alice.getTicket(id);
      equal(
        [after.followUps, after.status, after.updatedAt],
        [[link], earlier.status, earlier.updatedAt],
        'the earlier one',
      );
    },
  },
  {
    name: 'names no ticket to who may not see it, at either end of a follow-up',
    async run(world) {
      const [alice, bob, dave] = [
        await world.visitor('alice'),
        await world.visitor('bob'),
        await world.visitor('dave'),
      ];
      // Dave’s ticket, in which Alice has a part: Bob does not see it, and Dave sees nothing of Acme’s.
      const id = await ticketId(world, 10);
      const before = await dave.getTicket(id);
      const ticket = await alice.createTicket({ ...input, followUp: id }, send());
      equal(ticket.followUpOf?.id, id, 'for Alice');
      equal(await dave.getTicket(id), before, 'the earlier ticket for who does not see the new one');
      equal((await bob.getTicket(ticket.id)).followUpOf, null, 'the new ticket for who does not see the earlier one');
      await fails(bob.getTicket(id), 'not-found');
    },
  },
  {
    name: 'goes on with no ticket that the contact may not see: foreign, other inbox, deleted and unknown alike',
    async run(world) {
      const alice = await world.visitor('alice');
      const refusal = async (followUp: string) =>
        (await fails(alice.createTicket({ ...input, followUp }, send()), 'invalid')).fields;
      const unknown = await refusal('A'.repeat(22));
      equal(await refusal(await ticketId(world, 4)), unknown, 'the answer for a foreign one');
      for (const number of [4, 7, 8]) {
        const fields = await refusal(await ticketId(world, number));
        equal(
          fields?.map(({ path }) => path),
          ['followUp'],
          `what is wrong with ticket ${number}`,
        );
      }
      equal(await world.staff.withSubject(input.subject), [], 'nothing is kept');
    },
  },
  {
    name: 'opens a follow-up once for one key, and refuses another one for it',
    async run(world) {
      const alice = await world.visitor('alice');
      const [followUp, other] = [await ticketId(world, 2), await ticketId(world, 1)];
      const once = send();
      const ticket = await alice.createTicket({ ...input, followUp }, once);
      equal((await alice.createTicket({ ...input, followUp }, once)).id, ticket.id, 'the same again');
      await fails(alice.createTicket({ ...input, followUp: other }, once), 'rejected');
      equal((await alice.getTicket(followUp)).followUps?.length, 1, 'follow-ups');
    },
  },
];
