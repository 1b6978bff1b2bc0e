import { expect, test } from 'vitest';

import { randomNumbers } from '../e2e/no-loss.js';
import { generateFragments } from '../e2e/payloads/generate.js';
import { showPayloads } from '../e2e/payloads/show-payloads.js';

test('none of 10,000 generated fragments runs, asks for anything or stays', async () => {
  const fragments = generateFragments(randomNumbers(2), 10_000);
  const { html, ...shown } = await showPayloads(fragments, 'both');
  console.log(`${html} of ${fragments.length} were shown as HTML`);
  expect(shown).toEqual({ ran: 0, complaints: [], requests: [], found: [] });
});
