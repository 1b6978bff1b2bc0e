import { expect, test } from 'vitest';

import { BackendError } from '../../src/backend/backend-error.js';
import type { Ticket } from '../../src/model/index.js';
import {
  conformanceCases,
  type ConformanceTarget,
  type ConformanceWorld,
  type Visitor,
  memoryTarget,
  runCase,
  skipReason,
} from '../../src/testing/index.js';

/** A way to break a backend, and one case that must notice. */
interface Sabotage {
  readonly name: string;
  readonly noticedBy: string;
  break(visitor: Visitor, world: ConformanceWorld): Partial<Visitor> | Promise<Partial<Visitor>>;
}

const withCode = (code: 'forbidden' | 'not-found') => (error: unknown) => {
  throw error instanceof BackendError ? new BackendError(code) : error;
};

const sabotages: readonly Sabotage[] = [
  {
    name: 'shows everybody what a manager sees',
    noticedBy: 'adds them for managers alone under "company-if"',
    break: async (_, world) => {
      const bob = await world.visitor('bob');
      return { listTickets: bob.listTickets, getTicket: bob.getTicket };
    },
  },
  {
    name: 'tells a forbidden ticket from an unknown one',
    noticedBy: 'answers foreign, other inbox, deleted and unknown tickets all alike',
    break: (visitor) => ({
      getTicket: (id, options) =>
        visitor.getTicket(id, options).catch(withCode(id.startsWith('AAAA') ? 'not-found' : 'forbidden')),
    }),
  },
  {
    name: 'lets a note into the thread',
    noticedBy: 'keeps internal notes out of thread, list, search, times and unread marks',
    break: (visitor, world) => ({
      listMessages: async (id, query, options) => {
        const page = await visitor.listMessages(id, query, options);
        const notes = (await world.staff.thread(id)).filter(({ kind }) => kind === 'note');
        const [first] = page.items;
        return { ...page, items: [...page.items, ...notes.flatMap(({ text }) => (first ? { ...first, text } : []))] };
      },
    }),
  },
  {
    name: 'adds a field that nobody documented',
    noticedBy: 'shows exactly the documented keys of a ticket',
    break: (visitor) => ({
      getTicket: async (id, options) => ({ ...(await visitor.getTicket(id, options)), inbox: 'support' }),
    }),
  },
  {
    name: 'takes its cursor for a count',
    noticedBy: 'pages without a gap or a repeat while tickets arrive',
    break: (visitor) => ({
      listTickets: async ({ cursor, limit = 25, ...query } = {}) => {
        const from = Number(cursor ?? 0);
        const items: readonly Ticket[] = (await visitor.listTickets({ ...query, limit: 100 })).items;
        const to = from + limit;
        return { items: items.slice(from, to), nextCursor: to < items.length ? String(to) : null };
      },
    }),
  },
  {
    name: 'drops the first ticket of every further page',
    noticedBy: 'pages through everything without a gap or a repeat',
    break: (visitor) => ({
      listTickets: async (query, options) => {
        const page = await visitor.listTickets(query, options);
        return query?.cursor === undefined ? page : { ...page, items: page.items.slice(1) };
      },
    }),
  },
  {
    name: 'forgets idempotency keys',
    noticedBy: 'writes a reply once for one key, though it is sent ten times at once',
    break: (visitor) => ({
      reply: (id, input, options) => visitor.reply(id, input, { ...options, idempotencyKey: crypto.randomUUID() }),
    }),
  },
  {
    name: 'ignores signals',
    noticedBy: 'rejects with the signal’s reason when aborted in flight',
    break: (visitor) => ({ listTickets: (query) => visitor.listTickets(query) }),
  },
  {
    name: 'does not keep what was read',
    noticedBy: 'marks a ticket unread by support’s answer and read by reading it',
    break: () => ({ markRead: async () => {} }),
  },
  {
    name: 'says whether an address is known',
    noticedBy: 'answers a wrong password exactly like an unknown address',
    break: (visitor) => ({
      signIn: (input, options) =>
        visitor
          .signIn(input, options)
          .catch('email' in input && input.email.startsWith('nobody') ? withCode('not-found') : undefined),
    }),
  },
  {
    name: 'keeps the session after signing out',
    noticedBy: 'signs in, keeps the session and signs out',
    break: () => ({ signOut: async () => {} }),
  },
  {
    name: 'tells everybody of a rating',
    noticedBy: 'tells nobody else of a rating',
    break: async (visitor, world) => {
      const alice = await world.visitor('alice');
      return {
        getTicket: async (id, options) => ({
          ...(await visitor.getTicket(id, options)),
          rating: await alice.getTicket(id).then(
            ({ rating }) => rating,
            () => null,
          ),
        }),
      };
    },
  },
  {
    name: 'keeps what somebody has emptied',
    noticedBy: 'removes a property by null, and by a blank',
    break: (visitor) => ({
      edit: (id, { properties }, options) => {
        const kept = Object.entries(properties).filter(([, value]) => value !== null);
        return visitor.edit(id, { properties: Object.fromEntries(kept) }, options);
      },
    }),
  },
  {
    name: 'keeps those of several properties that are right',
    noticedBy: 'refuses values that are not of their property, and changes nothing then',
    break: (visitor) => ({
      edit: async (id, { properties }, options) => {
        for (const [name, value] of Object.entries(properties))
          await visitor.edit(id, { properties: { [name]: value } }, options);
        return visitor.getTicket(id, options);
      },
    }),
  },
  {
    name: 'tells a colleague without access from an unknown one',
    noticedBy: 'tells nobody which addresses are known: whoever is no colleague is nobody',
    break: (visitor) => ({
      addParticipant: (id, input, options) =>
        visitor
          .addParticipant(id, input, options)
          .catch(input.email.startsWith('frank') ? withCode('forbidden') : undefined),
    }),
  },
  {
    name: 'takes an address as it was typed',
    noticedBy: 'finds a colleague whatever the case of the address, and the blanks around it',
    break: (visitor) => ({
      addParticipant: (id, { email }, options) =>
        visitor.addParticipant(id, { email: email === email.trim().toLowerCase() ? email : 'nobody' }, options),
    }),
  },
  {
    name: 'adds a comment to the one before',
    noticedBy: 'replaces a rating by the next one, comment and all',
    break: (visitor) => ({
      rate: async (id, input, options) => {
        const { ratingComment } = await visitor.getTicket(id);
        return visitor.rate(id, { ...input, ...(ratingComment && { comment: ratingComment }) }, options);
      },
    }),
  },
  {
    name: 'names a follow-up to who sees only one of its tickets',
    noticedBy: 'names no ticket to who may not see it, at either end of a follow-up',
    break: async (visitor, world) => {
      const alice = await world.visitor('alice');
      return {
        getTicket: async (id, options) => {
          const ticket = await visitor.getTicket(id, options);
          return alice.getTicket(id).then(
            ({ followUpOf, followUps }) => ({ ...ticket, followUpOf, followUps }),
            () => ticket,
          );
        },
      };
    },
  },
  {
    name: 'forgets which ticket a new one goes on with',
    noticedBy: 'ties a new ticket to an earlier one, both ways',
    break: (visitor) => ({
      createTicket: (input, options) => visitor.createTicket({ ...input, followUp: undefined as never }, options),
    }),
  },
  {
    name: 'hands a file to whoever has its id',
    noticedBy: 'brings the bytes of an attachment to who sees its ticket, and to nobody else',
    break: async (_, world) => ({ download: (await world.visitor('alice')).download }),
  },
  {
    name: 'exports to everybody what a manager sees',
    noticedBy: 'exports exactly what the list shows, in its order, in every scope and state',
    break: async (_, world) => ({ exportTickets: (await world.visitor('bob')).exportTickets }),
  },
  {
    name: 'exports without a filter',
    noticedBy: 'exports exactly what the list shows, in its order, in every scope and state',
    break: (visitor) => ({ exportTickets: ({ scope = 'all' } = {}) => visitor.exportTickets({ scope }) }),
  },
  {
    name: 'exports formulas',
    noticedBy: 'exports no formula that a spreadsheet would run',
    break: (visitor) => ({
      exportTickets: async (...asked) =>
        new Blob([(await (await visitor.exportTickets(...asked)).text()).replaceAll(/'(?=[=+@-])/g, '')]),
    }),
  },
  {
    name: 'exports in one language',
    noticedBy: 'exports labels in the language that is asked for',
    break: (visitor) => ({ exportTickets: (query) => visitor.exportTickets(query) }),
  },
  {
    name: 'keeps one set of preferences for all',
    noticedBy: 'keeps the preferences of each contact apart',
    break: async (_, world) => {
      const { preferences, setPreferences } = await world.visitor('alice');
      return { preferences, setPreferences };
    },
  },
  {
    name: 'forgets what a change of preferences does not name',
    noticedBy: 'keeps what a contact prefers, for every browser of theirs, and leaves what is not given',
    break: (visitor) => ({
      setPreferences: (input, options) =>
        visitor.setPreferences({ columns: null, followsCompany: false, ...input }, options),
    }),
  },
  {
    name: 'takes any column',
    noticedBy: 'refuses columns that there are not, names them and keeps what was kept',
    break: () => ({ setPreferences: async (input) => ({ columns: null, followsCompany: false, ...input }) }),
  },
  {
    name: 'says nothing of columns with the session',
    noticedBy: 'says along with who is signed in which columns they have chosen',
    break: (visitor) => ({ session: async (options) => ({ ...(await visitor.session(options)), columns: null }) }),
  },
];

const broken = ({ break: change }: Sabotage): ConformanceTarget => ({
  ...memoryTarget,
  async open(seed) {
    const world = await memoryTarget.open(seed);
    return {
      ...world,
      async visitor(person) {
        const visitor = await world.visitor(person);
        return { ...visitor, ...(await change(visitor, world)) };
      },
    };
  },
});

test.each(sabotages)('the suite notices a backend that $name', async (sabotage) => {
  const target = broken(sabotage);
  const failed: string[] = [];
  for (const one of conformanceCases.filter((each) => skipReason(each, target) === null)) {
    await runCase(one, target).catch(() => failed.push(one.name));
  }
  expect(failed).toContain(sabotage.noticedBy);
});

test('every case has a name of its own', () => {
  const names = conformanceCases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
