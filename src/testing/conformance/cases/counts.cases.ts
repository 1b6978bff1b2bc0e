import type { Counts, Ticket, TicketScope } from '../../../model/index.js';
import { equal, fails } from '../check.js';
import type { ConformanceCase, ConformanceWorld, PersonName, Visitor } from '../world.js';
import { allTickets, key, ticketId } from './asking.js';

/** The numbers that somebody gets who counts the rows of the lists. */
async function byHand(world: ConformanceWorld, visitor: Visitor, scope: TicketScope, counts: Counts): Promise<Counts> {
  const many = async (of: TicketScope) => (await allTickets(visitor, { scope: of })).length;
  const rows = await allTickets(visitor, { scope });
  const count = (wanted: (ticket: Ticket) => boolean) => rows.filter(wanted).length;
  const people = new Map(rows.map(({ requester }) => [requester.id, requester.name]));
  return {
    scopes: {
      all: await many('all'),
      mine: await many('mine'),
      participating: await many('participating'),
      company: await Promise.all(
        counts.scopes.company.map(async (one) => ({ ...one, count: await many(`company:${one.id}`) })),
      ),
    },
    states: {
      open: count(({ status }) => status.category !== 'closed'),
      closed: count(({ status }) => status.category === 'closed'),
    },
    statuses: Object.fromEntries(world.seed.statuses.map(({ id }) => [id, count(({ status }) => status.id === id)])),
    requesters: [...people]
      .map(([id, name]) => ({ id, name, count: count(({ requester }) => requester.id === id) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    unread: (await allTickets(visitor)).filter(({ unread }) => unread).length,
  };
}

const members: readonly PersonName[] = ['alice', 'bob', 'carol', 'dave', 'erin'];

const agrees = (name: string, more: Pick<ConformanceCase, 'permission'> = {}): ConformanceCase => ({
  name,
  ...more,
  async run(world) {
    for (const person of members) {
      const visitor = await world.visitor(person);
      const counts = await visitor.counts();
      const companies = counts.scopes.company.map(({ id }) => `company:${id}` as const);
      for (const scope of ['all', 'mine', 'participating', 'company', ...companies] as const) {
        const expected = await byHand(world, visitor, scope, counts);
        equal(await visitor.counts({ scope }), expected, `${scope} of ${person}`);
      }
    }
  },
});

export const countCases: readonly ConformanceCase[] = [
  agrees('counts what lists show, by scope, state, status and requester'),
  agrees('counts the same where everybody sees their company', { permission: { kind: 'company' } }),
  {
    name: 'counts everything visible unless a scope is said, its companies with the primary one first',
    permission: { kind: 'company' },
    async run(world) {
      const { scopes, states, requesters } = await (await world.visitor('erin')).counts();
      equal(
        scopes.company.map(({ name, count }) => `${name} ${count}`),
        ['Globex 2', 'Acme 2'],
        'companies of erin',
      );
      equal([scopes.all, scopes.mine, scopes.participating], [4, 1, 1], 'scopes of erin');
      equal(states, { open: 4, closed: 0 }, 'states');
      equal(
        requesters.map(({ name, count }) => `${name} ${count}`),
        ['Bob 1', 'Carol 1', 'Dave 1', 'Erin 1'],
        'who asked',
      );
    },
  },
  {
    name: 'names nobody as a requester whose tickets the contact does not see',
    async run(world) {
      const alice = await world.visitor('alice');
      const named = async (scope: TicketScope) => (await alice.counts({ scope })).requesters.map(({ name }) => name);
      equal(await named('all'), ['Alice', 'Dave'], 'of all');
      equal(await named('company'), ['Alice'], 'of the company');
      equal(await named('company:AAAAAAAAAAAAAAAAAAAAAA'), [], 'of a company that does not exist');
    },
  },
  {
    name: 'counts what is unread until it is read',
    needs: ['markRead'],
    async run(world) {
      const alice = await world.visitor('alice');
      const before = (await alice.counts()).unread;
      const id = await ticketId(world, 1);
      await world.staff.reply(id, 'It is on its way');
      equal((await alice.counts({ scope: 'participating' })).unread, before + 1, 'after an answer, whatever the scope');
      await alice.markRead(id);
      equal((await alice.counts()).unread, before, 'after reading');
    },
  },
  {
    name: 'counts a new ticket at once',
    needs: ['createTicket'],
    async run(world) {
      const dave = await world.visitor('dave');
      const { scopes } = await dave.counts();
      await dave.createTicket({ subject: 'One more', message: 'Hello' }, { idempotencyKey: key() });
      equal((await dave.counts()).scopes.mine, scopes.mine + 1, 'mine of dave');
    },
  },
  {
    name: 'counts for nobody who is signed out, and for no scope that there is not',
    async run(world) {
      await fails((await world.visitor()).counts(), 'unauthenticated');
      const { fields } = await fails((await world.visitor('bob')).counts({ scope: 'everybody' as 'all' }), 'invalid');
      equal(
        fields?.map(({ path }) => path),
        ['scope'],
        'fields',
      );
    },
  },
];
