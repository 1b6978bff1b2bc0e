import type { SortKey, Ticket } from '../../../model/index.js';
import { equal, holds } from '../../conformance/check.js';
import { ids, sameIds, whileStill } from '../compare.js';
import { promises, type LiveCase } from '../live-case.js';
import { allTickets } from '../portal.js';

const promise = promises.list;

const sortValue: Readonly<Record<Exclude<SortKey, 'status'>, (ticket: Ticket) => string | number>> = {
  updated: (ticket) => ticket.updatedAt,
  created: (ticket) => ticket.createdAt,
  number: (ticket) => ticket.number,
};

export const listCases: readonly LiveCase[] = [
  {
    promise,
    name: 'pages of any size bring every ticket once',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        await whileStill(person, async (whole) => {
          // At most some twenty pages each, however long the list is.
          const smallest = Math.ceil(whole.length / 20) || 1;
          for (const limit of new Set([smallest, smallest + 1, Math.min(100, whole.length) || 1])) {
            const paged = await allTickets(person.backend, { limit: Math.min(100, limit) });
            sameIds(paged, whole, `pages of ${limit} for ${person.email}`);
          }
        });
      }
    },
  },
  {
    promise,
    name: 'every order holds all tickets, sorted, one way and the other',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        await whileStill(person, async (whole) => {
          const known = [...whole].sort(byId);
          for (const [sort, valueOf] of Object.entries(sortValue) as [
            keyof typeof sortValue,
            typeof sortValue.number,
          ][]) {
            for (const order of [sort, `-${sort}`] as const) {
              const tickets = await allTickets(person.backend, { sort: order });
              sameIds([...tickets].sort(byId), known, `by ${order} for ${person.email}`);
              const up = order === sort ? tickets : [...tickets].reverse();
              const rising = up.every((ticket, at) => at === 0 || valueOf(up[at - 1] ?? ticket) <= valueOf(ticket));
              holds(rising, `by ${order} for ${person.email}: not sorted`);
            }
          }
          const byStatus = await allTickets(person.backend, { sort: 'status' });
          sameIds([...byStatus].sort(byId), known, `by status for ${person.email}`);
          const runs = byStatus.filter((ticket, at) => ticket.status.id !== byStatus[at - 1]?.status.id);
          equal(runs.length, new Set(runs.map(({ status }) => status.id)).size, `runs of a status for ${person.email}`);
        });
      }
    },
  },
  {
    promise,
    name: 'the newest public event is first unless another order is asked for',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        await whileStill(person, async (whole) =>
          sameIds(await allTickets(person.backend, { sort: '-updated' }), whole, `the list of ${person.email}`),
        );
      }
    },
  },
  {
    promise,
    name: 'open and closed divide the list, and so do the statuses',
    needs: ['person'],
    async run({ people, settings }) {
      for (const person of people) {
        await whileStill(person, async (whole) => {
          const isClosed = (ticket: Ticket) => ticket.status.category === 'closed';
          const ask = (query: Parameters<typeof allTickets>[1]) => allTickets(person.backend, query);
          const who = `for ${person.email}`;
          sameIds(await ask({ state: 'all' }), whole, `all ${who}`);
          sameIds(await ask({ state: 'closed' }), whole.filter(isClosed), `closed ${who}`);
          sameIds(
            await ask({ state: 'open' }),
            whole.filter((ticket) => !isClosed(ticket)),
            `open ${who}`,
          );
          for (const { id } of settings.statuses) {
            const inIt = whole.filter(({ status }) => status.id === id);
            sameIds(await ask({ status: id }), inIt, `status ${id} ${who}`);
          }
        });
      }
    },
  },
  {
    promise,
    name: 'a scope narrows the list and never widens it',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        await whileStill(person, async (whole) => {
          const { contact } = await person.backend.session();
          const own = contact?.company?.id;
          const all = new Set(ids(whole));
          const scopes = ['mine', 'participating', 'company', ...(own ? [`company:${own}` as const] : [])] as const;
          for (const scope of scopes) {
            const tickets = await allTickets(person.backend, { scope });
            const place = new Map(ids(whole).map((id, at) => [id, at]));
            holds(
              ids(tickets).every((id) => all.has(id)),
              `scope ${scope} of ${person.email} holds tickets that the list does not`,
            );
            const places = ids(tickets).map((id) => place.get(id) ?? -1);
            holds(
              places.every((one, at) => at === 0 || (places[at - 1] ?? -1) < one),
              `scope ${scope} of ${person.email}: repeated or in another order`,
            );
          }
          const mine = whole.filter(({ why }) => why.relation === 'requester' || why.relation === 'contact');
          sameIds(await allTickets(person.backend, { scope: 'mine' }), mine, `mine of ${person.email}`);
          const asked = await person.backend.listTickets({ scope: 'company:AAAAAAAAAAAAAAAAAAAAAA' });
          equal(asked.items.length, 0, `tickets of a company that does not exist, for ${person.email}`);
        });
      }
    },
  },
  {
    promise,
    name: 'a page has 1 to 100 tickets, and another limit is refused',
    needs: ['person'],
    async run({ people }) {
      for (const { email, ask, backend } of people) {
        holds((await backend.listTickets({ limit: 1 })).items.length <= 1, `a page of one for ${email}`);
        for (const limit of ['0', '-1', '101', '2.5', 'many']) {
          const { status } = await ask(`/tickets?limit=${limit}`);
          holds(status === 400, `limit=${limit}: expected 400, got ${status}`);
        }
      }
    },
  },
];

const byId = (one: Ticket, other: Ticket) => (one.id < other.id ? -1 : 1);
