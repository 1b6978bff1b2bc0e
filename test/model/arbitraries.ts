import * as fc from 'fast-check';

import type { Command, Query } from './command.js';
import type { Condition, Doing, Permission, Settings } from './rules.js';
import type { Person, Said, SeededTicket, Setting } from './setting.js';
import { apart, statuses } from './setting.js';

/** Random worlds, and random things that happen in them. Values come from small pools, so that they meet. */

const pools: Record<string, readonly string[]> = {
  role: ['manager', 'Manager', 'agent', 'assistant'],
  tier: ['gold', 'silver', 'bronze'],
  title: ['team lead', 'Team Lead', 'leading'],
  badge: ['7'],
  seats: ['11', '10', '10.0', '9.5', '-3', 'many', '1e2'],
  since: ['2025-12-31', '2026-01-01', '2026-01-02', 'last year'],
};
const place = fc.nat(11);
const places = (most: number) => fc.uniqueArray(place, { maxLength: most });
const text = fc
  .array(fc.constantFrom('heat', 'heater', 'valve', 'Cold', 'pump', 'Pumps', 'north-wing', 'alarm', 'router'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(' '));
const searches = ['he', 'heater', 'VALVE', 'cold pu', 'pump', 'al ro', 'wing', '10', '103', 'zebra', '!!', 'he heater'];

const properties: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .tuple(
    ...Object.entries(pools).map(([name, values]) =>
      fc.option(fc.constantFrom(...values), { freq: 4 }).map((value) => (value === null ? [] : [[name, value]])),
    ),
  )
  .map((entries) => Object.fromEntries(entries.flat()) as Record<string, string>);

const one = <Type extends string | number>(...types: Type[]) => fc.constantFrom(...types);
const weighted = <T>(...all: readonly (readonly [number, fc.Arbitrary<T>])[]) =>
  fc.oneof(...all.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const word = fc.constantFrom(...Object.values(pools).flat());
/** Of a property with one of its values; `constructor` is one that nobody has and every object seems to have. */
const fitting = fc
  .constantFrom(...Object.entries({ ...pools, constructor: ['x'] }))
  .chain(([property, values]) => fc.record({ property: fc.constant(property), value: fc.constantFrom(...values) }));
const condition: fc.Arbitrary<Condition> = weighted<Condition>(
  [4, fc.tuple(fitting, one('is', 'is-not')).map(([of, operator]) => ({ ...of, operator }))],
  [3, fc.record({ property: one('title'), operator: one('contains'), value: one('lead', 'Lead', 'team', 'm L') })],
  [3, fc.record({ property: one('seats'), operator: one('greater', 'less'), value: one('10', '9.5', '-1', '10.00') })],
  [3, fc.record({ property: one('since'), operator: one('before', 'after'), value: one('2026-01-01', '2026-01-02') })],
  [
    3,
    fc.record({
      property: one('tier', 'role'),
      operator: one('is-any-of'),
      value: fc.uniqueArray(one('gold', 'silver', 'manager', 'agent'), { maxLength: 3 }),
    }),
  ],
  [2, fc.record({ property: one(...Object.keys(pools), 'constructor'), operator: one('is-known', 'is-unknown') })],
  [1, fc.record({ property: one(...Object.keys(pools)), operator: one('is', 'is-not', 'contains'), value: word })],
);

const permission: fc.Arbitrary<Permission> = weighted<Permission>(
  [1, fc.constant({ kind: 'own' })],
  [2, fc.constant({ kind: 'company' })],
  [6, condition.map((alone) => ({ kind: 'company-if', groups: [[alone]] }))],
  [
    4,
    fc.array(fc.array(condition, { maxLength: 2 }), { maxLength: 3 }).map((groups) => ({ kind: 'company-if', groups })),
  ],
);

const doing = fc.uniqueArray(fc.constantFrom<Doing[]>('reply', 'close', 'reopen', 'add-participant', 'rate', 'edit'));
const ofStage = fc.record({ open: doing, waiting_on_contact: doing, closed: doing }, { requiredKeys: [] });
const actions: fc.Arbitrary<Settings> = fc.record(
  { requester: ofStage, participant: ofStage, colleague: ofStage },
  { requiredKeys: [] },
);

const mostly = (usual: boolean, times: number) => fc.nat(times).map((one) => (one === times ? !usual : usual));

/** Support, when it is the place after the last person. */
const said = (people: number): fc.Arbitrary<Said> =>
  fc.record({ by: fc.nat(people), note: mostly(false, 3), text }).map(({ by, note, text }) => {
    const support = note || by === people;
    return { by: support ? null : by, note, text };
  });

const some = <T extends string>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const ticketProperties = fc
  .record({ product: some('Dial', 'Hub'), units: some('4', '12', 'many') })
  .map((one) => JSON.parse(JSON.stringify(one)) as Record<string, string>);

export const settings: fc.Arbitrary<Setting> = fc
  .record({ companies: fc.integer({ min: 2, max: 3 }), people: fc.integer({ min: 4, max: 6 }) })
  .chain(({ companies, people }) => {
    const company = fc.nat(companies - 1);
    const ofCompanies = weighted([3, company.map((only) => [only])], [2, fc.uniqueArray(company, { maxLength: 2 })]);
    const someone = fc.nat(people - 1);
    const several = (most: number) => fc.uniqueArray(someone, { maxLength: most });
    const person: fc.Arbitrary<Person> = fc
      .record({
        companies: ofCompanies,
        hasPrimary: mostly(true, 5),
        properties,
        enabled: mostly(true, 19),
        verified: mostly(true, 29),
        member: mostly(true, 29),
      })
      .map(({ hasPrimary, ...one }) => ({ ...one, primary: hasPrimary ? (one.companies[0] ?? null) : null }));
    const ticket: fc.Arbitrary<SeededTicket> = fc
      .record({
        requester: someone,
        contacts: several(2),
        participants: several(2),
        companies: ofCompanies,
        status: fc.nat(statuses.length - 1),
        inbox: fc.constantFrom(0, 0, 0, 1, 1, 2),
        deleted: mostly(false, 9),
        subject: text,
        properties: ticketProperties,
        age: fc.integer({ min: 1, max: 4 }),
        first: text,
        said: fc.array(said(people), { maxLength: 4 }),
        readBy: several(3),
      })
      .map(({ first, ...one }) => ({
        ...one,
        ...apart(one.requester, one.contacts, one.participants),
        said: [{ by: one.requester, note: false, text: first }, ...one.said],
      }));
    return fc.record({
      companies: fc.constant(companies),
      people: fc.array(person, { minLength: people, maxLength: people }),
      tickets: fc.array(ticket, { minLength: 4, maxLength: 9 }),
      permission,
      actions: fc.oneof(fc.constant({}), actions),
    });
  });

const scope = weighted<Query['scope']>(
  [4, one('all')],
  [1, one('mine')],
  [1, one('participating')],
  [1, one('company')],
  [1, fc.nat(3)],
);
const query: fc.Arbitrary<Query> = fc.record({
  scope,
  state: one('all', 'all', 'all', 'open', 'closed'),
  status: weighted<string | null>([5, fc.constant(null)], [1, one(...statuses.map(({ id }) => id), 'lost')]),
  turn: weighted<Query['turn']>([6, fc.constant(null)], [1, one('contact', 'support')]),
  requester: weighted<number | null>([6, fc.constant(null)], [1, place]),
  properties: weighted<Query['properties']>(
    [8, fc.constant({})],
    [1, one('Dial', 'Hub').map((product) => ({ product }))],
    [1, one('5..', '..4', '4..12').map((units) => ({ units }))],
    [1, fc.constant({ product: 'Hub', units: '4..' })],
  ),
  sort: one('updated', 'created', 'number', 'status'),
  descending: fc.boolean(),
  q: weighted<string | null>([3, fc.constant(null)], [2, one(...searches)]),
  limit: one(1, 2, 3, 100),
});

const ticket = fc.oneof({ weight: 14, arbitrary: place }, { weight: 1, arbitrary: fc.constant(-1) });

const kinds = [
  [12, fc.record({ type: one('list'), viewer: place, query })],
  [9, fc.record({ type: one('next'), viewer: place, holder: place, own: mostly(true, 2) })],
  [2, fc.record({ type: one('session'), viewer: place })],
  [5, fc.record({ type: one('counts'), viewer: place, scope })],
  [5, fc.record({ type: one('get'), viewer: place, ticket })],
  [3, fc.record({ type: one('read'), viewer: place, ticket })],
  [4, fc.record({ type: one('messages'), viewer: place, ticket, limit: fc.integer({ min: 1, max: 6 }) })],
  [
    6,
    fc.record({
      type: one('reply'),
      viewer: place,
      ticket,
      text: fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant(' ') }),
    }),
  ],
  [1, fc.record({ type: one('create'), viewer: place, subject: text, text })],
  [6, fc.record({ type: one('answer'), viewer: place, ticket, text })],
  [2, fc.record({ type: one('note'), viewer: place, ticket, text })],
  [4, fc.record({ type: one('status'), viewer: place, ticket, status: fc.nat(statuses.length) })],
  [3, fc.record({ type: one('move'), viewer: place, ticket, inbox: fc.constantFrom(0, 0, 1, 1, 2) })],
  [1, fc.record({ type: one('remove'), viewer: place, ticket })],
  [
    5,
    fc.record({
      type: one('parties'),
      viewer: place,
      ticket,
      contacts: places(2),
      participants: places(2),
      companies: fc.option(fc.uniqueArray(fc.nat(2), { maxLength: 2 }), { freq: 2 }),
    }),
  ],
  [
    5,
    fc.record({
      type: one('companies'),
      viewer: place,
      person: place,
      companies: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
      primary: mostly(true, 4),
    }),
  ],
  [4, fc.record({ type: one('enabled'), viewer: place, person: place, enabled: mostly(true, 4) })],
  [4, fc.record({ type: one('properties'), viewer: place, person: place, properties })],
  [9, fc.record({ type: one('permission'), viewer: place, permission })],
  [4, fc.record({ type: one('actions'), viewer: place, actions })],
  [9, fc.record({ type: one('stream'), viewer: place })],
  [1, fc.record({ type: one('hang-up'), viewer: place })],
] as const;

export const command: fc.Arbitrary<Command> = fc.oneof(
  ...kinds.map(([weight, arbitrary]) => ({ weight, arbitrary: arbitrary as fc.Arbitrary<Command> })),
);
