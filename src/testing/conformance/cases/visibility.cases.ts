import type { TicketPermission } from '../../../policy/index.js';
import { equal, fails } from '../check.js';
import { managersSeeTheirCompany, secret } from '../seed.js';
import type { ConformanceCase, PersonName } from '../world.js';
import { allTickets, key, numbers, texts, ticketId } from './asking.js';

type Sets = Readonly<Partial<Record<PersonName, readonly number[]>>>;

const own: Sets = { alice: [1, 2, 10], bob: [3, 9, 11], carol: [4, 12], dave: [5, 10, 11], erin: [5, 6] };

/** Erin is at Acme too, but only the primary company widens: Globex. Ticket 12 belongs to no company. */
const company: Sets = {
  alice: [1, 2, 3, 6, 9, 10, 11],
  bob: [1, 2, 3, 6, 9, 11],
  carol: [4, 9, 12],
  dave: [5, 10, 11],
  erin: [4, 5, 6, 9],
};

const managers: Sets = { ...own, bob: [1, 2, 3, 6, 9, 11], carol: [4, 9, 12] };

/** Each person's list is exactly the set, and each other ticket of the seed is as absent as one that never was. */
const seesExactly = (name: string, permission: TicketPermission, sets: Sets): ConformanceCase => ({
  name,
  permission,
  async run(world) {
    for (const [person, expected] of Object.entries(sets) as [PersonName, readonly number[]][]) {
      const visitor = await world.visitor(person);
      equal(await numbers(visitor), expected, `tickets of ${person}`);
      for (const { number } of world.seed.tickets) {
        const id = await ticketId(world, number);
        if (expected.includes(number)) equal((await visitor.getTicket(id)).number, number, `ticket for ${person}`);
        else await fails(visitor.getTicket(id), 'not-found');
      }
    }
  },
});

const role = (value: string) => ({ property: 'role', operator: 'is', value }) as const;

export const visibilityCases: readonly ConformanceCase[] = [
  seesExactly('shows own tickets only under the permission "own"', { kind: 'own' }, own),
  seesExactly('adds those of the primary company under "company"', { kind: 'company' }, company),
  seesExactly('adds them for managers alone under "company-if"', managersSeeTheirCompany, managers),
  seesExactly(
    'lets groups of filters join by OR and the filters of a group by AND',
    {
      kind: 'company-if',
      groups: [[role('manager'), { property: 'region', operator: 'is', value: 'north' } as const], [role('owner')]],
    },
    own,
  ),
  seesExactly('adds nothing for a group without a filter', { kind: 'company-if', groups: [[]] }, own),
  {
    name: 'says why each ticket is seen',
    async run(world) {
      const bob = await world.visitor('bob');
      const whyOf = async (number: number) => (await bob.getTicket(await ticketId(world, number))).why;
      equal(await whyOf(3), { relation: 'requester', company: null, condition: null }, 'his own');
      equal(
        await whyOf(1),
        {
          relation: 'company',
          company: (await bob.session()).contact?.company,
          condition: { property: 'role', value: 'manager' },
        },
        'a colleague’s',
      );
      const [alice, dave] = [await world.visitor('alice'), await world.visitor('dave')];
      equal((await alice.getTicket(await ticketId(world, 10))).why.relation, 'contact', 'associated by staff');
      equal((await dave.getTicket(await ticketId(world, 11))).why.relation, 'participant', 'taking part');
    },
  },
  {
    name: 'answers foreign, other inbox, deleted and unknown tickets all alike',
    needs: ['reply', 'markRead'],
    async run(world) {
      const alice = await world.visitor('alice');
      const ids = [
        'AAAAAAAAAAAAAAAAAAAAAA',
        'not-an-id',
        await ticketId(world, 4),
        await ticketId(world, 7),
        await ticketId(world, 8),
      ];
      for (const id of ids) {
        const errors = [
          await fails(alice.getTicket(id), 'not-found'),
          await fails(alice.listMessages(id), 'not-found'),
          await fails(alice.reply(id, { body: 'Hello' }, { idempotencyKey: key() }), 'not-found'),
          await fails(alice.markRead(id), 'not-found'),
        ];
        for (const { fields, retryAfter } of errors)
          equal({ fields, retryAfter }, { fields: null, retryAfter: null }, id);
      }
    },
  },
  {
    name: 'writes nothing into a ticket that the contact may not see',
    needs: ['reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      for (const number of [4, 7]) {
        const id = await ticketId(world, number);
        await fails(alice.reply(id, { body: 'Let me in' }, { idempotencyKey: key() }), 'not-found');
        equal(
          (await world.staff.thread(id)).map(({ text }) => text),
          ['Hello'],
          `thread of ticket ${number}`,
        );
      }
    },
  },
  {
    name: 'keeps internal notes out of thread, list, search, times and unread marks',
    needs: ['markRead'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      await alice.markRead(id);
      const before = await alice.getTicket(id);
      await world.staff.note(id, `Another ${secret}, between us`);
      equal((await world.staff.thread(id)).filter(({ kind }) => kind === 'note').length, 2, 'notes that were kept');

      equal(await alice.getTicket(id), before, 'the ticket after the note');
      equal((await texts(alice, id)).length, 2, 'messages in the thread');
      equal(await numbers(alice, { q: secret }), [], 'tickets found by a word of the note');
      const everything = JSON.stringify([
        await allTickets(alice),
        await alice.getTicket(id),
        await alice.listMessages(id, { limit: 100 }),
      ]);
      equal(everything.includes(secret), false, 'a word of the note in any answer');
    },
  },
  {
    name: 'shows support by name only, and colleagues without their address',
    async run(world) {
      const bob = await world.visitor('bob');
      const { items } = await bob.listMessages(await ticketId(world, 3));
      const support = items.find(({ author }) => author.side === 'support')?.author;
      equal(Object.keys(support ?? {}).sort(), ['id', 'name', 'side'], 'what is known of support');
      const text = JSON.stringify(await bob.getTicket(await ticketId(world, 1)));
      equal(text.includes('@'), false, 'an address in a colleague’s ticket');
    },
  },
  {
    name: 'shows exactly the documented keys of a ticket',
    async run(world) {
      const alice = await world.visitor('alice');
      const listed = (await alice.listTickets({ limit: 1 })).items[0];
      const ticketKeys = [
        'company',
        'createdAt',
        'id',
        'number',
        'properties',
        'requester',
        'snippet',
        'status',
        'subject',
        'turn',
        'unread',
        'updatedAt',
        'why',
      ];
      equal(Object.keys(listed ?? {}).sort(), ticketKeys, 'a ticket in the list');
      const detail = await alice.getTicket(await ticketId(world, 1));
      // What a backend without such a thing leaves out.
      const optional = ['ratingComment', 'followUpOf', 'followUps'];
      const keys = Object.keys(detail).filter((name) => !optional.includes(name));
      equal(keys.sort(), [...ticketKeys, 'actions', 'participants', 'rating', 'readAt'].sort(), 'its detail');
    },
  },
];
