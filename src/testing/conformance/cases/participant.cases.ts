import { equal, fails, holds, same } from '../check.js';
import type { ConformanceCase, ConformanceWorld } from '../world.js';
import { key, numbers, texts, ticketId } from './asking.js';

/** Ticket 1 is Alice's, of Acme; Erin is there as well, but her primary company is Globex. */
async function openTicket(world: ConformanceWorld) {
  return { id: await ticketId(world, 1), alice: await world.visitor('alice'), erin: await world.visitor('erin') };
}

const address = (person: string) => ({ email: `${person}@example.com` });

export const participantCases: readonly ConformanceCase[] = [
  {
    name: 'brings a colleague into a ticket, who sees all of it from then on',
    async run(world) {
      const { id, alice, erin } = await openTicket(world);
      const [before, mine] = [await alice.getTicket(id), await numbers(erin)];
      await fails(erin.getTicket(id), 'not-found');
      const added = await alice.addParticipant(id, address('erin'));
      equal(
        added.participants.map(({ name }) => name),
        ['Erin'],
        'who takes part',
      );
      equal(await alice.getTicket(id), added, 'the same ticket asked for');
      equal({ ...added, participants: [] }, before, 'nothing else of it is another');
      const seen = await erin.getTicket(id);
      equal(seen.why, { relation: 'participant', company: null, condition: null }, 'as what');
      equal(await texts(erin, id), await texts(alice, id), 'the whole thread');
      equal(await numbers(erin), [1, ...mine], 'it is in their list');
    },
  },
  {
    name: 'finds a colleague whatever the case of the address, and the blanks around it',
    async run(world) {
      const { id, alice } = await openTicket(world);
      const { participants } = await alice.addParticipant(id, { email: ' ERIN@Example.com\n' });
      equal(
        participants.map(({ name }) => name),
        ['Erin'],
        'who takes part',
      );
    },
  },
  {
    name: 'leaves a ticket as it is when they take part already, as whatever',
    async run(world) {
      const { id, alice } = await openTicket(world);
      await alice.addParticipant(id, address('bob'));
      const before = await alice.getTicket(id);
      for (const person of ['bob', 'alice']) equal(await alice.addParticipant(id, address(person)), before, person);
      const dave = await world.visitor('dave');
      const tied = await ticketId(world, 10);
      const as = await dave.getTicket(tied);
      equal(await dave.addParticipant(tied, address('alice')), as, 'a contact of another company');
    },
  },
  {
    name: 'makes nothing new by a further participant',
    needs: ['markRead'],
    async run(world) {
      const { id, alice } = await openTicket(world);
      const bob = await world.visitor('bob');
      await bob.markRead(id);
      const [before, thread] = [await bob.getTicket(id), await bob.listMessages(id)];
      await alice.addParticipant(id, address('erin'));
      const { participants, ...after } = await bob.getTicket(id);
      equal(
        participants.map(({ name }) => name),
        ['Erin'],
        'who takes part',
      );
      equal({ ...after, participants: [] }, before, 'the ticket for a colleague');
      equal((await bob.listMessages(id)).items, thread.items, 'the thread');
    },
  },
  {
    name: 'tells nobody which addresses are known: whoever is no colleague is nobody',
    async run(world) {
      const { id, alice } = await openTicket(world);
      const before = await alice.getTicket(id);
      const answers: unknown[] = [];
      // Of another company, of none, disabled, not verified, unknown, no address at all.
      for (const email of ['carol', 'dave', 'frank', 'grace', 'nobody']
        .map((name) => address(name).email)
        .concat('erin', '', ' ')) {
        const { code, fields, retryAfter } = await fails(alice.addParticipant(id, { email }), 'invalid');
        answers.push({ code, fields, retryAfter });
      }
      equal(
        answers[0],
        { code: 'invalid', fields: [{ path: 'email', code: 'unknown' }], retryAfter: null },
        'the answer',
      );
      holds(
        answers.every((one) => same(one, answers[0])),
        'every answer is the same',
      );
      equal(await alice.getTicket(id), before, 'nobody takes part');
    },
  },
  {
    name: 'keeps a company’s ticket in that company, also from somebody of two',
    async run(world) {
      const { id, alice, erin } = await openTicket(world);
      await alice.addParticipant(id, address('erin'));
      // Of the other company of hers.
      await fails(erin.addParticipant(id, address('carol')), 'invalid');
      const { participants } = await erin.addParticipant(id, address('bob'));
      equal(participants.map(({ name }) => name).sort(), ['Bob', 'Erin'], 'who takes part');
    },
  },
  {
    name: 'brings somebody in only where the ticket’s actions say so',
    needs: ['reply'],
    async run(world) {
      const { id, alice } = await openTicket(world);
      const [bob, carol] = [await world.visitor('bob'), await world.visitor('carol')];
      await fails(bob.addParticipant(id, address('heidi')), 'forbidden');
      await fails(carol.addParticipant(id, address('erin')), 'not-found');
      await fails((await world.visitor()).addParticipant(id, address('erin')), 'unauthenticated');
      const [closed, deleted] = [await ticketId(world, 2), await ticketId(world, 8)];
      await fails(alice.addParticipant(closed, address('bob')), 'forbidden');
      await fails(alice.addParticipant(deleted, address('bob')), 'not-found');
      equal((await alice.getTicket(id)).participants, [], 'nobody takes part');
      // Who takes part by a reply may.
      await bob.reply(id, { body: 'We have the same' }, { idempotencyKey: key() });
      const { participants } = await bob.addParticipant(id, address('heidi'));
      equal(participants.map(({ name }) => name).sort(), ['Bob', 'Heidi'], 'who takes part');
    },
  },
];
