import { expect, test } from 'vitest';

import { erin, faults, mishaps, sendOverBadNetwork, typeAndLose } from './no-loss.js';
import { useDemo } from './use-demo.js';

const demo = useDemo();

test('whatever happens while somebody types, what they typed is there, and nobody else can read it', {
  timeout: 180_000,
}, async () => {
  const { length } = Object.keys(mishaps);
  expect(await typeAndLose(demo.browser, demo.server.origin, 2 * length)).toHaveLength(2 * length);
});

test('over a bad network each reply is there exactly once', { timeout: 180_000 }, async () => {
  const { counts, met } = await sendOverBadNetwork(demo.browser, demo.server.origin, erin, 20);
  expect(Object.keys(met)).toEqual(faults);
  expect(counts).toEqual(Array.from({ length: 20 }, () => 1));
});
