import { expect, test } from 'vitest';

import { sendOverBadNetwork, typeAndLose } from '../e2e/no-loss.js';
import { useDemo } from '../e2e/use-demo.js';

const demo = useDemo();

test('100 mishaps at random letters', async () => {
  const lost = await typeAndLose(demo.browser, demo.server.origin, 100);
  console.log(`letters lost, each time: ${lost.join(' ')}`);
});

test('1,000 replies over a bad network, each exactly once', async () => {
  const { counts, met } = await sendOverBadNetwork(demo.browser, demo.server.origin, 1000);
  console.log('writes by what happened to them', met);
  expect(counts).toEqual(Array.from({ length: 1000 }, () => 1));
});
