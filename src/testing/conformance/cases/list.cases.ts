import type { SortKey, Ticket, TicketQuery } from '../../../model/index.js';
import { equal, fails, holds } from '../check.js';
import type { ConformanceCase, ConformanceWorld } from '../world.js';
import { allTickets, key, numbers, statusOf } from './asking.js';

const companyId = (world: ConformanceWorld, name: string) =>
  world.idOf('company', world.seed.companies.find((one) => one.name === name)?.id ?? '');

const sortValue: Readonly<Record<Exclude<SortKey, 'status'>, (ticket: Ticket) => string | number>> = {
  updated: (ticket) => ticket.updatedAt,
  created: (ticket) => ticket.createdAt,
  number: (ticket) => ticket.number,
};

const isSorted = (values: readonly (string | number)[]) =>
  values.every((value, place) => place === 0 || (values[place - 1] ?? value) <= value);

/** A query that the wire has no way to write in TypeScript. */
const wrong = (query: object) => query as TicketQuery;

export const listCases: readonly ConformanceCase[] = [
  {
    name: 'pages through everything without a gap or a repeat',
    async run(world) {
      const bob = await world.visitor('bob');
      const whole = (await bob.listTickets({ limit: 100 })).items;
      equal(whole.length, 6, 'tickets in one page');
      for (const limit of [1, 2, 5, 6]) {
        const paged = await allTickets(bob, { limit });
        equal(
          paged.map(({ number }) => number),
          whole.map(({ number }) => number),
          `pages of ${limit}`,
        );
      }
    },
  },
  {
    name: 'pages without a gap or a repeat while tickets arrive',
    needs: ['createTicket'],
    async run(world) {
      const bob = await world.visitor('bob');
      const expected = await numbers(bob);
      for (const sort of ['-updated', 'updated', 'number', '-created', 'status'] as const) {
        const seen: number[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof bob.listTickets>> = await bob.listTickets({
            sort,
            limit: 2,
            ...(cursor === null ? {} : { cursor }),
          });
          seen.push(...page.items.map(({ number }) => number));
          cursor = seen.length > 40 ? null : page.nextCursor;
          if (seen.length < 8) {
            await bob.createTicket({ subject: `Arrived during ${sort}`, message: 'Hello' }, { idempotencyKey: key() });
          }
        } while (cursor !== null);
        equal(new Set(seen).size, seen.length, `distinct tickets by ${sort}`);
        equal(
          seen.filter((number) => expected.includes(number)).sort((one, other) => one - other),
          expected,
          `tickets that were there before, by ${sort}`,
        );
      }
    },
  },
  {
    name: 'ends with no cursor, also when the last page is full',
    async run(world) {
      const alice = await world.visitor('alice');
      equal((await alice.listTickets({ limit: 3 })).nextCursor, null, 'cursor after a full last page');
    },
  },
  {
    name: 'refuses a cursor of another contact, another question, and a made-up one',
    async run(world) {
      const [bob, carol] = [await world.visitor('bob'), await world.visitor('carol')];
      const { nextCursor } = await bob.listTickets({ limit: 1 });
      holds(nextCursor !== null, 'bob has more than one ticket');
      await fails(carol.listTickets({ limit: 1, cursor: nextCursor }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: nextCursor, state: 'open' }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: nextCursor, scope: 'mine' }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: nextCursor, sort: 'number' }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: nextCursor, q: 'Subject' }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: `${nextCursor.slice(0, -2)}xx` }), 'invalid');
      const { fields } = await fails(bob.listTickets({ cursor: 'made-up' }), 'invalid');
      equal(
        fields?.map(({ path }) => path),
        ['cursor'],
        'fields',
      );
    },
  },
  {
    name: 'takes a limit of 1 to 100',
    async run(world) {
      const alice = await world.visitor('alice');
      equal((await alice.listTickets({ limit: 1 })).items.length, 1, 'tickets with a limit of 1');
      equal((await alice.listTickets({ limit: 100 })).items.length, 3, 'tickets with a limit of 100');
      for (const limit of [0, -1, 101, 2.5]) {
        const { fields } = await fails(alice.listTickets({ limit }), 'invalid');
        equal(
          fields?.map(({ path }) => path),
          ['limit'],
          `fields for a limit of ${limit}`,
        );
      }
    },
  },
  {
    name: 'refuses filters that do not exist and names them',
    async run(world) {
      const alice = await world.visitor('alice');
      for (const query of [{ scope: 'everybody' }, { state: 'lost' }, { sort: 'subject' }, { q: '' }, { q: 'a\0b' }]) {
        const { fields } = await fails(alice.listTickets(wrong(query)), 'invalid');
        equal(
          fields?.map(({ path }) => path),
          Object.keys(query),
          `fields for ${JSON.stringify(query)}`,
        );
      }
    },
  },
  {
    name: 'sorts by update, creation, number and status, both ways',
    async run(world) {
      const bob = await world.visitor('bob');
      for (const [sort, valueOf] of Object.entries(sortValue) as [
        keyof typeof sortValue,
        (typeof sortValue)['number'],
      ][]) {
        const up = (await allTickets(bob, { sort })).map(valueOf);
        const down = (await allTickets(bob, { sort: `-${sort}` })).map(valueOf);
        holds(isSorted(up), `${sort} ascends`);
        equal(down, [...up].reverse(), `-${sort} descends`);
      }
      const order = (tickets: readonly Ticket[]) => {
        const statuses = tickets.map(({ status }) => world.seed.statuses.findIndex(({ id }) => id === status.id));
        return isSorted(statuses);
      };
      holds(order(await allTickets(bob, { sort: 'status' })), 'status follows the order of the statuses');
      holds(order([...(await allTickets(bob, { sort: '-status' }))].reverse()), '-status goes against it');
    },
  },
  {
    name: 'puts the ticket with the latest public event first, unless told otherwise',
    async run(world) {
      const bob = await world.visitor('bob');
      const last = (await allTickets(bob)).at(-1);
      holds(last !== undefined, 'bob has tickets');
      await world.staff.note(last.id, 'Not public');
      equal((await allTickets(bob)).at(-1)?.number, last.number, 'last ticket after a note');
      await world.staff.reply(last.id, 'Public');
      equal((await allTickets(bob))[0]?.number, last.number, 'first ticket after a reply');
    },
  },
  {
    name: 'filters by state and by status',
    async run(world) {
      const bob = await world.visitor('bob');
      equal(await numbers(bob, { state: 'open' }), [1, 3, 6, 9, 11], 'open: every category but closed');
      equal(await numbers(bob, { state: 'closed' }), [2], 'closed');
      equal(await numbers(bob, { state: 'all' }), [1, 2, 3, 6, 9, 11], 'all');
      const { id: waiting } = statusOf(world, 3);
      equal(await numbers(bob, { status: waiting }), [3], 'one status');
      equal(await numbers(bob, { status: waiting, state: 'closed' }), [], 'a status outside the state');
      equal(await numbers(bob, { status: 'no-such-status' }), [], 'a status that does not exist');
    },
  },
  {
    name: 'narrows by scope, never widens',
    async run(world) {
      const bob = await world.visitor('bob');
      equal(await numbers(bob, { scope: 'mine' }), [3, 9, 11], 'mine of bob');
      equal(await numbers(bob, { scope: 'participating' }), [], 'participating of bob');
      equal(await numbers(bob, { scope: 'company' }), [1, 2, 3, 6, 9, 11], 'company of bob');
      const globex = await companyId(world, 'Globex');
      equal(await numbers(bob, { scope: `company:${globex}` }), [9], 'bob’s tickets that are Globex’s as well');

      const [alice, dave] = [await world.visitor('alice'), await world.visitor('dave')];
      equal(await numbers(alice, { scope: 'mine' }), [1, 2, 10], 'mine of alice: requested and associated');
      equal(await numbers(alice, { scope: 'company' }), [1, 2], 'company of alice: what she sees anyway');
      equal(await numbers(dave, { scope: 'participating' }), [11], 'participating of dave');
      equal(await numbers(dave, { scope: 'company' }), [], 'company of somebody without one');
      equal(await numbers(dave, { scope: 'company:AAAAAAAAAAAAAAAAAAAAAA' }), [], 'a company that does not exist');
    },
  },
  {
    name: 'filters by a further company of the contact without widening to it',
    permission: { kind: 'company' },
    async run(world) {
      const erin = await world.visitor('erin');
      const [acme, globex] = [await companyId(world, 'Acme'), await companyId(world, 'Globex')];
      equal(await numbers(erin), [4, 5, 6, 9], 'all that erin sees');
      equal(await numbers(erin, { scope: 'company' }), [4, 9], 'her primary company');
      equal(await numbers(erin, { scope: `company:${globex}` }), [4, 9], 'the same by its id');
      equal(await numbers(erin, { scope: `company:${acme}` }), [6, 9], 'what she sees of her other company');
    },
  },
];
