import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { breakages } from '../../../demo/scripts/qa/breakage.js';
import { routeNames } from '../../../demo/scripts/qa/routes.js';
import {
  formatState,
  initialState,
  needsRemaking,
  parameters,
  parseState,
  type QaKey,
  type QaState,
} from '../../../demo/scripts/qa/state.js';
import { scenarios } from '../../../src/testing/scenarios/table.js';

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const breakage = oneOf(...breakages);
const milliseconds = fc.integer({ min: 0, max: 60_000 });

/** Everything that the controls can say, and numbers between their options as well. */
const states: fc.Arbitrary<QaState> = fc.record({
  lang: oneOf('en', 'pl'),
  scenario: oneOf(...scenarios.map(({ id }) => id)),
  server: oneOf('memory', 'page', 'here'),
  contact: oneOf('scenario', 'nobody', 'alice', 'bob', 'carol', 'dave', 'erin'),
  permission: oneOf('world', 'own', 'company', 'company-if'),
  clock: fc.oneof(
    fc.constant(''),
    fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  ),
  latency: milliseconds,
  jitter: milliseconds,
  offline: fc.boolean(),
  fail: fc.oneof(fc.constant('none' as const), breakage),
  status: fc.dictionary(oneOf(...routeNames), breakage, { noNullPrototype: true }),
  width: fc.oneof(fc.constant(0), fc.integer({ min: 280, max: 1280 })),
  zoom: fc.integer({ min: 50, max: 400 }),
  language: oneOf('en', 'pl'),
  dir: oneOf('ltr', 'rtl'),
  scheme: oneOf('auto', 'light', 'dark'),
  host: oneOf('plain', 'class-dark', 'ugly'),
  theme: oneOf('none'),
  spacing: fc.boolean(),
  panel: oneOf('events', 'network', 'axe', 'parts', 'checks', 'share'),
});

describe('the address of the QA page', () => {
  test('holds the whole state: what is read from it is what was written', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseState(formatState(state))).toEqual(state);
      }),
    );
  });

  test('is one for a state: what somebody wrote by hand becomes what the page would write', () => {
    fc.assert(
      fc.property(states, (state) => {
        const address = formatState(state);
        const turned = new URLSearchParams([...new URLSearchParams(address)].toReversed());
        expect(formatState(parseState(`?${turned}`))).toBe(address);
      }),
    );
  });

  test('is empty while nothing was changed, and names no more than what was', () => {
    expect(formatState(initialState)).toBe('');
    fc.assert(
      fc.property(states, (state) => {
        const named = [...new URLSearchParams(formatState(state)).keys()];
        const changed = (Object.keys(parameters) as QaKey[]).filter(
          (key) => JSON.stringify(state[key]) !== JSON.stringify(initialState[key]),
        );
        expect(named.toSorted()).toEqual(changed.toSorted());
      }),
    );
  });

  test.each([
    '?scenario=ticket-list/nothing',
    '?server=elsewhere&contact=mallory',
    '?width=279&zoom=401&latency=-1&jitter=1.5',
    '?width=99999999999999999999&latency=0x10',
    '?clock=yesterday&offline=yes&spacing=true',
    '?status=nothing.500,reply.teapot,constructor.500,reply',
    '?fail=toString&panel=__proto__',
    '?unknown=1',
  ])('takes what no control could have written for absent: %s', (address) => {
    expect(parseState(address)).toEqual(initialState);
  });

  test('says which changes need the element anew', () => {
    const other = (patch: Partial<QaState>) => needsRemaking(initialState, { ...initialState, ...patch });
    expect(other({ scenario: 'ticket-list/empty' })).toBe(true);
    expect(other({ server: 'page' })).toBe(true);
    expect(other({ clock: '2026-01-05T10:00:00.000Z' })).toBe(true);
    expect(other({ latency: 300, offline: true, width: 320, language: 'pl', panel: 'axe' })).toBe(false);
  });
});
