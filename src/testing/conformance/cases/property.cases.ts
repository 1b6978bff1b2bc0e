import type { TicketQuery } from '../../../model/index.js';
import { equal, fails, holds } from '../check.js';
import type { ConformanceCase } from '../world.js';
import { allTickets, numbers, requesterOf } from './asking.js';

const by = (properties: Readonly<Record<string, string>>): TicketQuery => ({ properties });

/** What an `invalid` says, as `path: code`. */
const faults = async (call: Promise<unknown>) =>
  (await fails(call, 'invalid')).fields?.map(({ path, code }) => `${path}: ${code}`);

export const propertyCases: readonly ConformanceCase[] = [
  {
    name: 'describes the properties of tickets in the language asked for',
    async run(world) {
      const visitor = await world.visitor();
      for (const locale of ['en', 'pl'] as const) {
        const { properties } = await visitor.portal({ locale });
        const expected = world.seed.portal.propertyDefinitions?.map(({ label, options, ...one }) => ({
          ...one,
          label: label[locale],
          options: options?.map((option) => ({ value: option.value, label: option.label[locale] })) ?? null,
        }));
        equal(properties, expected, `properties in ${locale}`);
      }
    },
  },
  {
    name: 'filters by a property, each type by its own rule',
    async run(world) {
      const bob = await world.visitor('bob');
      const expected: readonly (readonly [name: string, value: string, numbers: readonly number[]])[] = [
        ['product', 'hub', [1, 3]],
        ['product', 'sensor', [2, 9]],
        ['serial', 'TF-', [1, 2]],
        ['serial', '04', [1]],
        ['serial', 'łÓD', [9]],
        ['serial', '%', []],
        ['units', '4..', [1, 2, 3]],
        ['units', '..4', [1]],
        ['units', '4.5..12', [2, 3]],
        ['units', '-1..3.5', []],
        ['units', '12..4', []],
        ['installed', '2026-03-01..2026-03-31', [1, 2]],
        ['installed', '2026-03-31..', [2, 3]],
        ['installed', '..2026-03-30', [1]],
        ['urgent', 'true', [1]],
        ['urgent', 'false', [3]],
      ];
      for (const [name, value, found] of expected) {
        equal(await numbers(bob, by({ [name]: value })), found, `${name} ${value}`);
      }
    },
  },
  {
    name: 'filters by several properties, beside everything else, page by page',
    async run(world) {
      const bob = await world.visitor('bob');
      equal(await numbers(bob, by({ product: 'hub', units: '4..4' })), [1], 'two properties');
      equal(await numbers(bob, by({})), [1, 2, 3, 6, 9, 11], 'none');
      const hub = by({ product: 'hub' });
      equal(await numbers(bob, { ...hub, state: 'open', turn: 'contact' }), [3], 'with state and turn');
      equal(await numbers(bob, { ...hub, requester: await requesterOf(bob, 1) }), [1], 'with a requester');
      equal(await numbers(bob, { ...hub, scope: 'mine' }), [3], 'with a scope');
      equal(await numbers(bob, { ...hub, q: 'Subject of ticket 3' }), [3], 'with a search');
      equal(await numbers(bob, { ...hub, q: 'Subject of ticket 6' }), [], 'with a search for another');
      equal(await numbers(await world.visitor('carol'), hub), [4], 'of another company');
      const order = async (sort: TicketQuery['sort'], limit: number): Promise<number[]> =>
        (await allTickets(bob, { ...by({ units: '..100' }), ...(sort && { sort }), limit })).map(
          ({ number }) => number,
        );
      for (const sort of ['-updated', 'updated', '-created', 'number', 'status', '-status'] as const) {
        equal(
          (await order(sort, 100)).toSorted((one, other) => one - other),
          [1, 2, 3],
          `all by ${sort}`,
        );
        equal(await order(sort, 1), await order(sort, 100), `page by page by ${sort}`);
      }
    },
  },
  {
    name: 'refuses a cursor of other properties, whose order does not count',
    async run(world) {
      const bob = await world.visitor('bob');
      const { nextCursor } = await bob.listTickets({ limit: 1, ...by({ units: '4..', installed: '2026-01-01..' }) });
      holds(nextCursor !== null, 'there is a second page');
      await bob.listTickets({ limit: 1, cursor: nextCursor, ...by({ installed: '2026-01-01..', units: '4..' }) });
      await fails(bob.listTickets({ limit: 1, cursor: nextCursor, ...by({ units: '4..' }) }), 'invalid');
      await fails(bob.listTickets({ limit: 1, cursor: nextCursor }), 'invalid');
    },
  },
  {
    name: 'refuses properties and values that there are not, and names each',
    async run(world) {
      const bob = await world.visitor('bob');
      const expected: readonly (readonly [name: string, value: string, code: string])[] = [
        ['colour', 'red', 'unknown'],
        ['constructor', 'x', 'unknown'],
        ['articleUrl', 'https://example.com', 'unknown'],
        ['batch', '7', 'unknown'],
        ['product', 'Hub', 'invalid_value'],
        ['product', '', 'invalid_value'],
        ['urgent', 'yes', 'invalid_value'],
        ['serial', '', 'invalid_format'],
        ['serial', 'x'.repeat(201), 'too_big'],
        ['units', '4', 'invalid_format'],
        ['units', '..', 'invalid_format'],
        ['units', '1..2..3', 'invalid_format'],
        ['units', 'few..', 'invalid_format'],
        ['installed', '2026-03-01', 'invalid_format'],
        ['installed', 'March..', 'invalid_format'],
      ];
      for (const [name, value, code] of expected) {
        equal(
          await faults(bob.listTickets(by({ [name]: value }))),
          [`properties.${name}: ${code}`],
          `${name} ${value}`,
        );
      }
      equal(
        await faults(bob.listTickets(by({ product: 'boiler', serial: '1', units: 'x' }))),
        ['properties.product: invalid_value', 'properties.units: invalid_format'],
        'two at once',
      );
    },
  },
];
