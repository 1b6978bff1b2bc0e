import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Filter, passes } from '../../src/policy/index.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const words = [
  '',
  'manager',
  'Manager',
  'a manager',
  'żółw',
  '10',
  '010',
  '9.5',
  '-3',
  '1e3',
  '10 ',
  ' 10',
  '9999999999',
];
const dates = ['2026-01-01', '2025-12-31', '2026-1-1', '2026-01-01T00:00:00Z', '10000-01-01'];
const values = [...words, ...dates];
const operators = ['is', 'is-not', 'contains', 'greater', 'less', 'before', 'after'] as const;

const filters: readonly Filter[] = [
  ...operators.flatMap((operator) => values.map((value) => ({ property: 'p', operator, value }))),
  ...[[], ['manager'], ['10', 'żółw']].map((value) => ({ property: 'p', operator: 'is-any-of' as const, value })),
  { property: 'p', operator: 'is-known' },
  { property: 'p', operator: 'is-unknown' },
];
const bags: readonly Record<string, string>[] = [{}, { q: 'manager' }, ...values.map((p) => ({ p }))];

/** The rule stands twice, in the policy and in the database: here they answer the same questions. */
test('the database passes a filter exactly where the policy does', async () => {
  const questions = filters.flatMap((filter) => bags.map((properties) => ({ properties, filter })));
  const asked = JSON.stringify(questions).replaceAll("'", "''");
  const answers = await database.asSuperuser<{ passes: boolean }>(
    `SELECT passes(q -> 'properties', q -> 'filter') AS passes FROM jsonb_array_elements('${asked}') WITH ORDINALITY AS a (q, at)
      ORDER BY at`,
  );
  const differing = questions.filter(
    ({ properties, filter }, at) => passes(properties, filter) !== answers[at]?.passes,
  );
  expect(questions.length).toBeGreaterThan(2000);
  expect(answers.filter((answer) => answer.passes).length).toBeGreaterThan(100);
  expect(differing).toEqual([]);
});

test('a permission that nobody can have written lets nobody in', async () => {
  const written = ['{}', '{"kind":"all"}', '{"kind":"company-if","groups":[]}', '{"kind":"company-if","groups":[[]]}'];
  for (const permission of written) {
    const [answer] = await database.asSuperuser(
      `SELECT permits_company('${permission}', '{"role":"manager"}') AS permits`,
    );
    expect(answer, permission).toEqual({ permits: false });
  }
});
