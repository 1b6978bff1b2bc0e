import type { Counts, Ticket } from '../../../model/index.js';
import { countsSchema } from '../../../wire/index.js';
import { equal, holds, same } from '../../conformance/check.js';
import { ids, readAs, sample, unseenBy, whileStill } from '../compare.js';
import { promises, Skipped, type LiveCase } from '../live-case.js';

const promise = promises.agree;

/** What counts promise: they stop there. */
const most = 1000;
const count = (tickets: readonly Ticket[], test: (ticket: Ticket) => boolean) =>
  Math.min(most, tickets.filter(test).length);

export const agreeCases: readonly LiveCase[] = [
  {
    promise,
    name: 'a ticket is what its row in the list says',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        await whileStill(person, async (whole) => {
          for (const row of sample(whole, 20)) {
            const ticket: Ticket = await person.backend.getTicket(row.id);
            const differing = (Object.keys(row) as (keyof Ticket)[]).filter((key) => !same(ticket[key], row[key]));
            holds(
              differing.length === 0,
              `ticket ${row.number} for ${person.email} differs from its row: ${differing}`,
            );
          }
        });
      }
    },
  },
  {
    promise,
    name: 'counts are those of the lists',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        const asked = await person.ask('/counts');
        if (asked.status === 404) throw new Skipped('this server has no counts');
        await whileStill(person, async (whole) => {
          const counts: Counts = readAs(countsSchema, await person.ask('/counts'), 'counts');
          const closed = ({ status }: Ticket) => status.category === 'closed';
          const isMine = ({ why }: Ticket) => why.relation === 'requester' || why.relation === 'contact';
          const who = `of ${person.email}`;
          equal(
            counts.scopes.all,
            count(whole, () => true),
            `all ${who}`,
          );
          equal(counts.scopes.mine, count(whole, isMine), `mine ${who}`);
          equal(counts.states.closed, count(whole, closed), `closed ${who}`);
          equal(
            counts.states.open,
            count(whole, (ticket) => !closed(ticket)),
            `open ${who}`,
          );
          for (const [id, number] of Object.entries(counts.statuses)) {
            equal(
              number,
              count(whole, ({ status }) => status.id === id),
              `status ${id} ${who}`,
            );
          }
          equal(counts.unread, whole.slice(0, most).filter(({ unread }) => unread).length, `unread ${who}`);
        });
      }
    },
  },
  {
    promise,
    name: 'a search finds a ticket by its number and nothing beyond the list',
    needs: ['person'],
    async run({ people }) {
      for (const { email, backend, tickets } of people) {
        const seen = new Set(ids(tickets));
        for (const { id, number } of sample(tickets, 5)) {
          const found = (await backend.listTickets({ q: `#${number}`, limit: 100 })).items;
          holds(ids(found).includes(id), `#${number} is not found by ${email}`);
          holds(
            ids(found).every((one) => seen.has(one)),
            `a search of ${email} finds tickets that the list does not hold`,
          );
        }
      }
    },
  },
  {
    promise,
    name: 'a search for somebody else’s ticket, by number or subject, does not find it',
    needs: ['strangers'],
    async run({ people }) {
      for (const viewer of people) {
        for (const { ticket } of sample(unseenBy(viewer, people), 5)) {
          for (const q of [`#${ticket.number}`, ticket.subject.slice(0, 200)]) {
            const found = (await viewer.backend.listTickets({ q, limit: 100 })).items;
            holds(!ids(found).includes(ticket.id), `a search of ${viewer.email} finds ticket ${ticket.number}`);
          }
        }
      }
    },
  },
];
