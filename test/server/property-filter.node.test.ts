import { afterAll, beforeAll, expect, test } from 'vitest';

import { type PropertyCondition, meets } from '../../src/policy/index.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const words = ['', 'Hub', 'HUB 2', 'a hub', 'Łódź', 'ŁÓDŹ 9', '100 %', 'a_b', 'true', 'a\\b'];
const numbers = ['10', '010', '9.5', '-3', '1e3', '10 ', '9999999999', '0'];
const dates = ['2026-01-01', '2025-12-31', '2026-1-1', '2026-01-01T00:00:00Z', '10000-01-01'];
const values = [...words, ...numbers, ...dates];

const ranges = (operator: 'number' | 'date', sides: readonly string[]): PropertyCondition[] =>
  [null, ...sides].flatMap((from) => [null, ...sides].map((to) => ({ property: 'p', operator, from, to })));
const conditions: readonly PropertyCondition[] = [
  ...(['is', 'has'] as const).flatMap((operator) =>
    ['Hub', 'hub', 'łÓdź', '%', '_', '\\', 'true', '10'].map((value) => ({ property: 'p', operator, value })),
  ),
  ...ranges('number', ['-3', '9.5', '10', '0.000001']),
  ...ranges('date', ['2025-12-31', '2026-01-01', '2026-06-30']),
];
const bags: readonly Record<string, string>[] = [{}, { q: 'Hub' }, ...values.map((p) => ({ p }))];

/** The rule stands twice, in the policy and in the database: here they answer the same questions. */
test('properties meet a condition in the database exactly where they do in the policy', async () => {
  const questions = conditions.flatMap((condition) => bags.map((properties) => ({ properties, condition })));
  const asked = JSON.stringify(questions).replaceAll("'", "''");
  const answers = await database.asSuperuser<{ meets: boolean }>(
    `SELECT coalesce(meets(q -> 'properties', c ->> 'property', c ->> 'operator', c ->> 'value', c ->> 'from', c ->> 'to'), false)
        AS meets
      FROM jsonb_array_elements('${asked}') WITH ORDINALITY AS a (q, at), LATERAL (SELECT q -> 'condition' AS c) b ORDER BY at`,
  );
  const differing = questions.filter(
    ({ properties, condition }, at) => meets(properties, condition) !== answers[at]?.meets,
  );
  expect(questions.length).toBeGreaterThan(1000);
  expect(answers.filter((answer) => answer.meets).length).toBeGreaterThan(50);
  expect(differing).toEqual([]);
});
