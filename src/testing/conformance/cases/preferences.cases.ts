import type { Preferences } from '../../../model/index.js';
import { equal, fails } from '../check.js';
import type { ConformanceCase } from '../world.js';

const needs = ['preferences', 'setPreferences'] as const;
const columns = ['subject', 'why', 'property:articleTitle', 'updated'];

/** What the interface has no way to write in TypeScript as well. */
const wrong = (input: object) => input as Partial<Preferences>;

export const preferencesCases: readonly ConformanceCase[] = [
  {
    name: 'keeps what a contact prefers, for every browser of theirs, and leaves what is not given',
    needs,
    async run(world) {
      const [first, second] = [await world.visitor('alice'), await world.visitor('alice')];
      equal(await first.preferences(), { columns: null, followsCompany: false }, 'before anything is chosen');
      equal(await first.setPreferences({ columns }), { columns, followsCompany: false }, 'answer with columns');
      equal(await second.setPreferences({ followsCompany: true }), { columns, followsCompany: true }, 'answer of both');
      equal(await first.preferences(), { columns, followsCompany: true }, 'what is kept');
      equal(await first.setPreferences({}), { columns, followsCompany: true }, 'answer to no change');
      equal(await first.setPreferences({ columns: null }), { columns: null, followsCompany: true }, 'columns given up');
      equal(await second.preferences(), { columns: null, followsCompany: true }, 'what is kept in the end');
    },
  },
  {
    name: 'keeps the preferences of each contact apart',
    needs,
    async run(world) {
      const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
      await alice.setPreferences({ columns, followsCompany: true });
      equal(await bob.preferences(), { columns: null, followsCompany: false }, 'preferences of bob');
      await bob.setPreferences({ columns: ['number'] });
      equal(await alice.preferences(), { columns, followsCompany: true }, 'preferences of alice');
      await fails((await world.visitor()).preferences(), 'unauthenticated');
      await fails((await world.visitor()).setPreferences({ columns }), 'unauthenticated');
    },
  },
  {
    name: 'says along with who is signed in which columns they have chosen',
    needs,
    async run(world) {
      const alice = await world.visitor('alice');
      equal((await alice.session()).columns ?? null, null, 'columns before anything is chosen');
      await alice.setPreferences({ columns });
      equal((await alice.session()).columns, columns, 'columns of the session');
      equal((await (await world.visitor('alice')).session()).columns, columns, 'columns after a new sign-in');
      equal((await (await world.visitor('bob')).session()).columns ?? null, null, 'columns of somebody else');
    },
  },
  {
    name: 'refuses columns that there are not, names them and keeps what was kept',
    needs,
    async run(world) {
      const alice = await world.visitor('alice');
      await alice.setPreferences({ columns });
      const long = `property:${'x'.repeat(72)}`;
      for (const [input, path] of [
        [{ columns: ['subject', 'colour'] }, 'columns.1'],
        [{ columns: ['property:'] }, 'columns.0'],
        [{ columns: ['subject', 'status', long] }, 'columns.2'],
        [{ columns: ['subject', 'why', 'subject'] }, 'columns.2'],
        [{ columns: Array.from({ length: 31 }, (_, place) => `property:${place}`) }, 'columns'],
      ] as const) {
        const { fields } = await fails(alice.setPreferences(wrong(input)), 'invalid');
        equal(
          fields?.map((field) => field.path),
          [path],
          `fields for ${JSON.stringify(input)}`,
        );
      }
      equal(await alice.preferences(), { columns, followsCompany: false }, 'what is kept');
      const most = Array.from({ length: 30 }, (_, place) => `property:${place}${'x'.repeat(60)}`);
      equal((await alice.setPreferences({ columns: most })).columns, most, 'as many and as long as may be');
    },
  },
];
