import fc from 'fast-check';
import { test } from 'vitest';

import { commands, forgetMails, playFlows } from './flow-model.js';
import { seedSmallWorld } from '../small-world.js';
import { useSignIn } from './sign-in-fixture.js';

const fixture = useSignIn();

test('registering, verifying, inviting, signing in and out, new passwords and locks agree with the rules, in any order', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      await fixture.database.reset();
      await seedSmallWorld(fixture.deps);
      forgetMails();
      await playFlows(fixture, list);
    }),
    { numRuns: 20, endOnFailure: true },
  );
});
