import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Mutation } from './mutations/mutation.js';
import { matrixTests } from './mutations/mutation.js';
import {
  admission,
  bindings,
  countConditions,
  policyCalls,
  policyRules,
  queryConditions,
} from './mutations/queries.js';
import { type Copy, checkTexts, judge, makeCopy } from './mutations/run.js';
import { functions, owners, policies } from './mutations/walls.js';

// Takes each guard out of a copy of the source, one at a time: the tests must notice. `-t 'session: idle'` tries one.

const single: readonly Mutation[] = [
  ...policyCalls,
  ...policyRules,
  ...queryConditions,
  ...countConditions,
  ...admission,
  ...bindings,
  ...policies,
  ...functions,
  ...owners,
];

let copy: Copy;
beforeAll(async () => {
  copy = await makeCopy();
});
afterAll(() => copy.remove());

test('each text is where it was', async () => {
  await checkTexts(single);
  expect(new Set(single.map(({ name }) => name)).size).toBe(single.length);
});

test('without a mutation everything is green', async () => {
  expect(await copy.run([], matrixTests, true)).toMatchObject({ failed: 0 });
});

describe('red without', () => {
  test.each(single.filter(({ held }) => !held))('$name', async (mutation) => {
    expect(await judge(copy, mutation)).toBe('killed');
  });
});

describe('a second wall holds without', () => {
  test.each(single.filter(({ held }) => held))('$name: $held', async (mutation) => {
    expect(await judge(copy, mutation)).toBe('survived');
  });
});

test('with all rules of queries and all policy calls gone, the database alone shows nobody a foreign row', async () => {
  // Of the calls that project: one that lets all through. Counts are numbers over ties, which deleted tickets of one's own have.
  const calls = policyCalls.filter(
    ({ file, find }) => file.endsWith('policy/project.ts') || find.startsWith('toTicket('),
  );
  const gone = [...calls, ...queryConditions];
  const tests = [...matrixTests, '--testNamePattern=both walls|reads their tickets'];
  const outcome = await copy.run(gone, tests, true);
  expect(outcome.failed).toBe(0);
  expect(outcome.passed).toBeGreaterThan(50);
});
