import { expect, test } from 'vitest';
import { type Poll, pollResult } from '../../../src/server/connectors/rt/changes.js';

const second = 1000;
const row = (id: string, at: number, Status = 'open') => ({ id, EffectiveId: id, Status, LastUpdated: new Date(at) });

/** Polls on from a cursor; each look is a millisecond after the last. */
function polling() {
  let last: Poll = { since: 0, now: 0, seen: {} };
  let look = 0;
  return (now: number, ...rows: ReturnType<typeof row>[]) => {
    const { tickets, cursor } = pollResult(rows, now, ++look, last);
    last = JSON.parse(cursor) as Poll;
    return tickets.map(({ ref }) => ref);
  };
}

test('a ticket is told of until its second is over, and then no more', () => {
  const poll = polling();
  const at = 100 * second;
  expect(poll(at, row('1', at))).toEqual(['1']);
  expect(poll(at, row('1', at))).toEqual(['1']);
  expect(poll(at + 2 * second, row('1', at))).toEqual(['1']);
  expect(poll(at + 3 * second, row('1', at))).toEqual(['1']);
  expect(poll(at + 4 * second, row('1', at))).toEqual([]);
});

test('a change that shows up late, behind a newer one, is told of', () => {
  const poll = polling();
  const at = 100 * second;
  poll(at + 9 * second, row('1', at));
  expect(poll(at + 10 * second, row('1', at), row('2', at - 20 * second))).toEqual(['2']);
  expect(poll(at + 11 * second, row('1', at), row('2', at - 20 * second))).toEqual([]);
  expect(poll(at + 12 * second, row('1', at), row('3', at - 31 * second))).toEqual([]);
});

test('a ticket with another status is told of, within the same second as well', () => {
  const poll = polling();
  const at = 100 * second;
  poll(at + 9 * second, row('1', at));
  expect(poll(at + 10 * second, row('1', at, 'resolved'))).toEqual(['1']);
});

test('a cursor keeps no more than the window', () => {
  const first = pollResult([row('1', 100 * second)], 200 * second, 1, { since: 0, seen: {} });
  const next = pollResult(
    [row('2', 140 * second), row('1', 100 * second)],
    200 * second,
    2,
    JSON.parse(first.cursor) as Poll,
  );
  expect(JSON.parse(next.cursor)).toEqual({
    since: 140 * second,
    now: 200 * second,
    seen: { 2: `${140 * second} open` },
  });
});
