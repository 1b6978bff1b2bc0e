import { expect, test } from 'vitest';

import { type Author, erin, sendOverBadNetwork, typeAndLose } from '../e2e/no-loss.js';
import { useDemo } from '../e2e/use-demo.js';

const demo = useDemo();

test('100 mishaps at random letters', async () => {
  const lost = await typeAndLose(demo.browser, demo.server.origin, 100);
  console.log(`letters lost, each time: ${lost.join(' ')}`);
});

/** Each with a browser profile and a network of their own. */
const authors: readonly Author[] = [
  erin,
  { email: 'alice@acme.example', subject: 'Hub on the 3rd floor drops offline every night' },
  { email: 'carol@globex.example', subject: 'Ostatnia faktura bez numeru zamówienia' },
  { email: 'bob@acme.example', subject: 'Sign-in with our company accounts' },
];

test('1,000 replies of four people over a bad network, each exactly once', async () => {
  const each = 250;
  const sent = await Promise.all(
    authors.map((author) => sendOverBadNetwork(demo.browser, demo.server.origin, author, each)),
  );
  for (const { counts, met } of sent) {
    console.log('writes by what happened to them', met);
    expect(counts).toEqual(Array.from({ length: each }, () => 1));
  }
});
