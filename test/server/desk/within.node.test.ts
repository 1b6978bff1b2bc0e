import { expect, test } from 'vitest';

import { DeskError } from '../../../src/server/connectors/connector.js';
import { within } from '../../../src/server/desks/within.js';

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

test('a desk that is too slow is one that is away', async () => {
  await expect(within(1, never)).rejects.toMatchObject({ name: 'DeskError', kind: 'unavailable' });
});

test('what a desk says in time is passed on, and so is how it fails', async () => {
  expect(await within(1000, async () => 'answer')).toBe('answer');
  const refused = new DeskError('refused', 'no');
  await expect(within(1000, () => Promise.reject(refused))).rejects.toBe(refused);
});
