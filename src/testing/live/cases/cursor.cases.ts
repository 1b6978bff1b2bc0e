import { holds } from '../../conformance/check.js';
import { promises, Skipped, type LiveCase } from '../live-case.js';
import type { LivePerson, LivePortal } from '../portal.js';

const promise = promises.cursor;

/** People whose list has more than a page of one, with the cursor behind it. */
async function cursors({ people }: LivePortal): Promise<{ person: LivePerson; cursor: string }[]> {
  const found = [];
  for (const person of people) {
    const { nextCursor } = await person.backend.listTickets({ limit: 1 });
    if (nextCursor !== null) found.push({ person, cursor: nextCursor });
  }
  if (found.length === 0) throw new Skipped('nobody sees more than one ticket');
  return found;
}

const query = (parameters: Record<string, string>) => `/tickets?${new URLSearchParams(parameters)}`;

async function isRefused({ ask }: LivePerson, path: string, what: string): Promise<void> {
  const { status } = await ask(path);
  holds(status === 400, `${what}: expected 400, got ${status}`);
}

/** Other letters at three places: what is sealed as a whole cannot be put together from parts. */
function* altered(cursor: string): Iterable<string> {
  for (const at of [0, Math.floor(cursor.length / 2), cursor.length - 3]) {
    const letter = cursor[at] === 'A' ? 'B' : 'A';
    yield cursor.slice(0, at) + letter + cursor.slice(at + 1);
  }
  yield cursor.slice(0, -4);
  yield 'made-up';
}

export const cursorCases: readonly LiveCase[] = [
  {
    promise,
    name: 'a cursor of one person is refused for another',
    needs: ['person'],
    async run(portal) {
      if (portal.people.length < 2) throw new Skipped('--people names one person only');
      for (const { person, cursor } of await cursors(portal)) {
        for (const other of portal.people.filter(({ email }) => email !== person.email)) {
          await isRefused(other, query({ limit: '1', cursor }), `a cursor of ${person.email} for ${other.email}`);
        }
      }
    },
  },
  {
    promise,
    name: 'a cursor is refused for another question',
    needs: ['person'],
    async run(portal) {
      for (const { person, cursor } of await cursors(portal)) {
        for (const [name, value] of Object.entries({ state: 'open', scope: 'mine', sort: 'number', q: 'a' })) {
          await isRefused(person, query({ limit: '1', cursor, [name]: value }), `a cursor with another ${name}`);
        }
      }
    },
  },
  {
    promise,
    name: 'a cursor that was altered or made up is refused',
    needs: ['person'],
    async run(portal) {
      for (const { person, cursor } of await cursors(portal)) {
        for (const one of altered(cursor)) await isRefused(person, query({ limit: '1', cursor: one }), 'such a cursor');
      }
    },
  },
  {
    promise,
    name: 'a cursor of a thread serves that thread and that person alone',
    needs: ['person'],
    async run({ people }) {
      let asked = 0;
      for (const person of people) {
        const [ticket, other] = person.tickets;
        if (!ticket || !other) continue;
        const { previousCursor: before } = await person.backend.listMessages(ticket.id, { limit: 1 });
        if (before === null) continue;
        const path = (id: string, cursor: string) =>
          `/tickets/${id}/messages?${new URLSearchParams({ before: cursor })}`;
        await isRefused(person, path(other.id, before), 'a cursor of another thread');
        for (const one of altered(before)) await isRefused(person, path(ticket.id, one), 'such a cursor');
        const also = people.find(
          ({ email, tickets }) => email !== person.email && tickets.some(({ id }) => id === ticket.id),
        );
        if (also) await isRefused(also, path(ticket.id, before), `a cursor of ${person.email} for ${also.email}`);
        asked += 1;
      }
      if (asked === 0) throw new Skipped('nobody sees two tickets, the first with two messages');
    },
  },
];
